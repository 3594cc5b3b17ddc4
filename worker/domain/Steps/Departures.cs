using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>Moves that several states share. Source: the last paragraph of SPEC "The life of an engagement".</summary>
internal static class Departures
{
    /// <summary>No line left in.</summary>
    internal static StepResult? WhenNoLineIsLeft(StepDraft draft) =>
        draft.Lines.Any(static line => line.In) ? null : draft.Move(Trigger.NoLineLeft);

    /// <summary>Answers, vendors or consent are no longer those that were triaged.</summary>
    internal static StepResult? WhenAnswersChanged(StepDraft draft) =>
        AnswersHash.OfHearing(draft.Hearing) == draft.Facts.AnswersHash ? null : draft.Move(Trigger.AnswersChanged);

    /// <summary>A vendor took its silence back, or the windows are no longer those it was asked about.</summary>
    internal static StepResult? WhenSilenceIsGone(StepDraft draft) =>
        SilenceGate.Of(draft.Lines, draft.Facts, draft.Now).Passed ? null : draft.Move(Trigger.SilenceWithdrawn);

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
