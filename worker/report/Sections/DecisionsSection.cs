using VulnDiag.Domain.Scheduling;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>対応を見送ると判断された指摘: accepted risks in one place, each with its reason and until when.</summary>
internal sealed class DecisionsSection : IReportSection
{
    public string Id => "decisions";

    public int Order => 60;

    public bool AppliesTo(ReportModel model) => model.Lines.Any(static line => line.Findings.Any(static finding => finding.Accepted));

    public object View(SectionContext context) => new DecisionsView(
    [
        .. context.Model.Lines.SelectMany(line => line.Findings.Where(static finding => finding.Accepted).Select(finding => Row(line, finding, context))),
    ]);

    private static DecisionRow Row(ReportLine line, ReportFinding finding, SectionContext context)
    {
        var (texts, words, decision) = (context.Texts, context.Words, finding.Decision);
        return new DecisionRow(
            SeverityViews.Of(finding.Severity, words),
            words.LineCell(line),
            FindingGroup.PortName(finding.Machine.Protocol, finding.Machine.Port),
            Printable.Line(finding.Text.Title),
            decision.Reason.Length > 0 ? Printable.Line(decision.Reason) : texts["noReason"],
            decision.Expires is { } until ? Jst.Text(until) : texts["noExpiry"]);
    }
}

/// <summary>対応を見送ると判断された指摘.</summary>
internal sealed record DecisionsView(IReadOnlyList<DecisionRow> Rows);

/// <summary>One accepted risk.</summary>
internal sealed record DecisionRow(SeverityView Severity, string Line, string Port, string Title, string Reason, string Expires);
