using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>分析中: findings are on record, the analyst decides them and writes the summary.</summary>
internal sealed class AnalysisStep : IStep
{
    public EngagementState State => EngagementState.Analysis;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        if (draft.Arrived && !MayComeFrom(draft)) return draft.Undo(Trigger.SendBack, [Texts.Of("undone-not-scanned")]);
        if (draft.CameFrom is EngagementState.Scanning && draft.Facts.StopReason.Length == 0 && draft.Lines.Any(static line => line.ToScan))
            draft.Facts = draft.Facts with { StopReason = Texts.Of("stopped-by-staff") };
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
        FlashReport.Tell(draft);
        ReportDueWatch.Warn(draft);
        draft.KeepDeadline(Texts.Of("waits-analysis"));
        return draft.Stay();
    }

    /// <summary>
    /// From the states before the scan only the deadline of 診断対象外 leads here. A coordinator who ends a scan by the worker's button has done
    /// what 中断 and 実施分で終了 do, and it is recorded as such.
    /// </summary>
    private static bool MayComeFrom(StepDraft draft) => draft.CameFrom switch
    {
        EngagementState.Scanning or EngagementState.Suspended or EngagementState.ReportReview or EngagementState.Issuing or EngagementState.Reported => true,
        EngagementState.OutOfScope => draft.Engagement.Facts.Deadline <= draft.Now && draft.Lines.All(static line => !line.In),
        _ => false,
    };

    private static void TellScansEnded(StepDraft draft)
    {
        var scanned = draft.Lines.Where(static line => line.Facts.ScanFinished is not null).ToList();
        draft.Mail(MailKind.ScanFinished, draft.Hospital, "", order => order with { Lines = [.. scanned.Select(static line => line.Id)] });
        foreach (var (to, lines) in VendorMails.Of(scanned)) draft.Mail(MailKind.ScanFinished, to, "", order => order with { Lines = lines });
    }
}
