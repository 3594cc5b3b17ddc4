using Dapper;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;

namespace VulnDiag.Worker.Store;

/// <summary>How the scan of each line stands.</summary>
internal sealed class ScanStore(Database database, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>Scans of an engagement. One that ran when its worker died stands as paused.</summary>
    internal async Task<IReadOnlyList<LineScan>> OfAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Line, string State, string Reason, string? Owner, string? EndedAt, long ResultSaved)>(
            "SELECT line, state, reason, owner, ended_at, result_saved FROM scan WHERE engagement = @id ORDER BY line", new { id = engagement.Value });
        return [.. rows.Select(static row => new LineScan(
            new LineId(row.Line), StateOf(row.State, row.Owner), row.Reason, row.ResultSaved != 0, Instants.ParseOrNull(row.EndedAt)))];
    }

    /// <summary>Takes a scan that is to be started, for this worker alone.</summary>
    /// <returns>False when another worker runs it.</returns>
    internal Task<bool> TryStartAsync(EngagementId engagement, LineId line, string folder, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) => await connection.ExecuteAsync(
                """
                INSERT INTO scan (engagement, line, state, folder, owner) VALUES (@id, @line, @running, @folder, @Owner)
                ON CONFLICT (engagement, line) DO UPDATE SET state = @running, folder = @folder, reason = '', owner = @Owner, ended_at = NULL, result_saved = 0
                WHERE owner IS NULL
                """,
                new { id = engagement.Value, line = line.Value, folder, running = nameof(ScanState.Running), identity.Owner },
                transaction) == 1,
            cancellationToken);

    /// <summary>The scan of this worker ended.</summary>
    internal Task EndedAsync(EngagementId engagement, LineId line, ScanState state, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE scan SET state = @state, reason = @reason, owner = NULL, ended_at = @now WHERE engagement = @id AND line = @line AND owner = @Owner",
                new { id = engagement.Value, line = line.Value, state = state.ToString(), reason, now = time.GetUtcNow().Text(), identity.Owner },
                transaction),
            cancellationToken);

    /// <summary>Its result is attached to the record.</summary>
    internal Task ResultSavedAsync(EngagementId engagement, LineId line, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE scan SET result_saved = 1 WHERE engagement = @id AND line = @line", new { id = engagement.Value, line = line.Value }, transaction),
            cancellationToken);

    /// <summary>Scans that ended and whose result is not yet attached, each with its folder.</summary>
    internal async Task<IReadOnlyList<(EngagementId Engagement, LineId Line, string Folder)>> UnsavedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long, string, string)>(
            "SELECT engagement, line, folder FROM scan WHERE ended_at IS NOT NULL AND owner IS NULL AND result_saved = 0 ORDER BY engagement, line");
        return [.. rows.Select(static row => (new EngagementId(row.Item1), new LineId(row.Item2), row.Item3))];
    }

    /// <summary>Scans whose worker died under them stand as paused from now on.</summary>
    /// <returns>Their engagements.</returns>
    internal async Task<IReadOnlyList<EngagementId>> RecoverAsync(CancellationToken cancellationToken)
    {
        var rows = await database.WriteAsync(
            (connection, transaction) => connection.QueryAsync<long>(
                """
                UPDATE scan SET state = @paused, reason = @why, ended_at = @now
                WHERE owner IS NULL AND state = @running RETURNING engagement
                """,
                new { paused = nameof(ScanState.Paused), running = nameof(ScanState.Running), why = "worker-gone: the worker that ran this scan ended", now = time.GetUtcNow().Text() },
                transaction),
            cancellationToken);
        return [.. rows.Distinct().Select(static id => new EngagementId(id))];
    }

    /// <summary>True while a scan runs, by whichever worker of this folder.</summary>
    internal async Task<bool> AnyRunningAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM scan WHERE owner IS NOT NULL") > 0;
    }

    private static ScanState StateOf(string state, string? owner)
    {
        var read = Enum.Parse<ScanState>(state);
        return read is ScanState.Running && owner is null ? ScanState.Paused : read;
    }
}
