namespace VulnDiag.Lab.Kintone.Formulas;

/// <summary>A formula as written.</summary>
internal abstract record FormulaNode;

/// <summary>A number or a text.</summary>
internal sealed record ConstantNode(object Value) : FormulaNode;

/// <summary>A field, by its code.</summary>
internal sealed record FieldNode(string Code) : FormulaNode;

/// <summary>Two operands joined by an operator such as <c>+</c> or <c>&lt;=</c>.</summary>
internal sealed record OperationNode(string Operator, FormulaNode Left, FormulaNode Right) : FormulaNode;

/// <summary>The negative of a number.</summary>
internal sealed record NegativeNode(FormulaNode Inner) : FormulaNode;

/// <summary>A function with its arguments.</summary>
internal sealed record FunctionNode(string Name, IReadOnlyList<FormulaNode> Arguments) : FormulaNode;
