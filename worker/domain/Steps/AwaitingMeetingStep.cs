using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>打合せ待ち: waits until every line that needs a meeting has its outcome, then triages again.</summary>
internal sealed class AwaitingMeetingStep : IStep
{
    public EngagementState State => EngagementState.AwaitingMeeting;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(static line => MeetingGate.Bind(line.Line, line.Facts));
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;

        var waiting = draft.Lines.Where(static line => line.Standing is LineStanding.AwaitsMeeting).ToList();
        if (waiting.Count == 0) return draft.LeaveAgain(Trigger.MeetingsHeld, "undone-no-meeting");

        MailOrder Fill(MailOrder order) => order with
        {
            Lines = [.. waiting.Select(static line => line.Id)],
            Sentences = [.. waiting.Select(static line => Texts.Of("line-reason", line.Id, line.WhyJa))],
            Deadline = draft.Facts.Deadline,
        };
        draft.KeepDeadline(Texts.Of("waits-meeting", Names(waiting)), about =>
            draft.Mail(MailKind.Reminder, draft.Hospital, about, order => Fill(order) with { About = MailKind.MeetingRequest }));
        draft.Mail(MailKind.MeetingRequest, draft.Hospital, FactHash.Short(waiting.Select(static line => line.Id.Value)), Fill);
        foreach (var line in waiting.Where(static line => line.Facts.Meeting is not null))
            draft.TellStaff(Texts.Of("line-reason", line.Id, line.WhyJa));
        return draft.Stay();
    }

    internal static string Names(IEnumerable<LineView> lines) => string.Join(Texts.Of("list-comma"), lines.Select(static line => line.Id.Value));
}
