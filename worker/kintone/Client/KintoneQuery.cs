using System.Globalization;
using System.Text;

namespace VulnDiag.Kintone.Client;

/// <summary>Builds a query of kintone's query language. Conditions are joined by <c>and</c>; every value is quoted and escaped.</summary>
/// <remarks>Immutable. Source: RULES.md "Queries"; what people typed must not become syntax.</remarks>
public sealed record KintoneQuery
{
    private IReadOnlyList<string> Conditions { get; init; } = [];

    private string Order { get; init; } = "";

    private int? Limit { get; init; }

    /// <summary>A query without conditions: every record that may be seen.</summary>
    public static KintoneQuery All { get; } = new();

    /// <summary>Adds <c>field = "value"</c>.</summary>
    public KintoneQuery Equal(string field, string value) => Add($"{field} = {Quote(value)}");

    /// <summary>Adds <c>field = number</c>.</summary>
    public KintoneQuery Equal(string field, long value) => Add($"{field} = {Quote(value.ToString(CultureInfo.InvariantCulture))}");

    /// <summary>Adds <c>field &gt; number</c>.</summary>
    public KintoneQuery Above(string field, long value) => Add($"{field} > {Quote(value.ToString(CultureInfo.InvariantCulture))}");

    /// <summary>Adds <c>field &gt;= "time"</c>.</summary>
    public KintoneQuery NotBefore(string field, DateTimeOffset value) => Add($"{field} >= {Quote(Time(value))}");

    /// <summary>Adds <c>field not in ("a")</c>.</summary>
    public KintoneQuery NotIn(string field, string value) => Add($"{field} not in ({Quote(value)})");

    /// <summary>Adds <c>field in ("a", "b")</c>; the only operator that choices, users and status all know.</summary>
    /// <exception cref="ArgumentException">There is no value: kintone has no empty list.</exception>
    public KintoneQuery In(string field, params IReadOnlyList<string> values) => values.Count > 0
        ? Add($"{field} in ({string.Join(", ", values.Select(Quote))})")
        : throw new ArgumentException("A condition with 'in' needs a value.", nameof(values));

    /// <summary>Orders by a field, ascending.</summary>
    public KintoneQuery OrderBy(string field) => this with { Order = $" order by {field} asc" };

    /// <summary>Takes at most this many records, 1 to 500.</summary>
    public KintoneQuery Take(int count) => this with { Limit = count };

    /// <summary>The text of the query.</summary>
    public override string ToString() =>
        (string.Join(" and ", Conditions) + Order + (Limit is { } limit ? $" limit {limit.ToString(CultureInfo.InvariantCulture)}" : "")).TrimStart();

    /// <summary>A time as kintone writes it: UTC, to the second.</summary>
    internal static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private KintoneQuery Add(string condition) => this with { Conditions = [.. Conditions, condition] };

    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in value)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\t' => "\\t",
                '\n' => "\\n",
                // A raw control character is refused inside a text, and has no escape: it cannot be in a single-line value either.
                _ when char.IsControl(character) => " ",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
