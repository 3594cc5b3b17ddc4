using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;

namespace VulnDiag.Domain.Steps;

/// <summary>分析中: findings are on record, the analyst decides them and writes the summary.</summary>
internal sealed class AnalysisStep : IStep
{
    public EngagementState State => EngagementState.Analysis;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        var stopped = draft.Facts.StopReason;
        draft.UpdateLines(line => stopped.Length > 0
            ? LineOutcomes.Final(line, LineOutcome.Stopped, stopped)
            : LineOutcomes.Final(line, LineOutcome.NotCarriedOut, Texts.Of("no-window-was-left")));
        var lastScan = draft.Facts.Lines.Max(static line => line.ScanFinished);
        draft.Facts = draft.Facts with { ReportDue = draft.Facts.ReportDue ?? ReportDue.Of(lastScan ?? draft.Since, context.Settings.Calendar) };
        if (lastScan is not null) TellScansEnded(draft);

        var results = FactHash.OfResults(draft.Facts);
        if (draft.Facts.ResultFiles.Count > 0 && draft.Facts.FindingsHash != results)
            draft.Do(new RecordFindings($"VD-{draft.Engagement.Id}-FND-{results[..16]}"));
        draft.Assign(draft.Facts.Analyst);
        FlashReport(draft);
        ReportDueWatch.Warn(draft);
        draft.KeepDeadline(Texts.Of("waits-analysis"));
        return draft.Stay();
    }

    private static void TellScansEnded(StepDraft draft)
    {
        var scanned = draft.Lines.Where(static line => line.Facts.ScanFinished is not null).ToList();
        draft.Mail(MailKind.ScanFinished, draft.Hospital, "", order => order with { Lines = [.. scanned.Select(static line => line.Id)] });
        foreach (var (to, lines) in VendorMails.Of(scanned)) draft.Mail(MailKind.ScanFinished, to, "", order => order with { Lines = lines });
    }

    private static void FlashReport(StepDraft draft)
    {
        var urgent = draft.Context.Findings.Where(finding => IsUrgent(finding, draft)).ToList();
        if (urgent.Count == 0) return;
        var about = FactHash.Short(urgent.Select(static finding => finding.Identity.ToString()).Order(StringComparer.Ordinal));
        draft.Mail(MailKind.FlashReport, draft.Hospital, about, order => order with
        {
            Lines = [.. urgent.Select(static finding => finding.Identity.Line).Distinct().Order()],
        });
    }

    private static bool IsUrgent(FindingRecord finding, StepDraft draft)
    {
        if (finding.Decision.Verdict is not FindingVerdict.Confirmed || finding.Change is FindingChange.Fixed or FindingChange.NotExamined) return false;
        if (finding.Machine.Kev || finding.Machine.Kind is FindingKind.Backdoor or FindingKind.Account) return true;
        return finding.Severity is Severity.Critical && draft.Hearing.Find(finding.Identity.Line)?.MedicalRecords is not YesNoUnknown.No;
    }
}
