using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>診断対象外: the hospital is told why and may answer anew; after the deadline a report of 未診断 lines is made.</summary>
internal sealed class OutOfScopeStep : IStep
{
    public EngagementState State => EngagementState.OutOfScope;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        if (draft.CameFrom is EngagementState.Analysis) return draft.Undo(Trigger.DeadlinePassed, [Texts.Of("undone-in-analysis")]);
        draft.UpdateLines(LineOutcomes.Of);
        if (WhyNotOut(draft) is { } why) return draft.SendBack(Trigger.SendBack, [Texts.Of(why)]);

        string[] reasons = [.. draft.Lines.Select(static line => Texts.Of("line-reason", line.Id, line.WhyJa))];
        draft.TellHospital(reasons);
        draft.Mail(MailKind.OutOfScope, draft.Hospital, draft.Facts.AnswersHash, order => order with
        {
            Lines = [.. draft.Lines.Select(static line => line.Id)],
            Sentences = reasons,
        });
        return draft.KeepDeadline(Texts.Of("waits-out-of-scope")) ? draft.Move(Trigger.DeadlinePassed) : draft.Stay();
    }

    /// <summary>Answers that differ from those triaged are the hospital's at work until it submits them; a person's move here says nothing of the kind.</summary>
    private static string? WhyNotOut(StepDraft draft)
    {
        var triaged = AnswersHash.OfHearing(draft.Hearing) == draft.Facts.AnswersHash;
        if (!triaged) return draft.Arrived ? "undone-not-triaged" : null;
        return draft.Lines.Any(static line => line.In) ? "undone-line-left" : null;
    }
}
