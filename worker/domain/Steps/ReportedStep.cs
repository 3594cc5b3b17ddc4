using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>報告済: the hospital is told where to download, and confirms receipt.</summary>
internal sealed class ReportedStep : IStep
{
    public EngagementState State => EngagementState.Reported;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.TellHospital([]);
        draft.Mail(MailKind.ReportPosted, draft.Hospital, $"edition-{draft.Facts.Edition}");
        if (draft.Facts.ReceivedAt is not null && draft.Facts.ReceivedAt >= draft.Facts.IssuedAt) return draft.Move(Trigger.Received);
        draft.KeepDeadline(Texts.Of("waits-receipt"), about => draft.Mail(MailKind.ReceiptReminder, draft.Hospital, about));
        return draft.Stay();
    }
}
