using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>Tests one stored value against a comparison whose operands have been understood.</summary>
internal delegate bool ValueTest(JToken stored);

/// <summary>Makes the test for a comparison, by the kind of the field's values.</summary>
internal sealed class ValueTests(DateTimeOffset now, QueryUser user)
{
    /// <summary>The test for <paramref name="comparison"/> on <paramref name="field"/>.</summary>
    /// <exception cref="Errors.Refusal">An operand does not fit the field.</exception>
    public ValueTest For(Comparison comparison, Field field) => field.Type.Family switch
    {
        ValueFamily.Number => ForNumber(comparison),
        ValueFamily.Date or ValueFamily.Instant => ForPeriod(comparison, field),
        ValueFamily.Time => ForTimeOfDay(comparison),
        ValueFamily.Choice => ForChoice(comparison, field),
        ValueFamily.Entities => ForEntities(comparison),
        ValueFamily.LongText or ValueFamily.File => ForLongText(comparison, field),
        _ => ForText(comparison),
    };

    private static string Text(Operand operand) => operand is Literal literal ? literal.Text : throw QueryFaults.Syntax();

    private static List<string> Texts(Comparison comparison) => [.. comparison.Operands.Select(Text)];

    private static ValueTest ForText(Comparison comparison)
    {
        var texts = Texts(comparison);
        return comparison.Operator switch
        {
            QueryOperator.Equal or QueryOperator.In => stored => texts.Contains((string?)stored ?? ""),
            QueryOperator.Like => stored => WordSearch.Finds((string?)stored ?? "", texts[0]),
            QueryOperator.NotLike => stored => !WordSearch.Finds((string?)stored ?? "", texts[0]),
            _ => stored => !texts.Contains((string?)stored ?? ""),
        };
    }

    private static ValueTest ForLongText(Comparison comparison, Field field)
    {
        if (comparison.Operator is QueryOperator.IsEmpty) return stored => field.Type.IsEmpty(stored);
        if (comparison.Operator is QueryOperator.IsNotEmpty) return stored => !field.Type.IsEmpty(stored);
        var sought = Text(comparison.Operands[0]);
        var found = (JToken stored) => WordSearch.Finds(stored is JArray names ? string.Join(' ', names) : (string?)stored ?? "", sought);
        return comparison.Operator == QueryOperator.Like ? stored => found(stored) : stored => !found(stored);
    }

    private static ValueTest ForNumber(Comparison comparison)
    {
        var numbers = comparison.Operands.Select(operand => Number(Text(operand))).ToList();
        return stored =>
        {
            decimal? value = Scalar.TryDecimal((string?)stored, out var number) ? number : null;
            return comparison.Operator switch
            {
                QueryOperator.Equal or QueryOperator.In => numbers.Contains(value),
                QueryOperator.NotEqual or QueryOperator.NotIn => !numbers.Contains(value),
                QueryOperator.Greater => value > numbers[0],
                QueryOperator.Less => value < numbers[0],
                QueryOperator.GreaterOrEqual => value >= numbers[0],
                _ => value <= numbers[0],
            };
        };
    }

    /// <summary>A number operand; empty means "no value"; a record number may carry the app's code (<c>CODE-12</c>).</summary>
    private static decimal? Number(string text)
    {
        if (text.Length == 0) return null;
        if (Scalar.TryDecimal(text, out var number)) return number;
        var tail = text[(text.LastIndexOf('-') + 1)..];
        return Scalar.TryDecimal(tail, out number) && tail.All(char.IsAsciiDigit) ? number : throw QueryFaults.Syntax();
    }

    private static ValueTest ForChoice(Comparison comparison, Field field)
    {
        var sought = Texts(comparison);
        foreach (var option in sought)
            if (option.Length > 0 && !field.Options.Contains(option)) throw QueryFaults.UnknownOption(field.Code, option);
        return Membership(comparison, sought);
    }

    private ValueTest ForEntities(Comparison comparison)
    {
        var codes = comparison.Operands.Select(operand => operand switch
        {
            Literal literal => literal.Text,
            FunctionCall { Name: "LOGINUSER", Arguments.Count: 0 } => user.Code,
            FunctionCall { Name: "PRIMARY_ORGANIZATION", Arguments.Count: 0 } => user.PrimaryOrganization,
            _ => throw QueryFaults.Syntax(),
        });
        return Membership(comparison, [.. codes]);
    }

    private static ValueTest Membership(Comparison comparison, List<string> sought)
    {
        var isAmong = (JToken stored) => stored is JArray values
            ? (values.Count == 0 ? sought.Contains("") : values.Any(value => sought.Contains((string)value!)))
            : sought.Contains((string?)stored ?? "");
        return comparison.Operator == QueryOperator.In ? stored => isAmong(stored) : stored => !isAmong(stored);
    }

    private ValueTest ForPeriod(Comparison comparison, Field field)
    {
        var period = PeriodOf(comparison.Operands[0], field.Type.Family);
        var operation = comparison.Operator;
        return stored =>
        {
            var value = Parse((string?)stored, field.Type.Family);
            if (period is { } stretch && value is { } instant) return stretch.Holds(operation, instant);
            var bothEmpty = period is null && value is null;
            return operation == QueryOperator.Equal ? bothEmpty : operation == QueryOperator.NotEqual && !bothEmpty;
        };
    }

    private Period? PeriodOf(Operand operand, ValueFamily family)
    {
        if (operand is FunctionCall call) return DateFunctions.Evaluate(call, now) ?? throw QueryFaults.Syntax();
        var text = Text(operand);
        if (text.Length == 0) return null;
        if (family == ValueFamily.Date) return KintoneTime.Date(text) is { } day ? DateFunctions.Span(day, day.AddDays(1)) : throw QueryFaults.Syntax();
        return KintoneTime.Instant(text) is { } instant ? new Period(instant, instant.AddSeconds(1)) : throw QueryFaults.Syntax();
    }

    private static DateTimeOffset? Parse(string? stored, ValueFamily family)
    {
        if (string.IsNullOrEmpty(stored)) return null;
        if (family == ValueFamily.Instant) return KintoneTime.Instant(stored);
        return KintoneTime.Date(stored) is { } day ? KintoneTime.StartOf(day) : null;
    }

    private static ValueTest ForTimeOfDay(Comparison comparison)
    {
        var text = Text(comparison.Operands[0]);
        TimeOnly? sought = text.Length == 0 ? null : KintoneTime.TimeOfDay(text) ?? throw QueryFaults.Syntax();
        return stored =>
        {
            TimeOnly? value = (string?)stored is { Length: > 0 } written ? KintoneTime.TimeOfDay(written) : null;
            return comparison.Operator switch
            {
                QueryOperator.Equal => value == sought,
                QueryOperator.NotEqual => value != sought,
                QueryOperator.Greater => value > sought,
                QueryOperator.Less => value < sought,
                QueryOperator.GreaterOrEqual => value >= sought,
                _ => value <= sought,
            };
        };
    }
}
