using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Triage;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>回線: one row per line.</summary>
internal static class LineRow
{
    private static readonly Words Words = Words.Japanese;

    internal static IReadOnlyList<Cell> Of(ReportLine line)
    {
        var (answers, scan) = (line.Answers, line.Scan);
        var counts = SeverityCounts.Of(line.Findings);
        // A line that was not scanned has no counts: a 0 would read as safe.
        Cell Count(int count) => scan is null ? Cell.Of("") : Cell.Of(count);

        return
        [
            Cell.Of(Printable.Line(line.Id.Value)),
            Cell.Of(Printable.Line(line.Name)),
            Cell.Of(answers is null ? "" : Words.Of("communication", answers.Communication)),
            Cell.Of(answers?.Access is { } access ? Words.Of<AccessTechnology>("access", access) : ""),
            Cell.Of(answers?.Addressing is { } addressing ? Words.Of<Addressing>("addressing", addressing) : ""),
            Cell.Of(Printable.Line(scan?.Target.Address ?? answers?.Address?.ToString())),
            Cell.Of(Printable.Line(scan?.Target.Fqdn ?? answers?.Fqdn)),
            Cell.Of(Printable.Line(answers?.DeviceKind)),
            Cell.Of(Printable.Line(answers?.Maker)),
            Cell.Of(Printable.Line(answers?.Model)),
            Cell.Of(answers is null ? "" : Words.Of("yesNo", answers.MedicalRecords)),
            Cell.Of(answers is null ? "" : Words.Of("yesNo", answers.MonitoredAnswer)),
            Cell.Of(Words.Join(line.Vendors.Select(static vendor => Printable.Line(vendor.Company)).Distinct())),
            line.Triage?.No is { } no ? Cell.Of(no) : Cell.Of(""),
            Cell.Of(line.Triage is { } triage ? Words.Of<Decision>("decision", triage.Decision) : ""),
            Cell.Of(Printable.Line(line.Triage?.ReasonJa)),
            Cell.Of(Words.Texts[$"outcome.{line.Outcome}"]),
            Cell.Of(Words.OutcomeReason(line)),
            scan is null ? Cell.Of("") : Cell.Of(scan.Started),
            scan is null ? Cell.Of("") : Cell.Of(scan.Finished),
            .. Severities.All.Select(severity => Count(counts[severity])),
            Count(counts.Total),
        ];
    }
}
