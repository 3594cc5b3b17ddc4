using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Facts;

namespace VulnDiag.Domain.Steps;

/// <summary>当日IP確認中: the hospital confirms each dynamic address for the coming window; the move is ours.</summary>
internal sealed class SameDayCheckStep : IStep
{
    private static readonly TimeSpan LeastTimeToAnswer = TimeSpan.FromMinutes(30);

    public EngagementState State => EngagementState.SameDayCheck;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;
        if (Departures.WhenReviewIsOpen(draft) is { } open) return open;
        if (Departures.NextWindow(draft) is not { } window) return draft.Move(Trigger.NoWindowLeft);
        if (Departures.WhenSilenceIsGone(draft) is { } withdrawn) return withdrawn;

        if (draft.Now < window.Start - context.Settings.SameDayLead) return draft.LeaveAgain(Trigger.SameDayCheckDone, "undone-window-not-near");

        var gate = SameDayGate.Of(draft.Lines, draft.Facts, draft.Hearing, window, draft.Now);
        var deadline = Deadline(draft, window);
        draft.Facts = draft.Facts with { Deadline = deadline };
        if (gate.Waiting.Count == 0) return gate.Through.Count > 0 ? draft.LeaveAgain(Trigger.SameDayCheckDone, "undone-all-confirmed") : draft.Move(Trigger.NoLineToScan);
        if (draft.Now >= deadline) return GiveUp(draft, gate);

        Ask(draft, gate, deadline);
        draft.LookAgainAt(deadline);
        return draft.Stay();
    }

    private static DateTimeOffset Deadline(StepDraft draft, Period window)
    {
        var planned = window.Start - draft.Context.Settings.SameDayDeadline;
        var earliest = draft.Since + LeastTimeToAnswer;
        var deadline = planned > earliest ? planned : earliest;
        return deadline < window.End ? deadline : window.End;
    }

    private static StepResult GiveUp(StepDraft draft, SameDayGate gate)
    {
        var waiting = gate.Waiting.Select(static line => line.Id).ToHashSet();
        draft.UpdateLines(line => waiting.Contains(line.Id)
            ? line.Facts with { GivenUpWindow = gate.Window.Start, Outcome = LineOutcome.NotCarriedOut, OutcomeReason = Texts.Of("not-confirmed") }
            : line.Facts);
        return gate.Through.Count > 0 ? draft.Move(Trigger.SameDayCheckDone) : draft.Move(Trigger.NoLineToScan);
    }

    private static void Ask(StepDraft draft, SameDayGate gate, DateTimeOffset deadline)
    {
        var about = FactHash.Short(FactHash.OfWindows([gate.Window]));
        MailOrder Fill(MailOrder order) => order with { Windows = [gate.Window], Deadline = deadline };
        draft.Mail(MailKind.SameDayRequest, draft.Hospital, about, order => Fill(order) with { Lines = [.. gate.Waiting.Select(static line => line.Id)] });
        foreach (var (to, lines) in VendorMails.Of(gate.Waiting))
            draft.Mail(MailKind.SameDayRequest, to, about, order => Fill(order) with { Lines = lines });
    }
}
