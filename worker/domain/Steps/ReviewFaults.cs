using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;

namespace VulnDiag.Domain.Steps;

/// <summary>What keeps a report from its next step, one sentence each.</summary>
internal static class ReviewFaults
{
    /// <summary>What the analyst still owes.</summary>
    internal static IReadOnlyList<string> OfAnalysis(StepDraft draft)
    {
        var faults = new List<string>();
        if (draft.Facts.Analyst.Length == 0) faults.Add(Texts.Of("no-analyst"));
        else if (draft.Engagement.ModifiedBy != draft.Facts.Analyst) faults.Add(Texts.Of("not-by-analyst"));
        if (draft.Facts.Summary.Trim().Length == 0) faults.Add(Texts.Of("no-summary"));
        if (draft.Facts.ResultFiles.Count > 0 && draft.Facts.FindingsHash != FactHash.OfResults(draft.Facts)) faults.Add(Texts.Of("findings-not-recorded"));
        var open = draft.Context.Findings.Count(static finding => finding.Decision.Verdict is FindingVerdict.Open);
        if (open > 0) faults.Add(Texts.Of("findings-open", open));
        faults.AddRange(draft.Context.Findings.Where(LacksReason).Select(static finding => Texts.Of("finding-reason-missing", finding.Machine.TitleJa)));
        return faults;
    }

    /// <summary>Why an approval does not count.</summary>
    internal static IReadOnlyList<string> OfApproval(StepDraft draft)
    {
        var faults = new List<string>();
        var approver = draft.Facts.ApprovedBy;
        if (draft.Facts.Approver.Length == 0 || approver != draft.Facts.Approver) faults.Add(Texts.Of("not-by-approver"));
        if (approver == draft.Facts.Analyst || approver == draft.Facts.ReviewedBy) faults.Add(Texts.Of("four-eyes"));
        if (FactHash.OfReport(draft.Facts, draft.Context.Findings, draft.Facts.Edition + 1) != draft.Facts.ReviewHash) faults.Add(Texts.Of("edited-since-review"));
        return faults;
    }

    private static bool LacksReason(FindingRecord finding) =>
        finding.Decision.Reason.Trim().Length == 0
        && (finding.Decision.ReRated is not null || finding.Decision.Verdict is FindingVerdict.FalsePositive or FindingVerdict.AcceptedRisk);
}
