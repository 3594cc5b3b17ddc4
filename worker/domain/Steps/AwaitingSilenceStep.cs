using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>静観依頼中: every vendor of a monitored line accepts silence for all of the fixed windows, or other windows are looked for.</summary>
internal sealed class AwaitingSilenceStep : IStep
{
    public EngagementState State => EngagementState.AwaitingSilence;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;
        if (Departures.WhenReviewIsOpen(draft) is { } open) return open;
        var faults = WindowFaults.Of(draft);
        if (faults.Count > 0) return Refused(draft, faults);
        if (draft.CameFrom is EngagementState.Scheduling)
        {
            draft.Facts = draft.Facts with { SilenceRound = draft.Facts.SilenceRound + 1, UsedWindowsHash = FactHash.OfWindows(draft.Facts.Windows) };
        }

        var gate = SilenceGate.Of(draft.Lines, draft.Facts, draft.Now);
        draft.Facts = draft.Facts.WithRows(gate.Rows);
        if (gate.Refusals.Count > 0) return Refused(draft, [.. gate.Refusals.Select(Refusal)]);
        if (gate.Passed) return draft.CameFrom is EngagementState.Scheduling ? draft.Move(Trigger.SilenceAccepted) : draft.LeaveAgain(Trigger.SilenceAccepted, "undone-silence-holds");

        var waitsFor = Departures.WaitingFor("waits-silence", gate.Waiting);
        var late = draft.KeepDeadline(waitsFor, about => VendorMails.Remind(draft, MailKind.SilenceRequest, gate.Waiting, gate.Rows, about), VendorMails.AskedBy(draft, gate.Rows));
        VendorMails.Order(draft, MailKind.SilenceRequest, gate.Waiting, gate.Rows, order => order with { Calendar = Invite(draft, order.To.Mail) });

        var firstStart = draft.Facts.Windows.Min(static window => window.Start);
        draft.LookAgainAt(firstStart);
        if (!late && draft.Now < firstStart) return draft.Stay();
        draft.Mail(MailKind.Escalation, StepDraft.Coordinator, $"silence-{draft.Facts.SilenceRound}", order => order with { Sentences = [waitsFor] });
        return Refused(draft, [waitsFor]);
    }

    private static IReadOnlyList<Invitation> Invite(StepDraft draft, string vendorMail)
    {
        var page = InvitationBook.Invite(draft.Facts.Invitations, vendorMail, draft.Facts.Windows, draft.Now);
        draft.Facts = draft.Facts with { Invitations = page.Book };
        return page.Sent;
    }

    private static StepResult Refused(StepDraft draft, IReadOnlyList<string> reasons) => draft.SendBack(Trigger.SilenceRefused, reasons);

    private static string Refusal(OpenQuestion open) =>
        Texts.Of("silence-refused", open.Line.Id, open.Vendor.Company, open.Row.Remark.Length > 0 ? open.Row.Remark : Texts.Of("no-remark"));
}
