using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Permission;

namespace VulnDiag.Domain.Steps;

/// <summary>診断中: orders the scans that may run at this moment, and no other.</summary>
internal sealed class ScanningStep : IStep
{
    public EngagementState State => EngagementState.Scanning;

    public StepResult Decide(Engagement engagement, StepContext context)
    {
        var draft = new StepDraft(engagement, context);
        draft.UpdateLines(line => Progress(line, context.ScanOf(line.Id)));
        if (draft.Arrived && WhyNotBegin(draft) is { Count: > 0 } reasons) return draft.SendBack(Trigger.WindowClosed, reasons);
        if (WhyStop(draft) is { } why) return Stop(draft, why);

        var window = ScanPermission.OpenWindow(draft.Facts, draft.Now);
        return window is null ? AfterWindow(draft) : InWindow(draft, window);
    }

    private static LineFacts Progress(LineView line, LineScan scan)
    {
        if (!line.In || line.Finished) return LineOutcomes.Of(line);
        return scan.State switch
        {
            ScanState.Complete when scan.ResultSaved => line.Facts with { Outcome = LineOutcome.Done, OutcomeReason = "", ScanFinished = scan.Ended },
            ScanState.Stopped when scan.ResultSaved => line.Facts with { Outcome = LineOutcome.Stopped, OutcomeReason = Texts.Of("scan-stopped", scan.Reason), ScanFinished = scan.Ended },
            ScanState.Refused => line.Facts with { Outcome = LineOutcome.NotCarriedOut, OutcomeReason = Texts.Of("scan-refused", scan.Reason) },
            ScanState.Running => line.Facts with { Outcome = LineOutcome.Scanning, OutcomeReason = "" },
            ScanState.Paused => line.Facts with { Outcome = LineOutcome.NotCarriedOut, OutcomeReason = Texts.Of("scan-paused", scan.Reason) },
            ScanState.NotStarted or ScanState.Complete or ScanState.Stopped => line.Facts,
        };
    }

    /// <summary>What 診断待ち and 当日IP確認中 would still have waited for, had a person not pressed 診断開始.</summary>
    private static IReadOnlyList<string> WhyNotBegin(StepDraft draft)
    {
        if (ScanPermission.OpenWindow(draft.Facts, draft.Now) is not { } window) return [Texts.Of("undone-no-window-open")];
        if (ScanPermission.UnsettledStop(draft.Facts, draft.Context) is not null) return [];
        var untold = SameDayGate.Of(draft.Lines, draft.Facts, draft.Hearing, window, draft.Now).Waiting;
        if (untold.Count > 0) return [Texts.Of("waits-same-day", AwaitingMeetingStep.Names(untold))];
        var silence = SilenceGate.Of(draft.Lines, draft.Facts, draft.Now).Waiting;
        return silence.Count > 0 ? [Departures.WaitingFor("waits-silence", silence)] : [];
    }

    private static string? WhyStop(StepDraft draft)
    {
        if (ScanPermission.UnsettledStop(draft.Facts, draft.Context) is { } stop) return Texts.Of("stop-mail", stop.From, stop.Words);
        if (AnswersHash.OfHearing(draft.Hearing) != draft.Facts.AnswersHash) return Texts.Of("stop-answers-changed");
        var refusals = SilenceGate.Of(draft.Lines, draft.Facts, draft.Now).Refusals;
        return refusals.Count > 0 ? Texts.Of("stop-silence-withdrawn", refusals[0].Line.Id, refusals[0].Vendor.Company) : null;
    }

    private static StepResult Stop(StepDraft draft, string why)
    {
        var settled = draft.Context.StopRequests.Count == 0 ? draft.Facts.StopsHandledUntil : draft.Context.StopRequests.Max(static stop => stop.At);
        draft.Facts = draft.Facts with { StopReason = why, StopsHandledUntil = settled };
        draft.Mail(MailKind.Escalation, StepDraft.Coordinator, FactHash.Short("stop", why, draft.Since.ToString("O")), order => order with { Sentences = [why] });
        return draft.Move(Trigger.Stop);
    }

    private static StepResult InWindow(StepDraft draft, Period window)
    {
        Announce(draft, window);
        var targets = new List<LineTarget>();
        foreach (var line in draft.Lines.Where(line => line.ToScan && line.Facts.GivenUpWindow != window.Start))
        {
            var refusals = ScanPermission.Check(draft.Engagement with { Facts = draft.Facts }, line, draft.Context);
            if (refusals.Count == 0) targets.Add(Target(draft, line, window));
            else draft.Facts = draft.Facts.With(line.Facts with { OutcomeReason = string.Concat(refusals.Select(static refusal => refusal.ReasonJa)) });
        }

        draft.Run(new ScanOrder(window, targets, Texts.Of("scan-not-permitted")));
        draft.LookAgainAt(window.End);
        if (draft.Lines.All(static line => !line.ToScan)) return draft.Move(Trigger.ScansFinished);

        var nothingMoreHere = draft.Lines.Where(static line => line.ToScan).All(line => line.Facts.GivenUpWindow == window.Start);
        return nothingMoreHere ? AfterWindow(draft) : draft.Stay();
    }

    private static StepResult AfterWindow(StepDraft draft)
    {
        if (draft.Context.Scans.Any(static scan => scan.State is ScanState.Running or ScanState.Complete or ScanState.Stopped && !scan.ResultSaved))
        {
            draft.Run(ScanOrder.None(Texts.Of("window-over")));
            return draft.Stay();
        }

        if (draft.Lines.All(static line => !line.ToScan)) return draft.Move(Trigger.ScansFinished);
        return Departures.NextWindow(draft) is null ? draft.Move(Trigger.ScansFinished) : draft.Move(Trigger.WindowClosed);
    }

    private static LineTarget Target(StepDraft draft, LineView line, Period window) => new(
        line.Id,
        SameDayGate.AddressFor(line, draft.Facts, draft.Hearing, window, draft.Now)!,
        line.Line.Fqdn,
        line.Line.Consent?.AccountChecks == true,
        FactHash.OfConsent(line.Line));

    private static void Announce(StepDraft draft, Period window)
    {
        var about = FactHash.Short(FactHash.OfWindows([window]));
        MailOrder Fill(MailOrder order, IReadOnlyList<LineId> lines) => order with { Lines = lines, Windows = [window] };
        var going = draft.Lines.Where(line => line.In && line.Facts.GivenUpWindow != window.Start).ToList();
        draft.Mail(MailKind.ScanStarted, draft.Hospital, about, order => Fill(order, [.. going.Select(static line => line.Id)]));
        foreach (var (to, lines) in VendorMails.Of(going)) draft.Mail(MailKind.ScanStarted, to, about, order => Fill(order, lines));
    }
}
