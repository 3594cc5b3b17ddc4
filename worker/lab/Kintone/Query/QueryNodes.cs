namespace VulnDiag.Lab.Kintone.Query;

/// <summary>A query as written: condition, order, page.</summary>
internal sealed record ParsedQuery(Condition? Where, IReadOnlyList<OrderKey> Order, long? Limit, long? Offset);

/// <summary>A field to order by.</summary>
internal sealed record OrderKey(string Field, bool Descending);

/// <summary>A condition: a comparison, or many joined.</summary>
internal abstract record Condition;

/// <summary>All parts must hold.</summary>
internal sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition;

/// <summary>One part must hold.</summary>
internal sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition;

/// <summary>A field compared with operands; <c>is empty</c> has none.</summary>
internal sealed record Comparison(string Field, QueryOperator Operator, IReadOnlyList<Operand> Operands) : Condition;

/// <summary>What a field is compared with.</summary>
internal abstract record Operand;

/// <summary>A text or number as written.</summary>
internal sealed record Literal(string Text) : Operand;

/// <summary>A function such as <c>FROM_TODAY(-5, DAYS)</c>.</summary>
internal sealed record FunctionCall(string Name, IReadOnlyList<string> Arguments) : Operand;
