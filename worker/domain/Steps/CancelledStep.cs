using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>中止: packets stop, everybody who was asked is told, invitations are withdrawn. Final.</summary>
internal sealed class CancelledStep : IStep
{
    public EngagementState State => EngagementState.Cancelled;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        var reason = draft.Facts.StopReason.Length > 0 ? draft.Facts.StopReason : Texts.Of("cancelled");
        draft.UpdateLines(line => LineOutcomes.Cancelled(line, reason));
        draft.Mail(MailKind.Cancelled, draft.Hospital, "", order => order with { Lines = [.. draft.Lines.Select(static line => line.Id)] });
        var asked = draft.Facts.Vendors.Select(static row => row.VendorMail).ToHashSet(StringComparer.Ordinal);
        var invited = draft.Facts.Vendors.Where(static row => row.Question is VendorQuestion.Silence).Select(static row => row.VendorMail).ToHashSet(StringComparer.Ordinal);
        foreach (var (to, lines) in VendorMails.Of(draft.Lines).Where(vendor => asked.Contains(vendor.To.Mail)))
        {
            draft.Mail(MailKind.Cancelled, to, "", order => order with
            {
                Lines = lines,
                Windows = draft.Facts.Windows,
                CalendarSequence = invited.Contains(to.Mail) ? draft.Facts.SilenceRound : null,
                CalendarCancelled = invited.Contains(to.Mail),
            });
        }

        return draft.Stay();
    }
}
