using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Looks again at engagements whose time has come although nothing in them changed: deadlines, reminders, windows.</summary>
internal sealed class WatchDeadlines(Leader leader, EngagementRunner runner, SeenStore seen) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
        foreach (var id in await seen.DueAsync(cancellationToken)) await runner.AdvanceAsync(id, cancellationToken);
    }
}
