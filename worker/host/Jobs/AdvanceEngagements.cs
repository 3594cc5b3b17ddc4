using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Takes every engagement that changed as far as it goes by itself.</summary>
internal sealed class AdvanceEngagements(Leader leader, EngagementRounds rounds, SeenStore seen, Outbox outbox) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
        await seen.LookAtOnceAsync(await outbox.UnderWayAsync(cancellationToken), cancellationToken);
        await rounds.AdvanceAsync(await seen.ChangedAsync(cancellationToken), cancellationToken);
    }
}
