using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>日程調整中: fixes windows that hold the forecast, from the coordinator's 確定日程 or from the hospital's candidates.</summary>
internal sealed class SchedulingStep : IStep
{
    public EngagementState State => EngagementState.Scheduling;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;
        if (Departures.WhenReviewIsOpen(draft) is { } open) return open;

        if (draft.CameFrom is EngagementState.AwaitingSilence && SilenceStillAsked(draft)) return draft.Undo(Trigger.WindowFixed, [Texts.Of("undone-silence-asked")]);

        var late = draft.KeepDeadline(Texts.Of("waits-schedule"));
        if (late) draft.TellStaff(Texts.Of("schedule-late"));
        var byCoordinator = draft.Facts.Windows.Count > 0 && FactHash.OfWindows(draft.Facts.Windows) != draft.Facts.UsedWindowsHash;
        return byCoordinator ? WithCoordinatorsWindows(draft) : WithCandidates(draft);
    }

    /// <summary>No vendor refused and the windows hold: 静観不成立 had no ground.</summary>
    private static bool SilenceStillAsked(StepDraft draft)
    {
        var gate = SilenceGate.Of(draft.Lines, draft.Facts, draft.Now);
        return gate.Needed && gate.Refusals.Count == 0 && WindowFaults.Of(draft).Count == 0;
    }

    private static StepResult WithCoordinatorsWindows(StepDraft draft)
    {
        var faults = WindowFaults.Of(draft);
        foreach (var fault in faults) draft.TellStaff(fault);
        return faults.Count > 0 ? draft.Stay() : Fix(draft);
    }

    private static StepResult WithCandidates(StepDraft draft)
    {
        if (draft.Facts.SilenceRound >= draft.Context.Settings.SilenceRounds)
        {
            draft.TellStaff(Texts.Of("silence-rounds-used", draft.Facts.SilenceRound));
            return draft.Stay();
        }

        var after = draft.Facts.Windows.Count == 0 ? DateTimeOffset.MinValue : draft.Facts.Windows.Max(static window => window.End);
        var plan = WindowPlanner.Fix(
            [.. draft.Hearing.CandidateWindows.Where(window => window.Start >= after)],
            draft.Hearing.TimesToAvoid,
            WindowFaults.Forecast(draft),
            draft.Now,
            draft.Context.Settings.Planning);
        if (plan.Missing > TimeSpan.Zero)
        {
            var sentence = Texts.Of("windows-missing", Jst.Text(plan.Missing));
            draft.TellStaff(sentence);
            draft.Mail(MailKind.HearingIncomplete, draft.Hospital, FactHash.Short("windows", FactHash.OfWindows(draft.Hearing.CandidateWindows), draft.Facts.UsedWindowsHash),
                order => order with { Sentences = [sentence], Deadline = draft.Facts.Deadline });
            return draft.Stay();
        }

        draft.Facts = draft.Facts with { Windows = plan.Windows };
        return Fix(draft);
    }

    private static StepResult Fix(StepDraft draft)
    {
        draft.Facts = draft.Facts with { UsedWindowsHash = FactHash.OfWindows(draft.Facts.Windows) };
        draft.UpdateLines(static line => line.Facts with { GivenUpWindow = null });
        if (!SilenceGate.Of(draft.Lines, draft.Facts, draft.Now).Needed) return draft.Move(Trigger.WindowFixedWithoutSilence);
        draft.Facts = draft.Facts with { SilenceRound = draft.Facts.SilenceRound + 1 };
        return draft.Move(Trigger.WindowFixed);
    }
}
