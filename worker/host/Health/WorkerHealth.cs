using System.Collections.Concurrent;

namespace VulnDiag.Worker.Health;

/// <summary>How one job fares.</summary>
/// <param name="Runs">Times it succeeded.</param>
/// <param name="Failures">Times it failed.</param>
/// <param name="LastSuccess">When it last succeeded, or null.</param>
/// <param name="LastFailure">Why it last failed; null once it has succeeded again.</param>
internal sealed record JobHealth(long Runs, long Failures, DateTimeOffset? LastSuccess, string? LastFailure);

/// <summary>How the worker fares, for the health and metrics endpoints. Thread-safe.</summary>
internal sealed class WorkerHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, JobHealth> _jobs = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, JobHealth> Jobs => _jobs;

    internal void Succeeded(string job) => _jobs.AddOrUpdate(
        job,
        _ => new JobHealth(1, 0, time.GetUtcNow(), null),
        (_, known) => known with { Runs = known.Runs + 1, LastSuccess = time.GetUtcNow(), LastFailure = null });

    internal void Failed(string job, string why) => _jobs.AddOrUpdate(
        job,
        _ => new JobHealth(0, 1, null, why),
        (_, known) => known with { Failures = known.Failures + 1, LastFailure = why });
}
