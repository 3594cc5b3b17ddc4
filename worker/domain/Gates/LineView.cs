using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Triage;

namespace VulnDiag.Domain.Gates;

/// <summary>Where a line stands between the hearing and its scan.</summary>
public enum LineStanding
{
    /// <summary>Not in: × by the table, or the meeting ended in 実施不可.</summary>
    OutOfScope,

    /// <summary>Not in: 今回見送り.</summary>
    Deferred,

    /// <summary>In, and the hospital is asked to mend its answers.</summary>
    Faulty,

    /// <summary>In, and a meeting is open.</summary>
    AwaitsMeeting,

    /// <summary>In, and triaged to go on.</summary>
    GoesOn,
}

/// <summary>One line with what was answered, what was recorded, and where it stands.</summary>
/// <param name="Line">The hospital's answers.</param>
/// <param name="Facts">What staff and the worker recorded.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="WhyJa">Why, when it is out or waits; empty when it goes on.</param>
public sealed record LineView(Line Line, LineFacts Facts, LineStanding Standing, string WhyJa)
{
    /// <summary>回線ID.</summary>
    public LineId Id => Line.Id;

    /// <summary>True while the line is part of this diagnosis.</summary>
    public bool In => Standing is not (LineStanding.OutOfScope or LineStanding.Deferred);

    /// <summary>True when nothing is left to scan on it: done, or stopped for good.</summary>
    public bool Finished => Facts.Outcome is LineOutcome.Done or LineOutcome.Stopped;

    /// <summary>True when its address must be confirmed on the day: everything but an explicit 固定IP.</summary>
    public bool NeedsSameDayCheck => Line.Addressing is not Addressing.Fixed;

    /// <summary>True when it goes on and something is left to scan.</summary>
    public bool ToScan => Standing is LineStanding.GoesOn && !Finished;

    /// <summary>Reads every line of an engagement, in the order of the record, with <paramref name="facts"/> in place of the record's.</summary>
    public static IReadOnlyList<LineView> Of(Engagement engagement, EngagementFacts facts) =>
        [.. engagement.Hearing.Lines.Select(line => Of(line, facts.Of(line.Id), engagement.Hearing))];

    private static LineView Of(Line line, LineFacts facts, HearingRecord hearing)
    {
        var faults = hearing.Faults.Where(fault => fault.Line == line.Id).ToList();
        var triage = TriageTable.Decide(line, faults);
        var (standing, why) = Stand(line, facts, triage, faults);
        return new LineView(line, facts, standing, why);
    }

    private static (LineStanding Standing, string Why) Stand(
        Line line, LineFacts facts, TriageResult triage, IReadOnlyList<HearingFault> faults)
    {
        var meeting = MeetingGate.OutcomeFor(line, facts);
        if (triage is { Decision: Decision.No, Requirement: Requirement.None }) return (LineStanding.OutOfScope, triage.ReasonJa);
        if (meeting is MeetingOutcome.NotFeasible) return (LineStanding.OutOfScope, Texts.Of("meeting-not-feasible", facts.MeetingNote.Length > 0 ? facts.MeetingNote : triage.ReasonJa));
        if (facts.Deferred) return (LineStanding.Deferred, Texts.Of("deferred", facts.DeferredReason));
        if (triage.Decision is Decision.Incomplete) return (LineStanding.Faulty, triage.ReasonJa);
        if (triage.Requirement is not Requirement.Meeting) return (LineStanding.GoesOn, "");
        if (meeting is null) return (LineStanding.AwaitsMeeting, triage.ReasonJa);
        var missing = MeetingGate.MissingAfterMeeting(line);
        if (missing is not null) return (LineStanding.AwaitsMeeting, missing);

        // Before the meeting nobody was asked for vendors or consent; a line that goes on needs them.
        return faults.Count == 0 ? (LineStanding.GoesOn, "") : (LineStanding.Faulty, string.Concat(faults.Select(static fault => fault.SentenceJa)));
    }
}
