using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>完了: final; the state is stamped, and an end that nothing in the record accounts for is shown to staff.</summary>
internal sealed class CompletedStep : IStep
{
    public EngagementState State => EngagementState.Completed;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        if (draft.Facts.ReceivedAt is null) draft.TellStaff(Texts.Of("completed-without-receipt"));
        return draft.Stay();
    }
}
