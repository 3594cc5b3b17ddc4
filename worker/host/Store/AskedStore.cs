using System.Globalization;
using Dapper;
using VulnDiag.Mail.Incoming;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>What was asked of whom, so that replies are told from strangers' mails.</summary>
internal sealed class AskedStore(Database database)
{
    private const string MailboxMark = "mailbox-mark";
    private const string LearnedUpTo = "communication-learned";
    private const string InsertSql = "INSERT OR IGNORE INTO asked (message, engagement, reference, address, body) VALUES (@MessageId, @engagement, @Reference, @address, @body)";
    private const string FactSql = "INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    /// <summary>Remembers a mail of ours.</summary>
    internal Task AddAsync(AskedRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) => connection.ExecuteAsync(InsertSql, Row(request), transaction), cancellationToken);

    /// <summary>Remembers mails that another worker sent, as far as kintone tells: who was asked about which engagement.</summary>
    /// <param name="requests">The mails; what is known of a mail already stays.</param>
    /// <param name="upTo">Number of the last row that was read.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    internal Task LearnAsync(IReadOnlyList<AskedRequest> requests, long upTo, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(InsertSql, requests.Select(Row), transaction);
                await connection.ExecuteAsync(FactSql, new { name = LearnedUpTo, value = upTo.ToString(CultureInfo.InvariantCulture) }, transaction);
            },
            cancellationToken);

    /// <summary>Up to which row of the communication app this folder has learned; 0 at the first time.</summary>
    internal async Task<long> LearnedUpToAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var value = await connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = @LearnedUpTo", new { LearnedUpTo });
        return value is null ? 0 : long.Parse(value, CultureInfo.InvariantCulture);
    }

    /// <summary>Everything that an inbound mail might be about, newest last: by what it answers, by its reference, by its sender or lost recipient.</summary>
    internal async Task<IReadOnlyList<AskedRequest>> NearAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var rows = await connection.QueryAsync<string>(
            """
            SELECT body FROM asked
            WHERE message = @AnsweredMessageId OR reference = @Reference OR address IN (@From, @recipient)
            ORDER BY rowid
            """,
            new { mail.AnsweredMessageId, mail.Reference, mail.From, recipient = mail.Recipient?.ToLowerInvariant() });
        return [.. rows.Select(Json.Read<AskedRequest>)];
    }

    /// <summary>Where reading the mailbox goes on; empty at the first time.</summary>
    internal async Task<string> MarkAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = @MailboxMark", new { MailboxMark }) ?? "";
    }

    /// <summary>The mailbox was read up to here.</summary>
    internal Task MarkAsync(string mark, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(FactSql, new { name = MailboxMark, value = mark }, transaction),
            cancellationToken);

    private static object Row(AskedRequest request) => new
    {
        request.MessageId, engagement = request.Engagement.Value, request.Reference, address = request.Address.ToLowerInvariant(), body = Json.Write(request),
    };
}
