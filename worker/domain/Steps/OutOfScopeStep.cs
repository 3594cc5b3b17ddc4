using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>診断対象外: the hospital is told why and may answer anew; after the deadline a report of 未診断 lines is made.</summary>
internal sealed class OutOfScopeStep : IStep
{
    public EngagementState State => EngagementState.OutOfScope;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        string[] reasons = [.. draft.Lines.Select(static line => Texts.Of("line-reason", line.Id, line.WhyJa))];
        draft.TellHospital(reasons);
        draft.Mail(MailKind.OutOfScope, draft.Hospital, draft.Facts.AnswersHash, order => order with
        {
            Lines = [.. draft.Lines.Select(static line => line.Id)],
            Sentences = reasons,
        });
        return draft.KeepDeadline(Texts.Of("waits-out-of-scope")) ? draft.Move(Trigger.DeadlinePassed) : draft.Stay();
    }
}
