using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>回線別の診断結果: per line its facts, what was examined, its ports and its findings.</summary>
internal sealed class LinesSection : IReportSection
{
    public string Id => "lines";

    public int Order => 40;

    public bool AppliesTo(ReportModel model) => model.Lines.Count > 0;

    public object View(SectionContext context) =>
        new LinesView([.. context.Model.Lines.Select((line, index) => Line(line, index, context))]);

    /// <summary>Anchor of a line's part.</summary>
    internal static string Anchor(int index) => FormattableString.Invariant($"line-{index + 1}");

    private static LineView Line(ReportLine line, int index, SectionContext context)
    {
        var (texts, words) = (context.Texts, context.Words);
        return new LineView(
            Anchor: Anchor(index),
            Heading: words.Line(line),
            Outcome: words.Texts[$"outcome.{line.Outcome}"],
            Counts: line.Scan is null ? [] : SeverityViews.Counted(SeverityCounts.Of(line.Findings), words),
            Facts: LineFactsView.Of(line, texts, words),
            NotScannedReason: line.Scan is null ? words.OutcomeReason(line) : "",
            Coverage: line.Scan is { } scan ? CoverageView.Of(line, scan, texts, words) : [],
            Scanned: line.Scan is not null,
            Ports: line.Scan is null ? [] : [.. line.Scan.Ports.Select(port => PortView.Of(port, line, texts, words))],
            FalsePositives: line.FalsePositives > 0 ? texts.Fill("falsePositives", ("count", line.FalsePositives)) : "",
            Findings: [.. FindingGroup.Of(line.Findings, line.Scan).Select(group => FindingView.Of(group, line, texts, words))]);
    }
}

/// <summary>回線別の診断結果.</summary>
internal sealed record LinesView(IReadOnlyList<LineView> Lines);

/// <summary>One line.</summary>
internal sealed record LineView(
    string Anchor,
    string Heading,
    string Outcome,
    IReadOnlyList<SeverityView> Counts,
    IReadOnlyList<FieldView> Facts,
    string NotScannedReason,
    IReadOnlyList<CoverageItem> Coverage,
    bool Scanned,
    IReadOnlyList<PortView> Ports,
    string FalsePositives,
    IReadOnlyList<FindingView> Findings);

/// <summary>One open port.</summary>
internal sealed record PortView(string Port, string State, string Service, string Product, string Info, IReadOnlyList<string> Tls, IReadOnlyList<SeverityView> Findings)
{
    internal static PortView Of(PortResult port, ReportLine line, TextFile texts, Words words) => new(
        FindingGroup.PortName(port.Protocol, port.Port),
        words.Texts.TextAt($"portState.{port.State}") ?? Printable.Line(port.State),
        Printable.Line(port.Service ?? words.Texts["unknown"]),
        port.Product is null ? words.Texts["unknown"] : Printable.Line($"{port.Product} {port.Version}"),
        Printable.Cut(Printable.Line(port.Info), 120),
        [.. TlsOf(port.Tls, texts, words)],
        [.. Severities.All.Select(severity => SeverityViews.Of(severity, words, Count(line, port, severity))).Where(static view => view.Count > 0)]);

    private static IEnumerable<string> TlsOf(TlsFacts? tls, TextFile texts, Words words)
    {
        if (tls is null)
        {
            yield return words.None;
            yield break;
        }

        if (tls.Versions.Count > 0) yield return words.Join(tls.Versions.Select(Printable.Line));
        if (tls.NotAfter is { } end) yield return texts.Fill("tlsExpires", ("date", Jst.Text(Jst.DayOf(end))));
    }

    private static int Count(ReportLine line, PortResult port, Severity severity) => line.Findings.Count(finding =>
        finding.Severity == severity && finding.Machine.Protocol == port.Protocol && finding.Machine.Port == port.Port);
}
