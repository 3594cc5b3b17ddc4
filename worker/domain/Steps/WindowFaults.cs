using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>What is wrong with the fixed windows (確定日程), one sentence each.</summary>
internal static class WindowFaults
{
    internal static IReadOnlyList<string> Of(StepDraft draft)
    {
        var windows = draft.Facts.Windows;
        if (windows.Count == 0) return [Texts.Of("no-window-fixed")];
        if (windows.All(window => window.End <= draft.Now)) return [Texts.Of("windows-past")];
        var usable = WindowPlanner.Subtract(windows, draft.Hearing.TimesToAvoid)
            .Where(window => window.End > draft.Now)
            .Aggregate(TimeSpan.Zero, (sum, window) => sum + (window.End - (window.Start > draft.Now ? window.Start : draft.Now)));
        var forecast = Forecast(draft);
        return usable < forecast ? [Texts.Of("windows-short", Jst.Text(forecast), Jst.Text(usable))] : [];
    }

    /// <summary>How long the lines that are left to scan take.</summary>
    internal static TimeSpan Forecast(StepDraft draft) =>
        DurationForecast.Of(draft.Lines.Count(static line => line.ToScan), draft.Context.Settings.PacketsPerSecondPerHost);
}
