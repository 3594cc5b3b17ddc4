using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Jobs;

/// <summary>Takes note of scans that ended, stops or renews those that run, and attaches results.</summary>
internal sealed class WatchScans(Leader leader, ScanSupervisor scans, ResultKeeper results, EngagementRounds rounds) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await scans.CollectAsync(cancellationToken);
        if (!leader.MayAct) return;
        // First what may stop a scan, then what may take its time.
        await rounds.AdvanceTogetherAsync(scans.Engagements, cancellationToken);
        await results.AttachAsync(cancellationToken);
    }
}
