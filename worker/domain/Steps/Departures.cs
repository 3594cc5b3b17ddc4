using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>Moves that several states share.</summary>
/// <remarks>
/// They hold at every look, not on arrival alone: so it does not matter which of the buttons a person pressed to come here, nor how many
/// of them in a row. Source: SPEC "The life of an engagement"; docs/decisions/0143.
/// </remarks>
internal static class Departures
{
    /// <summary>No line left in.</summary>
    internal static StepResult? WhenNoLineIsLeft(StepDraft draft) =>
        draft.Lines.Any(static line => line.In) ? null : draft.Move(Trigger.NoLineLeft);

    /// <summary>Answers, vendors or consent are no longer those that were triaged.</summary>
    internal static StepResult? WhenAnswersChanged(StepDraft draft) =>
        AnswersHash.OfHearing(draft.Hearing) == draft.Facts.AnswersHash ? null : draft.Move(Trigger.AnswersChanged);

    /// <summary>A line in has a fault or an open meeting: it is triaged again. Such a line can not have come here by a move of the worker's.</summary>
    internal static StepResult? WhenTriageIsOpen(StepDraft draft)
    {
        var open = draft.Lines.Where(static line => line.Standing is LineStanding.Faulty or LineStanding.AwaitsMeeting).ToList();
        return open.Count == 0 ? null : draft.SendBack(Trigger.SendBack, [.. open.Select(static line => Texts.Of("line-reason", line.Id, line.WhyJa))]);
    }

    /// <summary>A line in is not triaged to go on, or not approved by each of its vendors.</summary>
    internal static StepResult? WhenReviewIsOpen(StepDraft draft)
    {
        if (WhenTriageIsOpen(draft) is { } triage) return triage;
        var review = VendorReviewGate.Of(draft.Lines, draft.Facts, draft.Hearing, draft.Now);
        return review.Passed ? null : draft.SendBack(Trigger.SendBack, [WaitingFor("waits-vendors", [.. review.Waiting, .. review.Objections])]);
    }

    /// <summary>A vendor took its silence back, or the windows are no longer those it was asked about.</summary>
    internal static StepResult? WhenSilenceIsGone(StepDraft draft)
    {
        var gate = SilenceGate.Of(draft.Lines, draft.Facts, draft.Now);
        return gate.Passed ? null : draft.SendBack(Trigger.SilenceWithdrawn, [WaitingFor("waits-silence", [.. gate.Waiting, .. gate.Refusals])]);
    }

    /// <summary>A sentence that names the lines of open questions.</summary>
    internal static string WaitingFor(string text, IEnumerable<OpenQuestion> open) =>
        Texts.Of(text, AwaitingMeetingStep.Names(open.Select(static question => question.Line).DistinctBy(static line => line.Id)));

    /// <summary>The first window that is not over and for which a line left to scan is not given up, or null.</summary>
    internal static Period? NextWindow(StepDraft draft)
    {
        var left = draft.Lines.Where(static line => line.ToScan).ToList();
        return draft.Facts.Windows
            .Where(window => window.End > draft.Now)
            .OrderBy(static window => window.Start)
            .FirstOrDefault(window => left.Any(line => line.Facts.GivenUpWindow != window.Start));
    }
}
