using Dapper;
using Microsoft.Data.Sqlite;
using VulnDiag.Domain;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker.Store;

/// <summary>Which revision of each engagement was last looked at, when to look again, and how far each app has been read.</summary>
internal sealed class SeenStore(Database database, TimeProvider time)
{
    /// <summary>Instant before any other: look at once.</summary>
    internal static readonly DateTimeOffset Now = DateTimeOffset.MinValue;

    private const string AtOnce = "0001-01-01T00:00:00.0000000Z";

    private const string RingSql =
        "INSERT INTO seen (engagement, revision, look_at, rung) VALUES (@Value, 0, @AtOnce, 1) ON CONFLICT (engagement) DO UPDATE SET look_at = @AtOnce, rung = rung + 1";

    /// <summary>How often this engagement was asked to be looked at, to be read before it is looked at.</summary>
    internal async Task<long> RungAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>("SELECT rung FROM seen WHERE engagement = @id", new { id = engagement.Value }) ?? 0;
    }

    /// <summary>The record was looked at, as of this revision.</summary>
    /// <param name="engagement">Which record.</param>
    /// <param name="revision">As of which revision.</param>
    /// <param name="rung">What <see cref="RungAsync"/> said before; whoever has rung since is heard: it is looked at once more.</param>
    /// <param name="lookAgainAt">When to look again, or null for at the next change.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    internal Task LookedAsync(EngagementId engagement, long revision, long rung, DateTimeOffset? lookAgainAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                """
                INSERT INTO seen (engagement, revision, look_at) VALUES (@id, @revision, @at)
                ON CONFLICT (engagement) DO UPDATE SET revision = excluded.revision, look_at = CASE WHEN rung = @rung THEN excluded.look_at ELSE look_at END
                """,
                new { id = engagement.Value, revision, rung, at = lookAgainAt.Text() },
                transaction),
            cancellationToken);

    /// <summary>kintone listed these revisions: those that differ from what was looked at are looked at next.</summary>
    /// <returns>How many differ.</returns>
    internal Task<int> ListedAsync(IReadOnlyList<(EngagementId Id, long Revision)> listed, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var changed = 0;
                foreach (var (id, revision) in listed)
                {
                    changed += await connection.ExecuteAsync(
                        """
                        INSERT INTO seen (engagement, revision, look_at, rung) VALUES (@id, 0, @AtOnce, 1)
                        ON CONFLICT (engagement) DO UPDATE SET look_at = @AtOnce, rung = rung + 1 WHERE revision < @revision
                        """,
                        new { id = id.Value, revision, AtOnce },
                        transaction);
                }

                return changed;
            },
            cancellationToken);

    /// <summary>Of the findings that people changed, those that were not seen at this revision before: the overlap of the watermark shows them again.</summary>
    /// <returns>Their engagements.</returns>
    internal Task<IReadOnlyList<EngagementId>> NewFindingsAsync(IReadOnlyList<ChangedFinding> listed, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<EngagementId>>(
            async (connection, transaction) =>
            {
                var changed = new List<EngagementId>();
                foreach (var finding in listed)
                {
                    var isNew = await connection.ExecuteAsync(
                        """
                        INSERT INTO seen_finding (record, revision) VALUES (@record, @Revision)
                        ON CONFLICT (record) DO UPDATE SET revision = excluded.revision WHERE revision < excluded.revision
                        """,
                        new { record = finding.Id, finding.Revision },
                        transaction);
                    if (isNew > 0) changed.Add(finding.Engagement);
                }

                return [.. changed.Distinct()];
            },
            cancellationToken);

    /// <summary>Something outside the record changed: look at these engagements next.</summary>
    internal Task LookAtOnceAsync(IEnumerable<EngagementId> engagements, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(RingSql, engagements.Select(id => new { id.Value, AtOnce }), transaction),
            cancellationToken);

    /// <summary>The same within somebody else's transaction: what changed and the wish to have it looked at are kept together or not at all.</summary>
    internal static Task RingAsync(SqliteConnection connection, SqliteTransaction transaction, EngagementId engagement) =>
        connection.ExecuteAsync(RingSql, new { engagement.Value, AtOnce }, transaction);

    /// <summary>Engagements that changed, or whose surroundings did.</summary>
    internal Task<IReadOnlyList<EngagementId>> ChangedAsync(CancellationToken cancellationToken) =>
        ReadAsync("SELECT engagement FROM seen WHERE look_at = @AtOnce ORDER BY engagement", cancellationToken);

    /// <summary>Engagements whose time has come, the longest overdue first.</summary>
    internal Task<IReadOnlyList<EngagementId>> DueAsync(CancellationToken cancellationToken) =>
        ReadAsync("SELECT engagement FROM seen WHERE look_at > @AtOnce AND look_at <= @now ORDER BY look_at, engagement", cancellationToken);

    /// <summary>When the next engagement is to be looked at, or null.</summary>
    internal async Task<DateTimeOffset?> NextLookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return Instants.ParseOrNull(await connection.ExecuteScalarAsync<string?>("SELECT min(look_at) FROM seen"));
    }

    /// <summary>The newest 更新日時 that was read of an app, by kintone's clock; null before the first round.</summary>
    internal async Task<DateTimeOffset?> WatermarkAsync(string app, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return Instants.ParseOrNull(await connection.ExecuteScalarAsync<string?>("SELECT updated_at FROM watermark WHERE app = @app", new { app }));
    }

    /// <summary>Moves the watermark on, never back.</summary>
    internal Task WatermarkAsync(string app, DateTimeOffset updatedAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                """
                INSERT INTO watermark (app, updated_at) VALUES (@app, @at)
                ON CONFLICT (app) DO UPDATE SET updated_at = max(updated_at, excluded.updated_at)
                """,
                new { app, at = updatedAt.Text() },
                transaction),
            cancellationToken);

    private async Task<IReadOnlyList<EngagementId>> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(sql, new { AtOnce, now = time.GetUtcNow().Text() });
        return [.. ids.Select(static id => new EngagementId(id))];
    }
}
