using Dapper;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Store;

/// <summary>How the scan of each line stands.</summary>
internal sealed class ScanStore(Database database, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>Scans of an engagement. One whose worker died stands as running until somebody has found out how it ended.</summary>
    internal async Task<IReadOnlyList<LineScan>> OfAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Line, string State, string Reason, string? EndedAt, long ResultSaved)>(
            "SELECT line, state, reason, ended_at, result_saved FROM scan WHERE engagement = @id ORDER BY line", new { id = engagement.Value });
        return [.. rows.Select(static row => new LineScan(
            new LineId(row.Line), Enum.Parse<ScanState>(row.State), row.Reason, row.ResultSaved != 0, Instants.ParseOrNull(row.EndedAt)))];
    }

    /// <summary>Takes a scan that is to be started, for this worker alone.</summary>
    /// <param name="engagement">Record number.</param>
    /// <param name="line">回線ID.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="resultBefore">When the result that lies there was written, or null when there is none.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>False when another worker runs it.</returns>
    internal Task<bool> TryStartAsync(EngagementId engagement, LineId line, string folder, DateTimeOffset? resultBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) => await connection.ExecuteAsync(
                """
                INSERT INTO scan (engagement, line, state, folder, owner, result_before) VALUES (@id, @line, @running, @folder, @Owner, @before)
                ON CONFLICT (engagement, line) DO UPDATE SET
                    state = @running, folder = @folder, reason = '', owner = @Owner, ended_at = NULL, result_saved = 0, result_before = @before
                WHERE owner IS NULL
                """,
                new { id = engagement.Value, line = line.Value, folder, running = nameof(ScanState.Running), identity.Owner, before = resultBefore.Text() },
                transaction) == 1,
            cancellationToken);

    /// <summary>A scan ended; its engagement is looked at next.</summary>
    /// <param name="engagement">Record number.</param>
    /// <param name="line">回線ID.</param>
    /// <param name="owner">The worker that had started it.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    internal Task EndedAsync(EngagementId engagement, LineId line, string owner, ScanEnd end, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var ended = await connection.ExecuteAsync(
                    "UPDATE scan SET state = @state, reason = @Reason, owner = NULL, ended_at = @now WHERE engagement = @id AND line = @line AND owner = @owner",
                    new { id = engagement.Value, line = line.Value, owner, state = end.State.ToString(), end.Reason, now = time.GetUtcNow().Text() },
                    transaction);
                if (ended > 0) await SeenStore.RingAsync(connection, transaction, engagement);
            },
            cancellationToken);

    /// <summary>Its result is attached to the record, which is looked at next.</summary>
    internal Task ResultSavedAsync(EngagementId engagement, LineId line, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    "UPDATE scan SET result_saved = 1 WHERE engagement = @id AND line = @line", new { id = engagement.Value, line = line.Value }, transaction);
                await SeenStore.RingAsync(connection, transaction, engagement);
            },
            cancellationToken);

    /// <summary>Scans that ended and whose result is not yet attached, each with its folder.</summary>
    internal async Task<IReadOnlyList<(EngagementId Engagement, LineId Line, string Folder)>> UnsavedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long, string, string)>(
            "SELECT engagement, line, folder FROM scan WHERE ended_at IS NOT NULL AND owner IS NULL AND result_saved = 0 ORDER BY engagement, line");
        return [.. rows.Select(static row => (new EngagementId(row.Item1), new LineId(row.Item2), row.Item3))];
    }

    /// <summary>Scans that stand as running under this worker, or under one that is no longer alive.</summary>
    internal async Task<IReadOnlyList<StartedScan>> StartedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Engagement, string Line, string Folder, string? Before, string Owner)>(
            "SELECT engagement, line, folder, result_before, owner FROM scan WHERE owner IS NOT NULL ORDER BY engagement, line");
        return [.. rows.Where(row => row.Owner == identity.Owner || !identity.IsAlive(row.Owner)).Select(row => new StartedScan(
            new EngagementId(row.Engagement), new LineId(row.Line), row.Folder, Instants.ParseOrNull(row.Before), row.Owner, row.Owner == identity.Owner))];
    }

    /// <summary>True while a scan runs, by whichever worker of this folder.</summary>
    internal async Task<bool> AnyRunningAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM scan WHERE owner IS NOT NULL") > 0;
    }
}

/// <summary>A scan that stands as running.</summary>
/// <param name="Engagement">Record number.</param>
/// <param name="Line">回線ID.</param>
/// <param name="Folder">Where its files lie.</param>
/// <param name="ResultBefore">When the result there was written before the run began, or null when there was none.</param>
/// <param name="Owner">The worker that started it.</param>
/// <param name="Mine">True when that is this worker.</param>
internal sealed record StartedScan(EngagementId Engagement, LineId Line, string Folder, DateTimeOffset? ResultBefore, string Owner, bool Mine);
