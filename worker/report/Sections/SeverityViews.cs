using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>Ratings ready to print.</summary>
internal static class SeverityViews
{
    internal static SeverityView Of(Severity severity, Words words, int count = 0) =>
        new(severity.NameJa(), Style(severity), words.SeverityBand(severity), count);

    internal static IReadOnlyList<SeverityView> Counted(SeverityCounts counts, Words words) =>
        [.. Severities.All.Select(severity => Of(severity, words, counts[severity]))];

    private static string Style(Severity severity) => $"s{(int)severity}";
}
