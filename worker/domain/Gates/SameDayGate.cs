using System.Net;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Gates;

/// <summary>Which lines have an address for the coming window (当日グローバルIP確認), and which wait for one.</summary>
/// <remarks>A confirmation is for one window: the first agreed one that was not over when it was made, at most 24 hours ahead. Source: SPEC "When a packet may leave".</remarks>
public sealed record SameDayGate
{
    /// <summary>A confirmation older than this is none.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The window that this is about.</summary>
    public required Period Window { get; init; }

    /// <summary>Lines left to scan that have an address for this window.</summary>
    public required IReadOnlyList<LineView> Through { get; init; }

    /// <summary>Lines left to scan that are neither confirmed nor given up for this window.</summary>
    public required IReadOnlyList<LineView> Waiting { get; init; }

    /// <summary>Reads the gate for a window.</summary>
    public static SameDayGate Of(IReadOnlyList<LineView> lines, EngagementFacts facts, HearingRecord hearing, Period window, DateTimeOffset now)
    {
        var left = lines.Where(static line => line.ToScan).ToList();
        var through = left.Where(line => AddressFor(line, facts, hearing, window, now) is not null).ToList();
        return new SameDayGate
        {
            Window = window,
            Through = through,
            Waiting = [.. left.Except(through).Where(line => line.Facts.GivenUpWindow != window.Start)],
        };
    }

    /// <summary>The address to scan in <paramref name="window"/>: the hospital's for 固定IP, else the one confirmed for it; null when there is none.</summary>
    public static IPAddress? AddressFor(LineView line, EngagementFacts facts, HearingRecord hearing, Period window, DateTimeOffset now) =>
        line.NeedsSameDayCheck ? ConfirmationFor(line.Id, facts, hearing, window, now)?.Address : line.Line.Address;

    /// <summary>The last confirmation that holds for <paramref name="window"/> at <paramref name="now"/>, or null.</summary>
    public static SameDayConfirmation? ConfirmationFor(LineId line, EngagementFacts facts, HearingRecord hearing, Period window, DateTimeOffset now) =>
        hearing.SameDayConfirmations.LastOrDefault(confirmation =>
            confirmation.Line == line
            && confirmation.Address is not null
            && confirmation.At <= now + ClockTolerance
            && now - confirmation.At <= MaxAge
            && WindowOf(confirmation.At, facts.Windows) == window);

    private static Period? WindowOf(DateTimeOffset at, IReadOnlyList<Period> windows) =>
        windows.Where(window => window.End > at && at >= window.Start - MaxAge).MinBy(static window => window.Start);
}
