using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>報告書確認中: the approver reads the draft; what is approved is what was reviewed.</summary>
internal sealed class ReportReviewStep : IStep
{
    public EngagementState State => EngagementState.ReportReview;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        var content = FactHash.OfReport(draft.Facts, context.Findings, draft.Facts.Edition + 1);
        // A person comes here by 分析完了 alone, however many moves were made since the last look.
        if (draft.CameFrom is not (null or EngagementState.Issuing))
        {
            var open = ReviewFaults.OfAnalysis(draft);
            if (open.Count > 0) return draft.SendBack(Trigger.BackToAnalysis, open);
            draft.Facts = draft.Facts with { ReviewedBy = engagement.ModifiedBy, ReviewHash = content, ApprovedBy = "" };
        }

        if (content != draft.Facts.ReviewHash) draft.TellStaff(Texts.Of("edited-since-review"));
        else if (draft.Facts.DraftHash != content) draft.Do(new MakeDraft($"VD-{engagement.Id}-DRF-{content[..16]}", content));
        draft.Assign(draft.Facts.Approver);
        if (draft.Facts.Approver.Length == 0) draft.TellStaff(Texts.Of("no-approver"));
        ReportDueWatch.Warn(draft);
        draft.KeepDeadline(Texts.Of("waits-approval"));
        return draft.Stay();
    }
}
