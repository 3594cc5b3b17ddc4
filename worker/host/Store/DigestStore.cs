using Dapper;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>Requests that wait for the same mail of a vendor's day, and the one of them that carries the rest.</summary>
/// <remarks>What is gathered stays with its carrier: a crash between gathering and composing finds the same requests again. Source: docs/decisions/0148.</remarks>
internal sealed class DigestStore(Database database)
{
    private const string Carried = "carried";
    private const string Never = "9999-12-31T00:00:00.0000000Z";

    /// <summary>Binds every other request that is due for this mail to its carrier.</summary>
    /// <returns>The others, in the order in which they were decided; none where the request goes out alone.</returns>
    internal Task<IReadOnlyList<(EngagementId Engagement, SendMail Effect)>> GatherAsync(EffectRow carrier, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<(EngagementId, SendMail)>>(
            async (connection, transaction) =>
            {
                var order = carrier.As<SendMail>().Order;
                var rows = await connection.QueryAsync<(string Key, long Engagement, string Body)>(
                    """
                    SELECT key, engagement, body FROM effect
                    WHERE status = 'released' AND kind = 'SendMail' AND owner IS NULL AND (stage = '' OR (stage = @Carried AND note = @Key))
                    ORDER BY sequence
                    """,
                    new { Carried, carrier.Key },
                    transaction);
                var others = rows.Select(static row => (row.Key, Engagement: new EngagementId(row.Engagement), Effect: Json.Read<SendMail>(row.Body)))
                    .Where(other => other.Effect.Order.CollectUntil == order.CollectUntil && other.Effect.Order.To.Mail == order.To.Mail)
                    .ToList();
                foreach (var (key, _, _) in others)
                {
                    await connection.ExecuteAsync(
                        "UPDATE effect SET stage = @Carried, note = @carrier, due_at = @Never WHERE key = @key",
                        new { Carried, Never, key, carrier = carrier.Key },
                        transaction);
                }

                return [.. others.Select(static other => (other.Engagement, other.Effect))];
            },
            cancellationToken);

    /// <summary>A carrier that goes nowhere lets its requests go: another of them carries the rest.</summary>
    internal Task UnloadAsync(string carrier, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE effect SET stage = '', note = '', due_at = created_at WHERE status = 'released' AND stage = @Carried AND note = @carrier",
                new { Carried, carrier },
                transaction),
            cancellationToken);

    /// <summary>What a carrier carries.</summary>
    internal async Task<IReadOnlyList<(EngagementId Engagement, SendMail Effect)>> CarriedByAsync(string carrier, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Engagement, string Body)>(
            "SELECT engagement, body FROM effect WHERE status = 'released' AND stage = @Carried AND note = @carrier ORDER BY sequence", new { Carried, carrier });
        return [.. rows.Select(static row => (new EngagementId(row.Engagement), Json.Read<SendMail>(row.Body)))];
    }
}
