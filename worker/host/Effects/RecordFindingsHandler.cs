using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Writes the findings of the attached results into 指摘事項, compared with the engagement that this one follows.</summary>
internal sealed class RecordFindingsHandler(EngagementRunner runner, FindingStore findings, FindingCache known, ResultFiles results, KillPoints kill, TimeProvider time) : IEffectHandler
{
    public string Kind => nameof(RecordFindings);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        if (await runner.LoadAsync(row.Engagement, cancellationToken) is not { } stored) return new EffectOutcome.Failed("The record is gone.");
        // Ordered for other results than those that are remembered: another worker may have attached some.
        if (!row.Key.EndsWith(Named(stored.Engagement), StringComparison.Ordinal))
            stored = await runner.LoadAsync(row.Engagement, cancellationToken, fresh: true) ?? stored;
        var engagement = stored.Engagement;
        var hash = FactHash.OfResults(engagement.Facts);
        var previous = engagement.Facts.Follows is { } follows ? await findings.LoadAsync(follows, cancellationToken) : [];
        var rows = FindingComparison.Compare(
            engagement.Id, engagement.Hearing.HospitalCode, ResultFiles.ByLine(await results.LoadAsync(engagement.Facts, cancellationToken)), previous, Jst.DayOf(time.GetUtcNow()));
        var before = await known.LoadAsync(engagement.Id, cancellationToken);
        known.Forget(engagement.Id);
        await findings.SaveAsync(before, rows, cancellationToken);
        known.Forget(engagement.Id);
        kill.At("findings-saved");

        // Named by the results that were read: should others have been attached meanwhile, the step orders them anew.
        var written = await runner.ChangeFactsAsync(engagement.Id, current => current.Facts with { FindingsHash = hash }, cancellationToken);
        return written is null ? new EffectOutcome.Later("The record is busy.") : new EffectOutcome.Done();
    }

    private static string Named(Engagement engagement) => FactHash.OfResults(engagement.Facts)[..16];
}
