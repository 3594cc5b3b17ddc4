using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report;

/// <summary>The words that explain a finding.</summary>
/// <param name="Title">Title in Japanese; empty to keep the scan's.</param>
/// <param name="Why">Why it matters in a hospital.</param>
/// <param name="Action">What to do.</param>
/// <param name="Checklist">Item of the ministry's checklist, or empty where none fits.</param>
public sealed record CheckText(string Title, string Why, string Action, string Checklist);

/// <summary>Words by check id, filled by the host from the engine's table; a CVE and an unknown check get the words of their kind.</summary>
/// <param name="ById">Rows by check id.</param>
public sealed record CheckTexts(IReadOnlyDictionary<string, CheckText> ById)
{
    /// <summary>No rows: every finding gets the words of its kind.</summary>
    public static CheckTexts None { get; } = new(new Dictionary<string, CheckText>(StringComparer.Ordinal));

    /// <summary>Title of a check's finding, or empty where there is none.</summary>
    internal string TitleOf(string id) => ById.TryGetValue(id, out var row) ? row.Title : "";

    /// <summary>The words for a finding; no part but the checklist item is empty.</summary>
    public CheckText Of(ScanFinding finding)
    {
        var kind = KindTexts.Of(finding.Kind);
        if (!ById.TryGetValue(finding.Id, out var row)) return kind with { Title = finding.TitleJa };
        return new CheckText(
            Title: row.Title.Length > 0 ? row.Title : finding.TitleJa,
            Why: row.Why.Length > 0 ? row.Why : kind.Why,
            Action: row.Action.Length > 0 ? row.Action : kind.Action,
            Checklist: row.Checklist);
    }
}
