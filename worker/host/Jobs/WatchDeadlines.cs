using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Looks again at engagements whose time has come although nothing in them changed: deadlines, reminders, windows.</summary>
internal sealed class WatchDeadlines(Leader leader, EngagementRounds rounds, SeenStore seen) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
        await rounds.AdvanceAsync(await seen.DueAsync(cancellationToken), cancellationToken);
    }
}
