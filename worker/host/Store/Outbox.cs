using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>A write of ours that may or may not have arrived.</summary>
/// <param name="Engagement">Which record.</param>
/// <param name="Revision">The revision that the write carries.</param>
/// <param name="Mark">What the record holds in its mark once the write arrived.</param>
/// <param name="Facts">The facts to write, the mark included.</param>
/// <param name="Move">The move to make in the same write, or null.</param>
/// <param name="StartedAt">When it was begun.</param>
internal sealed record Intent(EngagementId Engagement, long Revision, string Mark, EngagementFacts Facts, Trigger? Move, DateTimeOffset StartedAt);

/// <summary>Effects from the moment they are decided to the moment they are done, and the writes that they wait for.</summary>
/// <remarks>
/// Order of events: <see cref="PrepareAsync"/> → the record is written → <see cref="ReleaseAsync"/> → done. After a crash in between
/// the record's mark says whether the write arrived. Source: STYLE "Errors" (recorded before they are done, keyed, repeatable).
/// </remarks>
internal sealed class Outbox(Database database, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>Records what a step decided, all or nothing: its effects, and the write that they wait for.</summary>
    internal Task PrepareAsync(Intent intent, IReadOnlyList<Effect> effects, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await InsertAsync(connection, transaction, intent.Engagement, effects, "prepared");
                await connection.ExecuteAsync(
                    "INSERT INTO intent (engagement, revision, mark, facts, move, started_at) VALUES (@engagement, @Revision, @Mark, @facts, @move, @at)",
                    new { engagement = intent.Engagement.Value, intent.Revision, intent.Mark, facts = Json.Write(intent.Facts), move = intent.Move?.ToString(), at = intent.StartedAt.Text() },
                    transaction);
            },
            cancellationToken);

    /// <summary>Records effects that wait for no write.</summary>
    /// <returns>How many were new.</returns>
    internal Task<int> AddAsync(EngagementId engagement, IReadOnlyList<Effect> effects, CancellationToken cancellationToken) =>
        effects.Count == 0
            ? Task.FromResult(0)
            : database.WriteAsync((connection, transaction) => InsertAsync(connection, transaction, engagement, effects, "released"), cancellationToken);

    /// <summary>The write that was under way when a worker stopped, or null.</summary>
    internal async Task<Intent?> UnderWayAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync(
            "SELECT revision, mark, facts, move, started_at FROM intent WHERE engagement = @id", new { id = engagement.Value });
        return row is null
            ? null
            : new Intent(
                engagement, (long)row.revision, (string)row.mark, Json.Read<EngagementFacts>((string)row.facts),
                row.move is string move ? Enum.Parse<Trigger>(move) : null, Instants.Parse((string)row.started_at));
    }

    /// <summary>Engagements with a write that may or may not have arrived.</summary>
    internal async Task<IReadOnlyList<EngagementId>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return [.. (await connection.QueryAsync<long>("SELECT engagement FROM intent ORDER BY engagement")).Select(static id => new EngagementId(id))];
    }

    /// <summary>The write arrived: what was prepared may be done.</summary>
    internal Task ReleaseAsync(EngagementId engagement, CancellationToken cancellationToken) =>
        SettleAsync(engagement, "UPDATE effect SET status = 'released' WHERE engagement = @id AND status = 'prepared'", cancellationToken);

    /// <summary>The write did not arrive: what was prepared is forgotten, and decided again.</summary>
    internal Task DiscardAsync(EngagementId engagement, CancellationToken cancellationToken) =>
        SettleAsync(engagement, "DELETE FROM effect WHERE engagement = @id AND status = 'prepared'", cancellationToken);

    /// <summary>Frees the effects that this worker took and could not write an end of: the disk was full. To be called while it does none.</summary>
    internal Task FreeMineAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync("UPDATE effect SET owner = NULL WHERE owner = @Owner AND status = 'released'", new { identity.Owner }, transaction),
            cancellationToken);

    /// <summary>Takes the next effect that is due, in the order in which they were decided, for this worker alone.</summary>
    internal Task<EffectRow?> ClaimNextAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var row = await connection.QuerySingleOrDefaultAsync(
                    """
                    UPDATE effect SET owner = @Owner, attempts = attempts + 1
                    WHERE sequence = (
                        SELECT next.sequence FROM effect next
                        WHERE next.status = 'released' AND next.owner IS NULL AND next.due_at <= @now
                        ORDER BY next.sequence LIMIT 1)
                    RETURNING key, engagement, kind, body, attempts, stage, stage_at, message
                    """,
                    new { identity.Owner, now = time.GetUtcNow().Text() },
                    transaction);
                return row is null
                    ? null
                    : new EffectRow(
                        (string)row.key, new EngagementId((long)row.engagement), (string)row.kind, (string)row.body, (int)(long)row.attempts,
                        (string)row.stage, Instants.ParseOrNull((string?)row.stage_at), (byte[]?)row.message);
            },
            cancellationToken);

    /// <summary>Writes down how far an effect came, before it goes on.</summary>
    internal Task StageAsync(string key, string stage, byte[]? message, CancellationToken cancellationToken) =>
        UpdateAsync(key, "stage = @stage, stage_at = @now, message = coalesce(@message, message)", new { key, stage, message, now = time.GetUtcNow().Text() }, cancellationToken);

    /// <summary>It is done, for good.</summary>
    internal Task DoneAsync(string key, CancellationToken cancellationToken) =>
        EndAsync(key, "status = 'done', owner = NULL, note = '', done_at = @now", new { key, now = time.GetUtcNow().Text() }, cancellationToken);

    /// <summary>Nobody can tell whether it was done: it is not done again, and shown.</summary>
    internal Task DoubtfulAsync(string key, string why, CancellationToken cancellationToken) =>
        EndAsync(key, "status = 'doubtful', owner = NULL, note = @why", new { key, why }, cancellationToken);

    /// <summary>It cannot be done, now or ever.</summary>
    internal Task FailedAsync(string key, string why, CancellationToken cancellationToken) =>
        EndAsync(key, "status = 'failed', owner = NULL, note = @why", new { key, why }, cancellationToken);

    /// <summary>It could not be done now.</summary>
    internal Task LaterAsync(string key, DateTimeOffset dueAt, string why, CancellationToken cancellationToken) =>
        UpdateAsync(key, "owner = NULL, due_at = @due, note = @why", new { key, due = dueAt.Text(), why }, cancellationToken);

    /// <summary>How many effects stand in each status.</summary>
    internal Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken) => CountAsync(database, cancellationToken);

    /// <inheritdoc cref="CountAsync(CancellationToken)"/>
    internal static async Task<IReadOnlyDictionary<string, long>> CountAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return (await connection.QueryAsync("SELECT status, count(*) AS number FROM effect GROUP BY status"))
            .ToDictionary(static row => (string)row.status, static row => (long)row.number, StringComparer.Ordinal);
    }

    /// <summary>Keys and notes of what an engagement has open or in doubt, for the doctor and for tests.</summary>
    internal async Task<IReadOnlyList<(string Key, string Status, string Note)>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string, string, string)>("SELECT key, status, note FROM effect WHERE status <> 'done' ORDER BY sequence")];
    }

    /// <summary>When the next released effect falls due, or null.</summary>
    internal async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return Instants.ParseOrNull(await connection.ExecuteScalarAsync<string?>("SELECT min(due_at) FROM effect WHERE status = 'released'"));
    }

    /// <summary>True while anything released has still to be done.</summary>
    internal async Task<bool> AnyWaitingAsync(CancellationToken cancellationToken) => await NextDueAsync(cancellationToken) is not null;

    private async Task<int> InsertAsync(SqliteConnection connection, SqliteTransaction transaction, EngagementId engagement, IReadOnlyList<Effect> effects, string status)
    {
        var now = time.GetUtcNow().Text();
        var added = 0;
        foreach (var effect in effects)
        {
            added += await connection.ExecuteAsync(
                """
                INSERT OR IGNORE INTO effect (key, engagement, kind, body, status, due_at, created_at)
                VALUES (@Key, @engagement, @kind, @body, @status, @due, @now)
                """,
                new { effect.Key, engagement = engagement.Value, kind = effect.GetType().Name, body = Json.Write(effect), status, due = DueOf(effect) ?? now, now },
                transaction);
        }

        return added;
    }

    private static string? DueOf(Effect effect) => effect is SendMail { Order.CollectUntil: { } until } ? until.Text() : null;

    private Task SettleAsync(EngagementId engagement, string sql, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"{sql}; DELETE FROM intent WHERE engagement = @id"), new { id = engagement.Value }, transaction),
            cancellationToken);

    /// <summary>An end of an effect is the end of what it carries too: the requests of one mail share its fate.</summary>
    private Task EndAsync(string key, string set, object values, CancellationToken cancellationToken) =>
        UpdateAsync(key, set, values, cancellationToken, $"UPDATE effect SET {set} WHERE stage = 'carried' AND note = @key AND status = 'released'");

    private async Task UpdateAsync(string key, string set, object values, CancellationToken cancellationToken, string also = "")
    {
        var parameters = new DynamicParameters(values);
        parameters.Add("me", identity.Owner);
        var changed = await database.WriteAsync(
            async (connection, transaction) =>
            {
                var own = await connection.ExecuteAsync($"UPDATE effect SET {set} WHERE key = @key AND owner = @me AND status = 'released'", parameters, transaction);
                if (own == 1 && also.Length > 0) await connection.ExecuteAsync(also, parameters, transaction);
                return own;
            },
            cancellationToken);
        if (changed != 1) throw new InvalidOperationException($"The effect {key} is not held by this worker.");
    }
}
