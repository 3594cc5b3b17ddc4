using VulnDiag.Domain.Facts;
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
        if (draft.Arrived && !IsIssued(draft.Facts)) return draft.Undo(Trigger.SendBack, [Texts.Of("undone-not-issued")]);
        draft.TellHospital([]);
        draft.Mail(MailKind.ReportPosted, draft.Hospital, $"edition-{draft.Facts.Edition}");
        if (draft.Facts.ReceivedAt is not null && draft.Facts.ReceivedAt >= draft.Facts.IssuedAt) return draft.Move(Trigger.Received);
        draft.KeepDeadline(Texts.Of("waits-receipt"), about => draft.Mail(MailKind.ReceiptReminder, draft.Hospital, about));
        return draft.Stay();
    }

    private static bool IsIssued(EngagementFacts facts) =>
        facts.ReportFiles.Count > 0 && facts.IssuedHash.Length > 0 && facts.IssuedHash == facts.ReviewHash;
}
