using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>A record as a query sees it: the stored values of a field, none when the caller may not view it.</summary>
internal interface IQueryRow
{
    /// <summary>The stored value of a field; of a table's column anything but null; null when the field is hidden from the caller.</summary>
    JToken? ValueOf(Field field);
}

/// <summary>Whom LOGINUSER() and PRIMARY_ORGANIZATION() mean.</summary>
internal sealed record QueryUser(string Code, string PrimaryOrganization)
{
    /// <summary>Nobody: where a condition is only checked.</summary>
    public static readonly QueryUser Nobody = new("", "");
}

/// <summary>Turns a parsed condition into a test of records, after checking fields, operators and operands.</summary>
internal sealed class QueryBinder(Form form, DateTimeOffset now, QueryUser user)
{
    private static readonly Field Id = new("$id", new JObject { ["type"] = "RECORD_NUMBER" }, null);

    private readonly ValueTests _tests = new(now, user);

    /// <summary>A binder for a condition that stands in an app's settings. It may outlive process management: its status then is empty, where a query would be refused.</summary>
    public static QueryBinder ForSettings(Form form, DateTimeOffset now, QueryUser? user = null) => new(form, now, user ?? QueryUser.Nobody) { TakesDisabled = true };

    private bool TakesDisabled { get; init; }

    /// <summary>The test for a condition; everything passes without one.</summary>
    /// <exception cref="Refusal">A field, operator or operand is at fault.</exception>
    public Func<IQueryRow, bool> Bind(Condition? condition) => condition switch
    {
        null => _ => true,
        AllOf all => BindAll(all.Parts),
        AnyOf any => BindAny(any),
        Comparison comparison => BindAll([comparison]),
        _ => throw new NotSupportedException(condition.GetType().Name),
    };

    /// <summary>The field of a code as written in a query; <c>$id</c> is the record's id.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public Field FieldOf(string code)
    {
        if (code == Id.Code) return Id;
        return form.TryGet(code, out var field) && (field.Enabled || TakesDisabled) ? field : throw QueryFaults.UnknownField(code);
    }

    private Func<IQueryRow, bool> BindAny(AnyOf any)
    {
        var parts = any.Parts.Select(Bind).ToList();
        return row => parts.Exists(part => part(row));
    }

    private Func<IQueryRow, bool> BindAll(IReadOnlyList<Condition> conditions)
    {
        var parts = new List<Func<IQueryRow, bool>>();
        var byTable = new Dictionary<Field, List<BoundComparison>>();
        foreach (var condition in conditions)
        {
            if (condition is not Comparison comparison)
            {
                parts.Add(Bind(condition));
                continue;
            }

            var bound = BindComparison(comparison);
            if (bound.Field.Table is { } table) (byTable.TryGetValue(table, out var list) ? list : byTable[table] = []).Add(bound);
            else parts.Add(row => row.ValueOf(bound.Field) is { } value && bound.Test(value));
        }

        // Conditions on one table must hold together in one row.
        foreach (var (table, comparisons) in byTable) parts.Add(row => HoldsInTable(row, table, comparisons));
        return row => parts.TrueForAll(part => part(row));
    }

    private BoundComparison BindComparison(Comparison comparison)
    {
        var field = FieldOf(comparison.Field);
        var written = OperatorRules.Written(comparison.Operator);
        if (!OperatorRules.Fits(field.Type.Family, comparison.Operator)) throw QueryFaults.WrongOperator(comparison.Field, written);
        if (field.Table is not null && comparison.Operator is (QueryOperator.Equal or QueryOperator.NotEqual))
            throw QueryFaults.TableOperator(comparison.Field, written);
        return new BoundComparison(field, _tests.For(comparison, field), OperatorRules.IsNegative(comparison.Operator));
    }

    private static bool HoldsInTable(IQueryRow record, Field table, List<BoundComparison> comparisons)
    {
        if (record.ValueOf(table) is not JArray rows) return false;
        if (comparisons.Exists(comparison => record.ValueOf(comparison.Field) is null)) return false;

        var positive = comparisons.FindAll(comparison => !comparison.Negative);
        var negative = comparisons.FindAll(comparison => comparison.Negative);
        var anyRow = positive.Count == 0 || rows.Any(row => positive.TrueForAll(comparison => comparison.Test(Cell(row, comparison.Field))));
        return anyRow && rows.All(row => negative.TrueForAll(comparison => comparison.Test(Cell(row, comparison.Field))));
    }

    private static JToken Cell(JToken row, Field column) => row["value"]?[column.Code] ?? column.Type.Empty;

    private sealed record BoundComparison(Field Field, ValueTest Test, bool Negative);
}
