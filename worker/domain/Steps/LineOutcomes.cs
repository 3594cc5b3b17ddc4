using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;

namespace VulnDiag.Domain.Steps;

/// <summary>実施状況 of lines that are not scanned: each carries its reason to the report.</summary>
internal static class LineOutcomes
{
    /// <summary>The outcome that follows from where the line stands; a line that was scanned keeps its own.</summary>
    internal static LineFacts Of(LineView line)
    {
        if (line.Finished) return line.Facts;
        return line.Standing switch
        {
            LineStanding.OutOfScope => line.Facts with { Outcome = LineOutcome.OutOfScope, OutcomeReason = line.WhyJa },
            LineStanding.Deferred => line.Facts with { Outcome = LineOutcome.Deferred, OutcomeReason = line.WhyJa },
            LineStanding.Faulty or LineStanding.AwaitsMeeting or LineStanding.GoesOn =>
                line.Facts.Outcome is LineOutcome.OutOfScope or LineOutcome.Deferred
                    ? line.Facts with { Outcome = LineOutcome.NotCarriedOut, OutcomeReason = "" }
                    : line.Facts,
        };
    }

    /// <summary>The outcome once no scan will follow.</summary>
    internal static LineFacts Final(LineView line, LineOutcome unfinished, string reason)
    {
        var facts = Of(line);
        if (line.Finished || !line.In) return facts;
        return facts with { Outcome = unfinished, OutcomeReason = unfinished is LineOutcome.NotCarriedOut && facts.OutcomeReason.Length > 0 ? facts.OutcomeReason : reason };
    }

    /// <summary>中止 for every line that was not examined to its end.</summary>
    internal static LineFacts Cancelled(LineView line, string reason) =>
        line.Facts.Outcome is LineOutcome.Done
            ? line.Facts
            : line.Facts with { Outcome = LineOutcome.Stopped, OutcomeReason = reason };
}
