using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>ベンダ確認中: each vendor confirms its lines once, by one mail.</summary>
internal sealed class VendorReviewStep : IStep
{
    public EngagementState State => EngagementState.VendorReview;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(LineOutcomes.Of);
        if (Departures.WhenAnswersChanged(draft) is { } changed) return changed;
        if (Departures.WhenNoLineIsLeft(draft) is { } left) return left;
        if (Departures.WhenTriageIsOpen(draft) is { } open) return open;

        var gate = VendorReviewGate.Of(draft.Lines, draft.Facts, draft.Hearing, draft.Now);
        draft.Facts = draft.Facts.WithRows(gate.Rows);
        if (gate.Objections.Count > 0)
        {
            draft.TellHospital(gate.Objections.Select(HearingIncompleteStep.Objection));
            return draft.Move(Trigger.VendorObjected);
        }

        if (gate.Passed) return draft.Move(Trigger.VendorsApproved);

        draft.KeepDeadline(
            Departures.WaitingFor("waits-vendors", gate.Waiting),
            about => VendorMails.Remind(draft, MailKind.ValidityRequest, gate.Waiting, gate.Rows, about), VendorMails.AskedBy(draft, gate.Rows));
        VendorMails.Order(draft, MailKind.ValidityRequest, gate.Waiting, gate.Rows, static order => order);
        return draft.Stay();
    }
}
