using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

/// <summary>A check's row in checks.ja.csv: its rating and its words.</summary>
/// <param name="Id">The check.</param>
/// <param name="Kind">Kind of weakness.</param>
/// <param name="Severity">Rating.</param>
/// <param name="Title">Title in Japanese.</param>
/// <param name="Why">Why it matters in a hospital, in Japanese.</param>
/// <param name="Action">What to do, in Japanese.</param>
/// <param name="Checklist">Item of the ministry's checklist, or empty where none fits.</param>
public sealed record CheckText(string Id, FindingKind Kind, Severity Severity, string Title, string Why, string Action, string Checklist);

/// <summary>The table of checks, for findings and for reports.</summary>
public static class CheckTexts
{
    /// <summary>All rows by check id.</summary>
    public static IReadOnlyDictionary<string, CheckText> ById { get; } = Load().ToDictionary(static row => row.Id, StringComparer.Ordinal);

    private static IEnumerable<CheckText> Load() => EmbeddedData.Rows("Checks.checks.ja.csv").Select(static cells => new CheckText(
        cells[0],
        Enum.Parse<FindingKind>(cells[1], ignoreCase: true),
        Severities.FromNameJa(cells[2]) ?? throw new InvalidOperationException($"checks.ja.csv: '{cells[2]}' is not a severity."),
        cells[3],
        cells[4],
        cells[5],
        cells[6]));
}
