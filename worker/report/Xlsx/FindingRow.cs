using VulnDiag.Domain.Findings;
using VulnDiag.Model;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>指摘事項: one row per finding that stands.</summary>
internal static class FindingRow
{
    private static readonly Words Words = Words.Japanese;

    internal static IReadOnlyList<Cell> Of(ReportLine line, ReportFinding finding)
    {
        var machine = finding.Machine;
        return
        [
            Cell.Of(Printable.Line(line.Id.Value)),
            Cell.Of(finding.Severity.NameJa()),
            Cell.Of(Words.Texts[$"kind.{machine.Kind}"]),
            Cell.Of(Sheets.Protocol(machine.Protocol)),
            Cell.Of(machine.Port),
            Cell.Of(Printable.Line(machine.Id)),
            Cell.Of(Printable.Line(finding.Text.Title)),
            Cell.Of(string.Join('\n', machine.Cve.Select(Printable.Line))),
            Cell.Of(machine.Cvss?.Score),
            Cell.Of(Printable.Line(machine.Cvss?.Version)),
            Cell.Of(Printable.Line(machine.Cvss?.Vector)),
            Cell.Of(machine.Kev ? Words.Texts["yesNo.Yes"] : ""),
            Cell.Of(machine.Epss),
            Cell.Of(string.Join('\n', machine.Jvn.Select(Printable.Line))),
            Cell.Of(machine.Qod),
            Cell.Of(finding.Change is { } change ? Words.Change(change) : ""),
            Cell.Of(finding.FirstSeen),
            Cell.Of(finding.LastSeen),
            Cell.Of(Verdict(finding)),
            Cell.Of(Printable.Line(finding.Decision.Reason)),
            Cell.Of(finding.Decision.Expires),
            Cell.Of(Words.WholeEvidence(machine)),
            Cell.Of(Printable.Block(finding.Text.Why)),
            Cell.Of(Printable.Block(finding.Text.Action)),
            Cell.Of(Printable.Block(finding.Text.Checklist)),
            Cell.Of(string.Join('\n', ReferenceList.Of(finding))),
        ];
    }

    private static string Verdict(ReportFinding finding)
    {
        var verdict = Words.Of<FindingVerdict>("verdict", finding.Decision.Verdict);
        return finding.DecisionExpired ? Words.Texts.Fill("verdictExpired", ("verdict", verdict)) : verdict;
    }
}
