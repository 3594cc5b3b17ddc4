using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>確認依頼中: the hospital mends its answers; a line that nobody mends may be deferred.</summary>
internal sealed class HearingIncompleteStep : IStep
{
    public EngagementState State => EngagementState.HearingIncomplete;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;

        var asked = Asked(draft);
        draft.TellHospital(asked);
        if (asked.Count == 0) return draft.LeaveAgain(Trigger.FaultyLinesDeferred, "undone-no-fault");

        var about = FactHash.Short([.. asked, draft.Since.ToString("O")]);
        draft.KeepDeadline(Texts.Of("waits-correction"), ordinal => draft.Mail(MailKind.Reminder, draft.Hospital, ordinal, order => order with
        {
            About = MailKind.HearingIncomplete,
            Sentences = asked,
            Deadline = draft.Facts.Deadline,
        }));
        draft.Mail(MailKind.HearingIncomplete, draft.Hospital, about, order => order with { Sentences = asked, Deadline = draft.Facts.Deadline });
        return draft.Stay();
    }

    private static List<string> Asked(StepDraft draft)
    {
        var objections = VendorReviewGate.Of(draft.Lines, draft.Facts, draft.Hearing, draft.Now).Objections;
        return [.. HearingReceivedStep.Asked(draft), .. objections.Select(Objection)];
    }

    internal static string Objection(OpenQuestion open) =>
        Texts.Of("vendor-objects", open.Line.Id, open.Vendor.Company, open.Row.Remark.Length > 0 ? open.Row.Remark : Texts.Of("no-remark"));
}
