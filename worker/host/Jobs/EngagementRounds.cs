using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Worker.Jobs;

/// <summary>Takes engagement after engagement further, and lets none that fails hold up the others.</summary>
internal sealed class EngagementRounds(EngagementRunner runner, ILogger<EngagementRounds> log)
{
    /// <summary>After as many in a row it is kintone that is ill, not a record: the rest waits for the next round.</summary>
    private const int MostTransientInARow = 3;

    /// <summary>One after another.</summary>
    /// <exception cref="Exception">The first thing that went wrong, once the others have had their turn.</exception>
    internal async Task AdvanceAsync(IEnumerable<EngagementId> engagements, CancellationToken cancellationToken)
    {
        Exception? first = null;
        var transient = 0;
        foreach (var id in engagements)
        {
            var fault = await TryAsync(id, cancellationToken);
            first ??= fault;
            transient = fault is KintoneException { Transient: true } ? transient + 1 : 0;
            if (transient == MostTransientInARow) break;
        }

        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>All at once: for the few that are being scanned, where one that waits for kintone must not delay another one's stop.</summary>
    /// <exception cref="Exception">The first thing that went wrong, once the others have had their turn.</exception>
    internal async Task AdvanceTogetherAsync(IEnumerable<EngagementId> engagements, CancellationToken cancellationToken)
    {
        var faults = await Task.WhenAll(engagements.Select(id => TryAsync(id, cancellationToken)));
        if (faults.OfType<Exception>().FirstOrDefault() is { } first) ExceptionDispatchInfo.Throw(first);
    }

    private async Task<Exception?> TryAsync(EngagementId id, CancellationToken cancellationToken)
    {
        try
        {
            await runner.AdvanceAsync(id, cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            log.Log(
                FailureWords.MayPass(fault) ? LogLevel.Debug : LogLevel.Warning,
                "Engagement {Engagement} could not be taken further and is tried again: {Words}", id, FailureWords.Of(fault));
            return fault;
        }
    }
}
