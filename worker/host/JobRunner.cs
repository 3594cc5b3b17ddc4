using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VulnDiag.Worker.Health;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker;

/// <summary>Runs the jobs of the schedule: when they are due by the worker's own clock, one of each at a time, and never lets one end the worker.</summary>
internal sealed class JobRunner(Schedule schedule, ScanStore scans, WorkerHealth health, TimeProvider time, ILogger<JobRunner> log)
{
    private readonly Dictionary<string, long> _started = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _saidOf = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The bell rang: runs the job if it is due.</summary>
    internal async Task RingAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        if (await IsDueAsync(entry, cancellationToken)) await RunAsync(entry, cancellationToken);
    }

    /// <summary>Runs every job once, in order, due or not.</summary>
    /// <returns>What went wrong, by job.</returns>
    internal async Task<IReadOnlyList<(string Job, Exception Fault)>> RoundAsync(CancellationToken cancellationToken)
    {
        var faults = new List<(string, Exception)>();
        foreach (var entry in schedule.Entries)
        {
            if (await RunAsync(entry, cancellationToken) is { } fault) faults.Add((entry.Name, fault));
        }

        return faults;
    }

    private async Task<bool> IsDueAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        var cadence = entry.Idle == entry.Scanning || !await scans.AnyRunningAsync(cancellationToken) ? entry.Idle : entry.Scanning;
        lock (_lock)
        {
            if (_started.TryGetValue(entry.Name, out var started) && time.GetElapsedTime(started) < cadence) return false;
            _started[entry.Name] = time.GetTimestamp();
            return true;
        }
    }

    private async Task<Exception?> RunAsync(ScheduleEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await entry.Job.RunAsync(cancellationToken);
            health.Succeeded(entry.Name);
            if (_saidOf.TryRemove(entry.Name, out _)) log.LogInformation("{Job} can be done again", entry.Name);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            health.Failed(entry.Name, FailureWords.Of(fault));
            Say(entry.Name, fault);
            return fault;
        }
    }

    // A job is tried again every few seconds: the same words again and again would bury all others.
    private void Say(string job, Exception fault)
    {
        var words = FailureWords.Of(fault);
        if (_saidOf.TryGetValue(job, out var said) && said == words) return;
        _saidOf[job] = words;
        if (FailureWords.MayPass(fault)) log.LogWarning("{Job} could not be done and is tried again: {Words}", job, words);
        else if (FailureWords.IsFromOutside(fault)) log.LogError("{Job} failed and is tried again: {Words}", job, words);
        else log.LogError(fault, "{Job} failed and is tried again: {Words}", job, words);
    }
}
