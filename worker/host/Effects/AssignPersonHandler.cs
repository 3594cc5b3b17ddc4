using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes an analyst or approver who was named late an assignee, so that their button works.</summary>
internal sealed class AssignPersonHandler(EngagementRunner runner, EngagementStore records) : IEffectHandler
{
    public string Kind => nameof(AssignPerson);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var order = row.As<AssignPerson>();
        if (await runner.LoadAsync(row.Engagement, cancellationToken, fresh: true) is not { } stored) return new EffectOutcome.Failed("The record is gone.");
        if (stored.Engagement.State != order.State) return new EffectOutcome.Done();
        if (!await records.AssignAsync(stored, order.Person, cancellationToken)) return new EffectOutcome.Later("The record was written by somebody else.");
        await runner.LoadAsync(row.Engagement, cancellationToken, fresh: true);
        return new EffectOutcome.Done();
    }
}
