using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>発行準備中: four eyes, nothing edited since the review; then the report is attached and read back.</summary>
internal sealed class IssuingStep : IStep
{
    public EngagementState State => EngagementState.Issuing;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        if (draft.CameFrom is EngagementState.ReportReview) draft.Facts = draft.Facts with { ApprovedBy = engagement.ModifiedBy };
        if (draft.Facts.IssuedHash.Length > 0 && draft.Facts.IssuedHash == draft.Facts.ReviewHash)
        {
            if (draft.CameFrom is null) return draft.Move(Trigger.Issued);
            // Of a correction whose steps were all made between two looks, the hashes are still those of the edition before.
            var asIssued = FactHash.OfReport(draft.Facts, context.Findings, draft.Facts.Edition) == draft.Facts.IssuedHash;
            if (draft.CameFrom is EngagementState.Reported && asIssued) return draft.Undo(Trigger.Issued, [Texts.Of("undone-issued")]);
        }

        var faults = ReviewFaults.OfApproval(draft);
        if (faults.Count > 0) return draft.SendBack(Trigger.IssueRefused, faults);

        var edition = draft.Facts.Edition + 1;
        draft.Do(new IssueReport($"VD-{engagement.Id}-ISS-{draft.Facts.ReviewHash[..16]}", edition, draft.Facts.ReviewHash));
        draft.KeepDeadline(Texts.Of("waits-issue"));
        return draft.Stay();
    }
}
