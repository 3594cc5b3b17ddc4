using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>診断中断: nothing is sent; only staff resume.</summary>
internal sealed class SuspendedStep : IStep
{
    public EngagementState State => EngagementState.Suspended;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;

        if (draft.Facts.StopReason.Length == 0) draft.Facts = draft.Facts with { StopReason = Texts.Of("stopped-by-staff") };
        var about = FactHash.Short(draft.Since.ToString("O"));
        draft.Mail(MailKind.ScanSuspended, draft.Hospital, about, order => order with { Lines = [.. draft.Lines.Where(static line => line.In).Select(static line => line.Id)] });
        foreach (var (to, lines) in VendorMails.Of(draft.Lines.Where(static line => line.In)))
            draft.Mail(MailKind.ScanSuspended, to, about, order => order with { Lines = lines });
        draft.TellStaff(draft.Facts.StopReason);
        draft.KeepDeadline(Texts.Of("waits-suspended"));
        return draft.Stay();
    }
}
