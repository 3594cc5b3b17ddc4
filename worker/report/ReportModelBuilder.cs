using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>Makes the model of a report. Pure: the same input gives the same model.</summary>
public static class ReportModelBuilder
{
    /// <summary>The report of a hospital's engagement.</summary>
    public static ReportModel OfEngagement(EngagementReportInput input)
    {
        var engagement = input.Engagement;
        var results = input.Results.GroupBy(static result => new LineId(result.Line))
            .ToDictionary(static group => group.Key, static group => group.MaxBy(static result => result.Finished));
        var findings = input.Findings.ToLookup(static record => record.Identity.Line);
        return new ReportModel
        {
            Operator = input.Operator,
            HospitalName = engagement.Answers.HospitalName,
            HospitalCode = engagement.Hearing.HospitalCode,
            Engagement = engagement.Id,
            Edition = input.Edition,
            Draft = input.Draft,
            Analyst = input.Analyst,
            Approver = input.Approver,
            Made = input.Made,
            Due = engagement.Facts.ReportDue,
            Summary = engagement.Facts.Summary,
            Lines = [.. engagement.Hearing.Lines.Select(line => Line(line, engagement.Facts.Of(line.Id), results.GetValueOrDefault(line.Id), findings[line.Id], input))],
            Previous = input.Previous,
        };
    }

    /// <summary>The report of an operator's own scan: one line, nobody's decisions, nothing to compare with.</summary>
    /// <exception cref="ReportException">The result lacks a part that every result has.</exception>
    public static ReportModel OfScan(ScanReportInput input)
    {
        var result = input.Result;
        if (ScanResultParts.Missing(result) is { } part) throw new ReportException($"The scan result has no '{part}': it was not written by a scan, or was changed.");

        var id = new LineId(result.Line.Length > 0 ? result.Line : result.Target.Address);
        return new ReportModel
        {
            Operator = input.Operator,
            Edition = 1,
            Made = input.Made,
            Lines =
            [
                new ReportLine
                {
                    Id = id,
                    Outcome = result.Complete ? LineOutcome.Done : LineOutcome.Stopped,
                    OutcomeReason = result is { Complete: false, Stops: [.., var last] } ? last.Reason : "",
                    Scan = result,
                    Unexamined = Unexamined(result, input.Texts),
                    Findings = [.. ReportFinding.WorstFirst(result.Findings.Select(finding => OfScan(id, finding, result, input.Texts)))],
                },
            ],
        };
    }

    private static ReportLine Line(Line line, LineFacts facts, ScanResult? result, IEnumerable<FindingRecord> records, EngagementReportInput input)
    {
        var seen = records.ToLookup(static record => record.Change);
        var current = seen[FindingChange.New].Concat(seen[FindingChange.StillThere]).ToList();
        var falsePositives = current.Count(record => IsFalsePositive(record, input.Made));
        return new ReportLine
        {
            Id = line.Id,
            Name = line.Name,
            Answers = line,
            Triage = facts.Triage,
            Meeting = facts.Meeting,
            Outcome = facts.Outcome,
            OutcomeReason = facts.OutcomeReason,
            Scan = result,
            Unexamined = result is null ? [] : Unexamined(result, input.Texts),
            Findings = Findings(current.Where(record => !IsFalsePositive(record, input.Made)), input),
            FalsePositives = falsePositives,
            Fixed = Findings(seen[FindingChange.Fixed], input),
            NotExamined = Findings(seen[FindingChange.NotExamined].Where(record => !IsFalsePositive(record, input.Made)), input),
            Vendors = [.. line.Vendors.Select(static vendor => new ReportVendor(vendor.Mail, vendor.Company, vendor.Role))],
        };
    }

    private static IReadOnlyList<ReportFinding> Findings(IEnumerable<FindingRecord> records, EngagementReportInput input) =>
        [.. ReportFinding.WorstFirst(records.Select(record => new ReportFinding
        {
            Line = record.Identity.Line,
            Machine = record.Machine,
            Severity = record.Severity,
            Decision = record.Decision,
            DecisionExpired = HasExpired(record.Decision, input.Made),
            Change = input.Previous is null ? null : record.Change,
            FirstSeen = record.FirstSeen,
            LastSeen = record.LastSeen,
            Text = input.Texts.Of(record.Machine),
        }))];

    private static IReadOnlyList<UnexaminedItem> Unexamined(ScanResult result, CheckTexts texts) =>
        [.. result.NotExamined.Select(item => new UnexaminedItem(item, texts.TitleOf(item.What)))];

    private static ReportFinding OfScan(LineId line, ScanFinding finding, ScanResult result, CheckTexts texts) => new()
    {
        Line = line,
        Machine = finding,
        Severity = finding.Severity,
        FirstSeen = result.Started,
        LastSeen = result.Finished,
        Text = texts.Of(finding),
    };

    private static bool IsFalsePositive(FindingRecord record, DateOnly made) =>
        record.Decision.Verdict is FindingVerdict.FalsePositive && !HasExpired(record.Decision, made);

    // The last day counts as valid: an expiry is read by people as "until the end of".
    private static bool HasExpired(FindingDecision decision, DateOnly made) =>
        decision.Verdict is FindingVerdict.FalsePositive or FindingVerdict.AcceptedRisk && decision.Expires < made;
}
