using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>回答待ち: waits for the hospital to submit its answers.</summary>
internal sealed class HearingOpenStep : IStep
{
    public EngagementState State => EngagementState.HearingOpen;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.KeepDeadline(Texts.Of("waits-hearing"), about => draft.Mail(MailKind.Reminder, draft.Hospital, about, static order => order with
        {
            About = MailKind.HearingReceived,
            Sentences = [Texts.Of("remind-hearing")],
        }));
        return draft.Stay();
    }
}
