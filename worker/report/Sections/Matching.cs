using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>Whether products were matched with a vulnerability database: a scan can be made without one, and no finding then says nothing of known weaknesses.</summary>
internal static class Matching
{
    private static readonly TextFile Texts = TextFile.Load("matching");

    /// <summary>The third step of the method, as it was done.</summary>
    internal static string Step(ReportModel model, Words words) => Say("step", model, words);

    /// <summary>That it was not done, and what the counts then are; null where it was done for every scan.</summary>
    internal static string? Warning(ReportModel model, Words words) => Unmatched(model).Count == 0 ? null : Say("warning", model, words);

    /// <summary>What the diagnosis then cannot tell; nothing where it was done for every scan.</summary>
    internal static IReadOnlyList<string> Limits(ReportModel model, Words words) => Unmatched(model).Count == 0 ? [] : [Say("limit", model, words)];

    /// <summary>What was done for a scanned line.</summary>
    internal static string OfLine(ReportLine line) => line.MatchedWith is { } version ? Texts.Fill("line.all", ("version", EvidenceWords.Day(Printable.Line(version)))) : Texts["line.none"];

    /// <summary>What <see cref="OfLine"/> is about.</summary>
    internal static string Name => Texts["name"];

    private static string Say(string what, ReportModel model, Words words)
    {
        var unmatched = Unmatched(model);
        if (unmatched.Count == 0) return Texts[$"{what}.all"];
        return unmatched.Count == model.Lines.Count(static line => line.Scan is not null)
            ? Texts[$"{what}.none"]
            : Texts.Fill($"{what}.some", ("lines", words.Join(unmatched.Select(words.LineCell))));
    }

    private static List<ReportLine> Unmatched(ReportModel model) => [.. model.Lines.Where(static line => line.Scan is not null && line.MatchedWith is null)];
}
