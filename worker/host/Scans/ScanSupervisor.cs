using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Scans;

/// <summary>Makes the scans that run equal to those that are ordered: starts what is missing, renews what may go on, stops the rest.</summary>
internal sealed class ScanSupervisor(
    IScanLauncher launcher, LeaseWriter leases, ScanStore store, SeenStore seen, AuditLog audit, WorkerPaths paths, ScanOptions options,
    TimeProvider time, ILogger<ScanSupervisor> log) : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RefusalRest = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<ScanId, Running> _running = new();

    /// <summary>A scan of this worker.</summary>
    private sealed class Running(IRunningScan scan, ScanFolder folder, string authorization, DateTime? resultBefore)
    {
        internal IRunningScan Scan { get; } = scan;

        internal ScanFolder Folder { get; } = folder;

        internal string Authorization { get; } = authorization;

        internal DateTime? ResultBefore { get; } = resultBefore;

        internal int Sequence { get; set; }
    }

    /// <summary>Engagements with scans of this worker.</summary>
    internal IReadOnlyList<EngagementId> Engagements => [.. _running.Keys.Select(static id => id.Engagement).Distinct().OrderBy(static id => id.Value)];

    /// <summary>Stops every scan of an engagement that the order does not hold. Comes before the record is written: stopping is always allowed.</summary>
    internal async Task StopOthersAsync(EngagementId engagement, ScanOrder order, CancellationToken cancellationToken)
    {
        var others = _running.Where(pair => pair.Key.Engagement == engagement && order.Lines.All(target => target.Line != pair.Key.Line)).ToList();
        await Task.WhenAll(others.Select(pair => StopAsync(pair.Key, pair.Value, order.WhyOthersStop, cancellationToken)));
    }

    /// <summary>Starts or renews what is ordered. Comes after the record is written, and only while this worker leads and sees kintone and the mailbox.</summary>
    internal async Task StartOrRenewAsync(Engagement engagement, ScanOrder order, StepContext context, CancellationToken cancellationToken)
    {
        if (order.Window is null) return;
        var waits = false;
        foreach (var target in order.Lines)
        {
            var id = new ScanId(engagement.Id, target.Line);
            if (_running.TryGetValue(id, out var running))
            {
                if (!running.Scan.Ended.IsCompleted)
                    await leases.WriteAsync(engagement, target, order.Window, context.Exclusions, running.Folder, running.Authorization, ++running.Sequence, cancellationToken);
            }
            else if (!MayStart(context.ScanOf(target.Line)))
            {
                continue;
            }
            else if (_running.Count >= options.MaxParallel)
            {
                waits = true;
            }
            else
            {
                await StartAsync(engagement, id, target, order, context, cancellationToken);
            }
        }

        // In the store, so that a worker that dies with scans waiting for a free place is followed by one that asks again.
        if (waits) await seen.LookAtOnceAsync([engagement.Id], cancellationToken);
    }

    /// <summary>Takes note of the scans that have ended.</summary>
    internal async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, running) in _running.Where(static pair => pair.Value.Scan.Ended.IsCompleted)) await EndAsync(id, running, cancellationToken);
    }

    /// <summary>The worker stops: every scan makes a checkpoint and goes on when a worker starts again.</summary>
    internal async Task CheckpointAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_running.Values.Select(static running => running.Scan.CheckpointAsync("host-stopping", "The worker is stopping.")));
        foreach (var (id, running) in _running)
        {
            await EndsWithinAsync(running.Scan, CheckpointPatience);
            await EndAsync(id, running, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var running in _running.Values) running.Scan.Dispose();
    }

    // A line that the engine refused is asked for again as long as it is ordered, but not in every round.
    private bool MayStart(LineScan scan) =>
        scan.State is ScanState.NotStarted or ScanState.Paused or ScanState.Refused
        && !(scan.State is ScanState.Refused && scan.Ended is { } ended && (time.GetUtcNow() - ended).Duration() < RefusalRest);

    private async Task StartAsync(Engagement engagement, ScanId id, LineTarget target, ScanOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var folder = new ScanFolder(paths.Data, id, target);
        folder.Create();
        if (!await store.TryStartAsync(id.Engagement, id.Line, folder.Path, cancellationToken)) return;
        var authorization = $"{id.Engagement}-{Guid.NewGuid():N}";
        await leases.WriteAsync(engagement, target, order.Window!, context.Exclusions, folder, authorization, sequence: 1, cancellationToken);
        await audit.WriteAsync("scan-started", $"{id.Engagement}/{id.Line}", $"{target.Address}, authorisation {authorization}", cancellationToken);
        var before = folder.ResultWritten;
        _running[id] = new Running(await launcher.StartAsync(id, folder, cancellationToken), folder, authorization, before) { Sequence = 1 };
    }

    private async Task StopAsync(ScanId id, Running running, string why, CancellationToken cancellationToken)
    {
        log.LogInformation("Engagement {Engagement}, line {Line}: the scan is told to stop", id.Engagement, id.Line);
        await running.Scan.StopAsync("order-ended", why);
        await EndsWithinAsync(running.Scan, StopPatience);
        await EndAsync(id, running, cancellationToken);
    }

    // Nothing may leave 10 s after a stop was seen: what does not end by itself is ended.
    private async Task EndsWithinAsync(IRunningScan scan, TimeSpan patience)
    {
        try
        {
            await scan.Ended.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            scan.Kill();
            await scan.Ended;
        }
    }

    private async Task EndAsync(ScanId id, Running running, CancellationToken cancellationToken)
    {
        if (!_running.TryRemove(id, out _)) return;
        var end = await ScanEnd.OfAsync(running.Folder, running.ResultBefore, await running.Scan.Ended, cancellationToken);
        await store.EndedAsync(id.Engagement, id.Line, end.State, end.Reason, cancellationToken);
        await audit.WriteAsync("scan-ended", $"{id.Engagement}/{id.Line}", $"{end.State}: {end.Reason}", cancellationToken);
        await seen.LookAtOnceAsync([id.Engagement], cancellationToken);
        log.LogInformation("Engagement {Engagement}, line {Line}: the scan ended ({State}) {Reason}", id.Engagement, id.Line, end.State, end.Reason);
        running.Scan.Dispose();
    }
}
