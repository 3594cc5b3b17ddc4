using Dapper;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;

namespace VulnDiag.Worker.Store;

/// <summary>Mails that asked to stop. The record says up to when they are settled; here they stay.</summary>
internal sealed class StopRequests(Database database)
{
    /// <summary>When a mail was first heard, or null when it was not.</summary>
    internal async Task<DateTimeOffset?> HeardAtAsync(string messageId, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return Instants.ParseOrNull(await connection.ExecuteScalarAsync<string?>("SELECT min(received_at) FROM stop_request WHERE message = @messageId", new { messageId }));
    }

    /// <summary>Records one for an engagement; the same mail again changes nothing.</summary>
    /// <returns>True when it was new.</returns>
    internal async Task<bool> AddAsync(string messageId, EngagementId engagement, StopRequest request, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "INSERT OR IGNORE INTO stop_request (message, engagement, sender, words, received_at) VALUES (@messageId, @id, @From, @Words, @at)",
                new { messageId, id = engagement.Value, request.From, request.Words, at = request.At.Text() },
                transaction),
            cancellationToken) > 0;

    /// <summary>Those about an engagement, in order of time.</summary>
    internal async Task<IReadOnlyList<StopRequest>> OfAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string At, string From, string Words)>(
            "SELECT received_at, sender, words FROM stop_request WHERE engagement = @id ORDER BY received_at, message", new { id = engagement.Value });
        return [.. rows.Select(static row => new StopRequest(Instants.Parse(row.At), row.From, row.Words))];
    }
}
