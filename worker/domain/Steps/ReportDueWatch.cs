using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>Warns the coordinator before the report's due date passes.</summary>
internal static class ReportDueWatch
{
    internal static void Warn(StepDraft draft)
    {
        if (draft.Facts.ReportDue is not { } due) return;
        var warnAt = ReportDue.WarnAt(due, draft.Context.Settings.Calendar);
        draft.LookAgainAt(warnAt);
        if (draft.Now < warnAt) return;
        var sentence = Texts.Of("report-due-soon", Jst.Text(due));
        draft.TellStaff(sentence);
        draft.Mail(MailKind.Escalation, StepDraft.Coordinator, $"due-{due:yyyyMMdd}", order => order with { Sentences = [sentence] });
    }
}
