using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>完了: final; nothing is left to do but to stamp the state.</summary>
internal sealed class CompletedStep : IStep
{
    public EngagementState State => EngagementState.Completed;

    public StepResult Decide(Engagement engagement, StepContext context) => new StepDraft(engagement, context).Stay();
}
