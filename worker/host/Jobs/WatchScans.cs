using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Jobs;

/// <summary>Takes note of scans that ended, attaches their results, and renews the leases of those that may go on.</summary>
internal sealed class WatchScans(Leader leader, ScanSupervisor scans, ResultKeeper results, EngagementRunner runner) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await scans.CollectAsync(cancellationToken);
        if (!leader.MayAct) return;
        await results.AttachAsync(cancellationToken);
        foreach (var id in scans.Engagements) await runner.AdvanceAsync(id, cancellationToken);
    }
}
