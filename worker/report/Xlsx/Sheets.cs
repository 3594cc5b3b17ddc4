using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>The report's sheets: the same rows as the PDF's, to sort and to tick off.</summary>
internal sealed class Sheets
{
    private static readonly TextFile Texts = TextFile.Load("sheets");
    private static readonly Words Words = Words.Japanese;

    private readonly ReportModel model;

    internal Sheets(ReportModel model) => this.model = model;

    /// <summary>All sheets in order.</summary>
    internal IReadOnlyList<Sheet> All() =>
    [
        Sheet("overview", OverviewRows.Of(model, Texts, Words)),
        Sheet("lines", model.Lines.Select(LineRow.Of)),
        Sheet("ports", model.Lines.SelectMany(static line => (line.Scan?.Ports ?? []).Select(port => PortRow(line, port)))),
        Sheet("findings", model.Lines.SelectMany(static line => line.Findings.Select(finding => FindingRow.Of(line, finding)))),
        Sheet("changes", Changes()),
        Sheet("method", MethodRows.Of(model, Texts, Words)),
    ];

    internal static string Protocol(Transport protocol) => protocol.ToString().ToUpperInvariant();

    private static Sheet Sheet(string id, IEnumerable<IReadOnlyList<Cell>> rows) => new(Texts[$"{id}.name"], Texts.List($"{id}.columns"), [.. rows]);

    private static IReadOnlyList<Cell> PortRow(ReportLine line, PortResult port) =>
    [
        Cell.Of(Printable.Line(line.Id.Value)),
        Cell.Of(Protocol(port.Protocol)),
        Cell.Of(port.Port),
        Cell.Of(Words.Texts.TextAt($"portState.{port.State}") ?? Printable.Line(port.State)),
        Cell.Of(Printable.Line(port.Service)),
        Cell.Of(Printable.Line(port.Product)),
        Cell.Of(Printable.Line(port.Version)),
        Cell.Of(Printable.Line(port.Info)),
        Cell.Of(port.Confidence),
        Cell.Of(string.Join('\n', port.Cpe.Select(Printable.Line))),
        Cell.Of(Words.Join((port.Tls?.Versions ?? []).Select(Printable.Line))),
        Cell.Of(Printable.Line(port.Tls?.Subject)),
        Cell.Of(port.Tls?.NotAfter is { } end ? Jst.DayOf(end) : null),
        Cell.Of(ShownEvidence.Of(port.Evidence)),
    ];

    private IEnumerable<IReadOnlyList<Cell>> Changes()
    {
        if (model.Previous is null) return [];
        return ((FindingChange[])[FindingChange.New, FindingChange.StillThere, FindingChange.NotExamined, FindingChange.Fixed])
            .SelectMany(change => ChangesSection.With(change, model).Select(pair => ChangeRow(change, pair.Line, pair.Finding)));
    }

    private static IReadOnlyList<Cell> ChangeRow(FindingChange change, ReportLine line, ReportFinding finding) =>
    [
        Cell.Of(Words.Change(change)),
        Cell.Of(Printable.Line(line.Id.Value)),
        Cell.Of(finding.Severity.NameJa()),
        Cell.Of(Protocol(finding.Machine.Protocol)),
        Cell.Of(finding.Machine.Port),
        Cell.Of(Printable.Line(finding.Machine.Id)),
        Cell.Of(Printable.Line(finding.Text.Title)),
        Cell.Of(finding.FirstSeen),
        Cell.Of(finding.LastSeen),
    ];
}
