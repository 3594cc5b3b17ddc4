using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>診断の方法と条件: how, with which versions and data, from where and when.</summary>
internal sealed class MethodSection : IReportSection
{
    public string Id => "method";

    public int Order => 80;

    public bool AppliesTo(ReportModel model) => true;

    public object View(SectionContext context)
    {
        var (model, texts, words) = (context.Model, context.Texts, context.Words);
        var scans = model.Lines.Where(static line => line.Scan is not null).Select(line => Scan(line, line.Scan!, words)).ToList();
        return new MethodView(
            [.. texts.List("stepsBefore"), Matching.Step(model, words), .. texts.List("stepsAfter")],
            [.. texts.List("limits"), .. Matching.Limits(model, words)],
            scans,
            Versions(model, texts),
            UsesNvd(model));
    }

    /// <summary>Versions of engine and data over all scans; of two scans with different ones both stand.</summary>
    internal static IReadOnlyList<FieldView> Versions(ReportModel model, TextFile texts) =>
    [
        .. model.Lines.Where(static line => line.Scan is not null).SelectMany(static line => line.Scan!.Versions)
            .GroupBy(static version => version.Key, static version => version.Value)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => new FieldView(
                texts.TextAt($"versionNames.{group.Key}") ?? Printable.Line(group.Key),
                string.Join(" / ", group.Distinct().Order(StringComparer.Ordinal).Select(value => Version(value, texts))))),
    ];

    // The engine tells a catalogue as "406 of 2026-11-24".
    private static string Version(string value, TextFile texts) => Printable.Line(value).Split(" of ") is [var count, var date]
        ? texts.Fill("catalogue", ("count", count), ("date", EvidenceWords.Day(date)))
        : EvidenceWords.Day(Printable.Line(value));

    private static ScanView Scan(ReportLine line, ScanResult scan, Words words) => new(
        words.LineCell(line),
        Printable.Line(scan.Target.Fqdn is { } fqdn ? $"{scan.Target.Address} ({fqdn})" : scan.Target.Address),
        Jst.Text(scan.Started),
        Jst.Text(scan.Finished),
        scan.SourceAddresses.Count > 0 ? [.. scan.SourceAddresses.Select(Printable.Line)] : [words.Texts["unknown"]],
        words.Texts.TextAt($"method.{scan.Method}") ?? Printable.Line(scan.Method),
        scan.Packets.Sent.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));

    // NVD's terms ask for the sentence wherever its data is used: a database that was asked and had nothing to tell counts too.
    private static bool UsesNvd(ReportModel model) =>
        model.Lines.Any(static line => line.Findings.Concat(line.Fixed).Concat(line.NotExamined).Any(static finding => finding.Machine.Cve.Count > 0))
        || model.Lines.Any(static line => line.Scan?.Versions.ContainsKey("vulndb") ?? false);
}

/// <summary>診断の方法と条件.</summary>
internal sealed record MethodView(IReadOnlyList<string> Steps, IReadOnlyList<string> Limits, IReadOnlyList<ScanView> Scans, IReadOnlyList<FieldView> Versions, bool UsesNvd);

/// <summary>The conditions of one scan.</summary>
internal sealed record ScanView(string Line, string Target, string Started, string Finished, IReadOnlyList<string> Sources, string Method, string Packets);
