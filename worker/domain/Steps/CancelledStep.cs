using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

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
        var withdrawn = InvitationBook.Withdraw(draft.Facts.Invitations, static _ => true, draft.Now);
        draft.Facts = draft.Facts with { Invitations = withdrawn.Book };
        var told = VendorMails.Of(draft.Lines).Where(vendor => asked.Contains(vendor.To.Mail)).ToList();
        foreach (var (to, lines) in told)
        {
            draft.Mail(MailKind.Cancelled, to, "", order => order with
            {
                Lines = lines,
                Windows = draft.Facts.Windows,
                Calendar = [.. withdrawn.Sent.Where(row => row.VendorMail == to.Mail)],
            });
        }

        // Vendors that the answers no longer name hold events all the same.
        StaleInvitations.Tell(draft, withdrawn.Sent.Where(row => told.All(vendor => vendor.To.Mail != row.VendorMail)));
        return draft.Stay();
    }
}
