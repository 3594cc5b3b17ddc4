using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Permission;

namespace VulnDiag.Domain.Steps;

/// <summary>診断待ち: waits for the next window; asks for dynamic addresses when it is near.</summary>
internal sealed class ReadyStep : IStep
{
    public EngagementState State => EngagementState.Ready;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;
        if (Departures.WhenReviewIsOpen(draft) is { } open) return open;
        if (draft.CameFrom is EngagementState.Scheduling && WindowFaults.Of(draft) is { Count: > 0 } faults)
            return draft.SendBack(Trigger.NoWindowLeft, faults);
        if (Departures.NextWindow(draft) is not { } window) return draft.Move(Trigger.NoWindowLeft);
        if (Departures.WhenSilenceIsGone(draft) is { } withdrawn) return withdrawn;

        TellTheDates(draft);
        if (ScanPermission.UnsettledStop(draft.Facts, context) is not null && window.Contains(draft.Now)) return draft.Move(Trigger.WindowOpened);

        var near = window.Start - context.Settings.SameDayLead;
        var gate = SameDayGate.Of(draft.Lines, draft.Facts, draft.Hearing, window, draft.Now);
        if (gate.Waiting.Count > 0 && draft.Now >= near) return AskForAddresses(draft, gate);
        if (window.Contains(draft.Now)) return draft.Move(Trigger.WindowOpened);

        draft.LookAgainAt(gate.Waiting.Count > 0 ? near : window.Start);
        return draft.Stay();
    }

    private static StepResult AskForAddresses(StepDraft draft, SameDayGate gate) => draft.CameFrom is EngagementState.SameDayCheck
        ? draft.SendBack(Trigger.SameDayCheckNeeded, [Texts.Of("waits-same-day", AwaitingMeetingStep.Names(gate.Waiting))])
        : draft.Move(Trigger.SameDayCheckNeeded);

    private static void TellTheDates(StepDraft draft) =>
        draft.Mail(MailKind.DatesFixed, draft.Hospital, FactHash.OfWindows(draft.Facts.Windows), order => order with
        {
            Lines = [.. draft.Lines.Where(static line => line.ToScan).Select(static line => line.Id)],
            Windows = draft.Facts.Windows,
        });
}
