using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Triage;

namespace VulnDiag.Domain.Steps;

/// <summary>ヒアリング受付: acknowledges, triages every line, and sends the record on its way.</summary>
internal sealed class HearingReceivedStep : IStep
{
    public EngagementState State => EngagementState.HearingReceived;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        var hash = AnswersHash.OfHearing(draft.Hearing);
        draft.Facts = draft.Facts with { AnswersHash = hash };
        draft.UpdateLines(line => Triaged(line, draft.Hearing));
        if (draft.CameFrom is EngagementState.HearingOpen or EngagementState.HearingIncomplete or EngagementState.OutOfScope)
            draft.Mail(MailKind.HearingReceived, draft.Hospital, hash, order => order with { Lines = [.. draft.Lines.Select(static line => line.Id)] });

        var lines = draft.Lines;
        var asked = Asked(draft);
        draft.TellHospital([.. Undone(draft), .. asked]);
        if (asked.Count > 0) return draft.Move(Trigger.HearingFaulty);
        if (lines.Any(static line => line.Standing is LineStanding.AwaitsMeeting)) return draft.Move(Trigger.MeetingNeeded);
        return lines.Any(static line => line.In) ? draft.Move(Trigger.TriagePassed) : draft.Move(Trigger.NoLineLeft);
    }

    /// <summary>What the hospital must mend: faults of the hearing as a whole, and of the lines that are still in.</summary>
    internal static IReadOnlyList<string> Asked(StepDraft draft)
    {
        var faulty = draft.Lines.Where(static line => line.Standing is LineStanding.Faulty).Select(static line => line.Id).ToHashSet();
        return [.. draft.Hearing.Faults
            .Where(fault => fault.Line is null || faulty.Contains(fault.Line.Value))
            .Select(static fault => fault.SentenceJa)
            .Distinct()];
    }

    /// <summary>A button that leads to 診断対象外 is in the hospital's sight, so the hospital is told too why it had no effect.</summary>
    private static IEnumerable<string> Undone(StepDraft draft) =>
        draft.Facts.SentBackBecause == Texts.Of("undone-line-left") || draft.Facts.SentBackBecause == Texts.Of("undone-not-triaged") ? [draft.Facts.SentBackBecause] : [];

    private static LineFacts Triaged(LineView line, HearingRecord hearing)
    {
        var triage = TriageTable.Decide(line.Line, [.. hearing.Faults.Where(fault => fault.Line == line.Id)]);
        var facts = MeetingGate.Bind(line.Line, line.Facts) with { Triage = triage };
        return LineOutcomes.Of(line with { Facts = facts });
    }
}
