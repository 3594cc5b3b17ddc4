using Microsoft.Extensions.Logging;
using VulnDiag.Kintone.Client;
using VulnDiag.Report;
using VulnDiag.Worker.Effects;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Does the effects that are due, one after another, in the order in which they were decided.</summary>
internal sealed class FlushOutbox(Leader leader, Outbox outbox, IEnumerable<IEffectHandler> handlers, AuditLog audit, TimeProvider time, ILogger<FlushOutbox> log) : IJob
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, IEffectHandler> _handlers = handlers.ToDictionary(static handler => handler.Kind, StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await outbox.FreeMineAsync(cancellationToken);
        while (leader.MayAct && await outbox.ClaimNextAsync(cancellationToken) is { } row) await DoAsync(row, cancellationToken);
    }

    private async Task DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var outcome = new EffectOutcome.Later("it was broken off") as EffectOutcome;
        try
        {
            outcome = await TryAsync(row, cancellationToken);
        }
        finally
        {
            // Also when something unforeseen was thrown: the effect must not stay claimed, and the job says what it was.
            await SettleAsync(row, outcome, CancellationToken.None);
        }
    }

    private async Task<EffectOutcome> TryAsync(EffectRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await _handlers[row.Kind].DoAsync(row, cancellationToken);
        }
        catch (Exception fault) when (fault is KintoneException or IOException or UnauthorizedAccessException or ReportException)
        {
            return new EffectOutcome.Later(FailureWords.Of(fault));
        }
    }

    private async Task SettleAsync(EffectRow row, EffectOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case EffectOutcome.Done:
                await outbox.DoneAsync(row.Key, cancellationToken);
                await audit.WriteAsync("effect-done", row.Key, row.Kind, cancellationToken);
                break;
            case EffectOutcome.Later later:
                log.LogWarning("{Effect} is tried again later: {Why}", row.Key, later.Why);
                await outbox.LaterAsync(row.Key, time.GetUtcNow() + (later.Wait ?? Wait(row.Attempts)), later.Why, cancellationToken);
                break;
            case EffectOutcome.Failed failed:
                log.LogError("{Effect} failed for good: {Why}", row.Key, failed.Why);
                await outbox.FailedAsync(row.Key, failed.Why, cancellationToken);
                await audit.WriteAsync("effect-failed", row.Key, failed.Why, cancellationToken);
                break;
            case EffectOutcome.InDoubt doubt:
                log.LogError("{Effect} is in doubt and is not done again: {Why}", row.Key, doubt.Why);
                await outbox.DoubtfulAsync(row.Key, doubt.Why, cancellationToken);
                await audit.WriteAsync("effect-in-doubt", row.Key, doubt.Why, cancellationToken);
                break;
        }
    }

    private static TimeSpan Wait(int attempts) => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(attempts - 1, 10)));
}
