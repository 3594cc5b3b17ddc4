namespace VulnDiag.Worker;

/// <summary>Every job once, in the order of the schedule: what <c>run --once</c>, the demo and tests drive, at the pace that they choose.</summary>
internal sealed class Round(JobRunner runner)
{
    /// <summary>Runs it.</summary>
    /// <returns>What went wrong, by job; nothing in a good round.</returns>
    internal Task<IReadOnlyList<(string Job, Exception Fault)>> RunOnceAsync(CancellationToken cancellationToken) => runner.RoundAsync(cancellationToken);
}
