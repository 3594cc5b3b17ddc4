using Dapper;
using VulnDiag.Mail.Incoming;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>What was asked of whom, so that replies are told from strangers' mails.</summary>
internal sealed class AskedStore(Database database)
{
    private const string MailboxMark = "mailbox-mark";

    /// <summary>Remembers a mail of ours.</summary>
    internal Task AddAsync(AskedRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "INSERT OR IGNORE INTO asked (message, engagement, reference, address, body) VALUES (@MessageId, @engagement, @Reference, @address, @body)",
                new { request.MessageId, engagement = request.Engagement.Value, request.Reference, address = request.Address.ToLowerInvariant(), body = Json.Write(request) },
                transaction),
            cancellationToken);

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
            (connection, transaction) => connection.ExecuteAsync(
                "INSERT INTO fact (name, value) VALUES (@MailboxMark, @mark) ON CONFLICT (name) DO UPDATE SET value = excluded.value", new { MailboxMark, mark }, transaction),
            cancellationToken);
}
