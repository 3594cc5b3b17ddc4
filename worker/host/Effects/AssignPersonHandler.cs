using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes an analyst or approver who was named late an assignee, so that their button works.</summary>
internal sealed class AssignPersonHandler(EngagementRunner runner, EngagementStore records, RecordCache cache) : IEffectHandler
{
    public string Kind => nameof(AssignPerson);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var order = row.As<AssignPerson>();
        if (await LoadAsync(row.Engagement, cancellationToken) is not { } stored) return new EffectOutcome.Failed("The record is gone.");
        if (stored.Engagement.State != order.State) return new EffectOutcome.Done();
        if (await records.AssignAsync(stored, order.Person, cancellationToken) is Saved saved)
        {
            cache.Keep(saved.Stored);
            return new EffectOutcome.Done();
        }

        cache.Forget(row.Engagement);
        return new EffectOutcome.Later("The record was written by somebody else.");
    }

    private async Task<StoredEngagement?> LoadAsync(EngagementId id, CancellationToken cancellationToken) =>
        await runner.LoadAsync(id, cancellationToken) is { AssigneesKnown: true } known ? known : await runner.LoadAsync(id, cancellationToken, fresh: true);
}
