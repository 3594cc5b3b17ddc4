using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>Takes back the invitations to windows that will not be: postponed, answers changed, every line of the vendor deferred, ended before its windows.</summary>
/// <remarks>Asked wherever an engagement comes to rest, so that windows that are fixed anew at once are told by an update alone. Source: SPEC "Mail" 3.</remarks>
internal static class StaleInvitations
{
    internal static void Withdraw(StepDraft draft)
    {
        var page = InvitationBook.Withdraw(draft.Facts.Invitations, row => IsGone(draft, row), draft.Now);
        draft.Facts = draft.Facts with { Invitations = page.Book };
        Tell(draft, page.Sent);
    }

    /// <summary>One mail to each vendor whose events are withdrawn.</summary>
    internal static void Tell(StepDraft draft, IEnumerable<Invitation> withdrawn)
    {
        foreach (var rows in withdrawn.GroupBy(static row => row.VendorMail))
        {
            var about = FactHash.Short(rows.SelectMany(static row => new[] { $"{row.Number}", $"{row.Sequence}" }));
            draft.Mail(MailKind.SilenceWithdrawn, Recipient(draft, rows.Key), about, order => order with
            {
                About = MailKind.SilenceRequest,
                Lines = [.. draft.Hearing.Lines.Where(line => line.Monitored && line.Vendors.Any(vendor => vendor.Mail == rows.Key)).Select(static line => line.Id)],
                Windows = [.. rows.Select(static row => row.Window)],
                Calendar = [.. rows],
            });
        }
    }

    private static bool IsGone(StepDraft draft, Invitation row) => draft.Engagement.State switch
    {
        EngagementState.AwaitingSilence or EngagementState.Ready or EngagementState.SameDayCheck or EngagementState.Scanning or EngagementState.Suspended =>
            !draft.Lines.Any(line => line.In && line.Line.Monitored && line.Line.Vendors.Any(vendor => vendor.Mail == row.VendorMail)),
        EngagementState.HearingOpen or EngagementState.HearingReceived or EngagementState.HearingIncomplete or EngagementState.AwaitingMeeting
            or EngagementState.OutOfScope or EngagementState.VendorReview or EngagementState.Scheduling => true,
        EngagementState.Analysis or EngagementState.ReportReview or EngagementState.Issuing or EngagementState.Reported or EngagementState.Completed =>
            row.Window.Start > draft.Now,
        EngagementState.Cancelled => false, // the mail that tells of the cancellation carries them
    };

    /// <summary>A vendor that the hospital has taken out of its answers since is still told.</summary>
    private static Recipient Recipient(StepDraft draft, string mail) =>
        draft.Hearing.Lines.SelectMany(static line => line.Vendors).FirstOrDefault(vendor => vendor.Mail == mail) is { } vendor
            ? StepDraft.To(vendor)
            : new Recipient(Audience.Vendor, mail, "", "");
}
