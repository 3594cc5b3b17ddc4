using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Steps;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Scans;

/// <summary>Makes the scans that run equal to those that are ordered: starts what is missing, renews what may go on, stops the rest.</summary>
internal sealed class ScanSupervisor(
    IScanLauncher launcher, LeaseWriter leases, ScanStore store, WorkerIdentity identity, AuditLog audit, WorkerPaths paths, ScanOptions options,
    KillPoints kill, TimeProvider time, ILogger<ScanSupervisor> log) : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<ScanId, Running> _running = new();
    private readonly ConcurrentDictionary<ScanId, bool> _busy = new();

    /// <summary>A scan of this worker.</summary>
    private sealed class Running(IRunningScan scan, ScanFolder folder, string authorization, DateTimeOffset? resultBefore)
    {
        internal IRunningScan Scan { get; } = scan;

        internal ScanFolder Folder { get; } = folder;

        internal string Authorization { get; } = authorization;

        internal DateTimeOffset? ResultBefore { get; } = resultBefore;

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
    /// <returns>When to ask again at the latest, as lines wait for a place, for their rest, or for something outside the record.</returns>
    internal async Task<DateTimeOffset> StartOrRenewAsync(Engagement engagement, ScanOrder order, Period window, StepContext context, CancellationToken cancellationToken)
    {
        // A line that is not ordered may be one that an exclusion or a time to avoid holds back: neither rings when it ends.
        var again = context.Now + ScanEnd.LongestRest;
        foreach (var target in order.Lines)
        {
            var asked = await StartOrRenewAsync(engagement, target, window, context, cancellationToken);
            if (asked < again) again = asked;
        }

        return again;
    }

    /// <summary>Takes note of the scans that have ended, those of workers that died under them too.</summary>
    internal async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, running) in _running.Where(static pair => pair.Value.Scan.Ended.IsCompleted)) await EndAsync(id, running, cancellationToken);
        foreach (var scan in await store.StartedAsync(cancellationToken)) await RecoverAsync(scan, cancellationToken);
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

    private async Task<DateTimeOffset> StartOrRenewAsync(Engagement engagement, LineTarget target, Period window, StepContext context, CancellationToken cancellationToken)
    {
        var id = new ScanId(engagement.Id, target.Line);
        if (_running.TryGetValue(id, out var running))
        {
            if (!running.Scan.Ended.IsCompleted)
                await leases.WriteAsync(engagement, target, window, context.Exclusions, running.Folder, running.Authorization, ++running.Sequence, cancellationToken);
            return DateTimeOffset.MaxValue;
        }

        var scan = context.ScanOf(target.Line);
        if (scan.State is not (ScanState.NotStarted or ScanState.Paused or ScanState.Refused)) return DateTimeOffset.MaxValue;
        var rest = ScanEnd.RestAfter(scan);
        if (scan.Ended is { } ended && (context.Now - ended).Duration() < rest) return ended + rest;
        return await TryStartAsync(engagement, id, target, window, context, cancellationToken) ? DateTimeOffset.MaxValue : SeenStore.Now;
    }

    /// <returns>False when there is no place for it now.</returns>
    private async Task<bool> TryStartAsync(Engagement engagement, ScanId id, LineTarget target, Period window, StepContext context, CancellationToken cancellationToken)
    {
        if (!_busy.TryAdd(id, true)) return false;
        try
        {
            // Those that are being started count: two engagements may be at it at the same time.
            if (_running.Keys.Union(_busy.Keys).Count() > options.MaxParallel) return false;
            var folder = new ScanFolder(paths.Data, id, target);
            folder.Create();
            var before = folder.ResultWritten;
            if (!await store.TryStartAsync(id.Engagement, id.Line, folder.Path, before, cancellationToken)) return true;
            kill.At("scan-taken");
            var authorization = $"{id.Engagement}-{Guid.NewGuid():N}";
            await leases.WriteAsync(engagement, target, window, context.Exclusions, folder, authorization, sequence: 1, cancellationToken);
            await audit.WriteAsync("scan-started", $"{id.Engagement}/{id.Line}", $"{target.Address}, authorisation {authorization}", cancellationToken);
            _running[id] = new Running(await launcher.StartAsync(id, folder, cancellationToken), folder, authorization, before) { Sequence = 1 };
            kill.At("scan-started");
            return true;
        }
        finally
        {
            // One that was taken and could not be started stands as running until it is recovered.
            _busy.TryRemove(id, out _);
        }
    }

    /// <summary>A scan whose worker is gone, or that this worker took and could not start: its own files say how it ended, once nobody writes them any more.</summary>
    private async Task RecoverAsync(StartedScan scan, CancellationToken cancellationToken)
    {
        var id = new ScanId(scan.Engagement, scan.Line);
        if (scan.Mine && (_running.ContainsKey(id) || _busy.ContainsKey(id))) return;
        // A folder that is gone, say because the data were moved, has nobody writing in it and nothing to go on with.
        using var held = Directory.Exists(scan.Folder) ? ScanHold.TryTake(new ScanFolder(scan.Folder).ResultFile) : null;
        if (held is null && Directory.Exists(scan.Folder)) return;
        kill.At("scan-recovering");
        await NoteEndAsync(id, scan.Owner, await ScanEnd.OfOrphanAsync(scan, cancellationToken), cancellationToken);
    }

    private async Task StopAsync(ScanId id, Running running, string why, CancellationToken cancellationToken)
    {
        log.LogInformation("Engagement {Engagement}, line {Line}: the scan is told to stop", id.Engagement, id.Line);
        if (!running.Scan.Ended.IsCompleted) await running.Scan.StopAsync("order-ended", why);
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
        if (!_busy.TryAdd(id, true)) return;
        try
        {
            if (!_running.TryRemove(id, out _)) return;
            var end = await ScanEnd.OfAsync(running.Folder, running.ResultBefore, await running.Scan.Ended, cancellationToken);
            kill.At("scan-ended");
            await NoteEndAsync(id, identity.Owner, end, cancellationToken);
            running.Scan.Dispose();
        }
        finally
        {
            _busy.TryRemove(id, out _);
        }
    }

    private async Task NoteEndAsync(ScanId id, string owner, ScanEnd end, CancellationToken cancellationToken)
    {
        await audit.WriteAsync("scan-ended", $"{id.Engagement}/{id.Line}", $"{end.State}: {end.Reason}", cancellationToken);
        await store.EndedAsync(id.Engagement, id.Line, owner, end, cancellationToken);
        log.Log(
            end.State is ScanState.Refused or ScanState.Stopped ? LogLevel.Warning : LogLevel.Information,
            "Engagement {Engagement}, line {Line}: the scan ended ({State}) {Reason}", id.Engagement, id.Line, end.State, end.Reason);
    }
}
