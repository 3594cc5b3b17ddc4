using VulnDiag.Worker.Jobs;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker;

/// <summary>One entry of the schedule.</summary>
/// <param name="Name">For the log and the metrics.</param>
/// <param name="Idle">From start to start while nothing is scanned.</param>
/// <param name="Scanning">From start to start while a scan runs.</param>
/// <param name="Job">What is done.</param>
internal sealed record ScheduleEntry(string Name, TimeSpan Idle, TimeSpan Scanning, IJob Job);

/// <summary>Every job with its cadence, in the order of a round. The inbox comes last: a worker that has just taken over knows by then what was asked of whom.</summary>
/// <remarks>Source: SPEC "When a packet may leave" (seen at most 30 s later while a scan runs, 60 s otherwise).</remarks>
internal sealed class Schedule(
    ScheduleOptions options, HeedStops heedStops, ReadInbox readInbox, PollHearings pollHearings, AdvanceEngagements advanceEngagements,
    WatchDeadlines watchDeadlines, FlushOutbox flushOutbox, WatchScans watchScans, WatchExploited watchExploited)
{
    private static readonly TimeSpan Local = TimeSpan.FromSeconds(2);

    // The vulnerability database is loaded once a day.
    private static readonly TimeSpan Rarely = TimeSpan.FromMinutes(10);

    internal IReadOnlyList<ScheduleEntry> Entries { get; } =
    [
        new(nameof(PollHearings), Idle(options), Scanning(options), pollHearings),
        new(nameof(AdvanceEngagements), Local, Local, advanceEngagements),
        new(nameof(WatchDeadlines), Local, Local, watchDeadlines),
        new(nameof(FlushOutbox), Local, Local, flushOutbox),
        new(nameof(WatchScans), Local, Local, watchScans),
        new(nameof(WatchExploited), Rarely, Rarely, watchExploited),
        new(nameof(HeedStops), Idle(options), Scanning(options), heedStops),
        new(nameof(ReadInbox), Idle(options), Scanning(options), readInbox),
    ];

    private static TimeSpan Idle(ScheduleOptions options) => TimeSpan.FromSeconds(options.IdleSeconds);

    private static TimeSpan Scanning(ScheduleOptions options) => TimeSpan.FromSeconds(options.ScanningSeconds);
}
