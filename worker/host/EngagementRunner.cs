using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Scans;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker;

/// <summary>Our only code that moves a record: load → step → record the effects → write facts and move at once → release the effects.</summary>
/// <remarks>
/// A write that may or may not have arrived (a crash, a time-out) is settled by the mark that it carries before anything else is done
/// with the record. Source: STYLE "Errors"; docs/decisions/0160.
/// </remarks>
internal sealed class EngagementRunner(
    EngagementStore records, RecordCache cache, FindingCache findings, Outbox outbox, SeenStore seen, ContextBuilder contexts, ScanSupervisor scans, Leader leader,
    WorkerIdentity identity, AuditLog audit, KillPoints kill, TimeProvider time, ILogger<EngagementRunner> log)
{
    private const int MostDecisions = 16;
    private const int MostConflicts = 5;

    /// <summary>Within this time a write of a worker that died may still be under way inside kintone.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(5);

    /// <summary>Takes a record as far as it goes by itself.</summary>
    internal async Task AdvanceAsync(EngagementId id, CancellationToken cancellationToken)
    {
        await StopAheadAsync(id, cancellationToken);
        if (!await identity.TryClaimAsync(ClaimOf(id), cancellationToken)) return;
        try
        {
            await SettleAsync(id, cancellationToken);
            for (var decision = 0; decision < MostDecisions; decision++)
            {
                if (!await DecideAsync(id, cancellationToken)) return;
            }

            log.LogWarning("Engagement {Engagement} has made {Number} moves in one go and is looked at again later", id, MostDecisions);
            await seen.LookAtOnceAsync([id], cancellationToken);
        }
        finally
        {
            await identity.LetGoAsync(ClaimOf(id), CancellationToken.None);
        }
    }

    /// <summary>Writes facts that an effect found out; makes no move.</summary>
    /// <returns>The record as it stands; null when another worker or job is at it, or it is gone.</returns>
    internal async Task<Engagement?> ChangeFactsAsync(EngagementId id, Func<Engagement, EngagementFacts> change, CancellationToken cancellationToken)
    {
        if (!await identity.TryClaimAsync(ClaimOf(id), cancellationToken)) return null;
        try
        {
            await SettleAsync(id, cancellationToken);
            for (var attempt = 0; attempt < MostConflicts; attempt++)
            {
                if (await LoadAsync(id, cancellationToken) is not { } stored) return null;
                var result = await records.SaveAsync(stored, change(stored.Engagement), move: null, cancellationToken);
                if (result is Saved saved)
                {
                    cache.Keep(saved.Stored);
                    await seen.LookAtOnceAsync([id], cancellationToken);
                    return saved.Stored.Engagement;
                }

                cache.Forget(id);
            }

            return null;
        }
        finally
        {
            await identity.LetGoAsync(ClaimOf(id), CancellationToken.None);
        }
    }

    /// <summary>The record as last read or written; read anew where <paramref name="fresh"/>.</summary>
    internal async Task<StoredEngagement?> LoadAsync(EngagementId id, CancellationToken cancellationToken, bool fresh = false)
    {
        if (!fresh && cache.Find(id) is { } known) return known;
        var stored = await records.LoadAsync(id, cancellationToken);
        findings.Forget(id);
        if (stored is null) cache.Forget(id);
        else cache.Keep(stored);
        return stored;
    }

    /// <summary>Stops what must not run by what is known without asking kintone, which may be down or hang, nor waiting for a job that is at the record: a stop by mail waits for nothing.</summary>
    internal async Task StopAheadAsync(EngagementId id, CancellationToken cancellationToken)
    {
        if (!scans.Engagements.Contains(id) || cache.Last(id)?.Engagement is not { } known || StepCatalogue.Find(known.State) is not { } step) return;
        await scans.StopOthersAsync(id, step.Decide(known, await contexts.BuildAsync(known, cancellationToken)).Scans, cancellationToken);
    }

    /// <returns>True when it moved or has to be decided again.</returns>
    private async Task<bool> DecideAsync(EngagementId id, CancellationToken cancellationToken)
    {
        var rung = await seen.RungAsync(id, cancellationToken);
        var stored = await LoadAsync(id, cancellationToken);
        var step = stored is null ? null : StepCatalogue.Find(stored.Engagement.State);
        if (stored is null || step is null)
        {
            await scans.StopOthersAsync(id, ScanOrder.None(stored is null ? "record-gone" : "state-without-step"), cancellationToken);
            await seen.LookedAsync(id, stored?.Engagement.Revision ?? 0, rung, null, cancellationToken);
            return false;
        }

        var context = await contexts.BuildAsync(stored.Engagement, cancellationToken);
        var result = step.Decide(stored.Engagement, context);
        await scans.StopOthersAsync(id, result.Scans, cancellationToken);
        if (!leader.MayAct) return false;
        if (await WriteAsync(stored, result, cancellationToken) is not { } written) return true;

        // Last of all, as it takes the engagement off the list: a worker that dies before leaves it there.
        var again = result.Move is null ? await ScanAsync(written, result, context, cancellationToken) : time.GetUtcNow();
        await seen.LookedAsync(id, written.Revision, rung, again, cancellationToken);
        return result.Move is not null;
    }

    /// <returns>When to look again at the latest, or null.</returns>
    private async Task<DateTimeOffset?> ScanAsync(Engagement engagement, StepResult result, StepContext context, CancellationToken cancellationToken)
    {
        if (result.Scans.Window is null) return result.LookAgainAt;
        if (!leader.MayScan) return SeenStore.Now;
        var asked = await scans.StartOrRenewAsync(engagement, result.Scans, result.Scans.Window, context, cancellationToken);
        return result.LookAgainAt < asked ? result.LookAgainAt : asked;
    }

    /// <returns>The engagement as written; null when the record had changed and must be decided again.</returns>
    private async Task<Engagement?> WriteAsync(StoredEngagement stored, StepResult result, CancellationToken cancellationToken)
    {
        var engagement = stored.Engagement;
        if (result.Move is null && !EngagementStore.WouldChange(stored, result.Facts))
        {
            await outbox.AddAsync(engagement.Id, result.Effects, cancellationToken);
            return engagement;
        }

        var mark = Guid.NewGuid().ToString("N");
        var intent = new Intent(engagement.Id, engagement.Revision, mark, result.Facts with { WriteMark = mark }, result.Move, time.GetUtcNow());
        await outbox.PrepareAsync(intent, result.Effects, cancellationToken);
        kill.At("prepared");
        try
        {
            return await SaveAsync(stored, intent, cancellationToken);
        }
        catch (KintoneException refused) when (refused.NotDone && !refused.IsConflict)
        {
            await outbox.DiscardAsync(engagement.Id, cancellationToken);
            throw;
        }
    }

    private async Task<Engagement?> SaveAsync(StoredEngagement stored, Intent intent, CancellationToken cancellationToken)
    {
        if (await records.SaveAsync(stored, intent.Facts, intent.Move, cancellationToken) is not Saved saved)
        {
            // The client repeats a write that was cut off; then the conflict is with ourselves, and the mark says so.
            await SettleByMarkAsync(intent, await LoadAsync(intent.Engagement, cancellationToken, fresh: true), cancellationToken);
            return null;
        }

        cache.Keep(saved.Stored);
        kill.At("saved");
        await ReleaseAsync(intent, saved.Stored.Engagement, cancellationToken);
        return saved.Stored.Engagement;
    }

    /// <summary>A write of ours that may or may not have arrived: finds out, and does what is left of it.</summary>
    private async Task SettleAsync(EngagementId id, CancellationToken cancellationToken)
    {
        if (await outbox.UnderWayAsync(id, cancellationToken) is not { } intent) return;
        var stored = await LoadAsync(id, cancellationToken, fresh: true);
        var untouched = stored is not null && stored.Engagement.Revision == intent.Revision;
        if (untouched && (time.GetUtcNow() - intent.StartedAt).Duration() < InFlight)
        {
            // It may still arrive. The same write again settles it: one of the two wins, and both carry the same mark.
            await SaveAsync(stored!, intent, cancellationToken);
            return;
        }

        await SettleByMarkAsync(intent, stored, cancellationToken);
    }

    private async Task SettleByMarkAsync(Intent intent, StoredEngagement? stored, CancellationToken cancellationToken)
    {
        if (stored?.Engagement.Facts.WriteMark == intent.Mark) await ReleaseAsync(intent, stored.Engagement, cancellationToken);
        else await outbox.DiscardAsync(intent.Engagement, cancellationToken);
    }

    private async Task ReleaseAsync(Intent intent, Engagement engagement, CancellationToken cancellationToken)
    {
        if (intent.Move is { } move)
        {
            await audit.WriteAsync("moved", $"{intent.Engagement}", $"{move} to {engagement.State}, revision {engagement.Revision}", cancellationToken);
            log.LogInformation("Engagement {Engagement}: {Move}, now {State}", intent.Engagement, move, engagement.State);
        }

        await outbox.ReleaseAsync(intent.Engagement, cancellationToken);
        kill.At("released");
    }

    internal static string ClaimOf(EngagementId id) => $"engagement-{id}";
}
