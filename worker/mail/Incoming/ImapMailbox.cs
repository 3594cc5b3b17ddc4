using System.Globalization;
using System.Security.Cryptography;
using MailKit;
using VulnDiag.Mail.Servers;

namespace VulnDiag.Mail.Incoming;

/// <summary>A mailbox behind IMAP, read by UID: a connection per round, nothing kept open.</summary>
/// <remarks>
/// The mark is <c>UIDVALIDITY:UID</c>. When the server starts a new UIDVALIDITY, everything is read again and told apart by <see cref="StoredMail.Id"/>.
/// Source: RFC 3501 section 2.3.1.1.
/// </remarks>
public sealed class ImapMailbox : IMailbox
{
    private const uint LargestBytes = 25 * 1024 * 1024;

    private readonly MailServer _server;
    private readonly string _folder;

    /// <summary>The mailbox in one folder.</summary>
    /// <param name="server">The IMAP server and our login.</param>
    /// <param name="folder">Folder that answers arrive in, such as INBOX.</param>
    public ImapMailbox(MailServer server, string folder = "INBOX")
    {
        _server = server;
        _folder = folder;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMail>> ReadAsync(string mark, int skip, CancellationToken cancellationToken) =>
        ImapFolder.UseAsync(_server, _folder, FolderAccess.ReadOnly, (folder, token) => ReadAsync(folder, mark, skip, token), cancellationToken);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(StoredMail mail, CancellationToken cancellationToken) =>
        ImapFolder.UseAsync(_server, _folder, FolderAccess.ReadWrite, (folder, token) => AcknowledgeAsync(folder, mail, token), cancellationToken);

    private static async Task<IReadOnlyList<StoredMail>> ReadAsync(IMailFolder folder, string mark, int skip, CancellationToken cancellationToken)
    {
        var first = After(mark, folder.UidValidity);
        if (first is null || folder.Count == 0) return [];

        var range = new UniqueIdRange(folder.UidValidity, first.Value, uint.MaxValue);
        var summaries = await folder.FetchAsync(range, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellationToken).ConfigureAwait(false);
        var mails = new List<StoredMail>();
        // A range that ends in "*" always answers with the last mail, even one below its start.
        foreach (var summary in summaries.Where(item => item.UniqueId.Id >= first).OrderBy(static item => item.UniqueId.Id).Skip(skip).Take(IMailbox.Batch))
        {
            var raw = await RawAsync(folder, summary, cancellationToken).ConfigureAwait(false);
            if (raw is null) continue;
            mails.Add(new StoredMail(Convert.ToHexStringLower(SHA256.HashData(raw)), Mark(folder, summary.UniqueId), raw));
        }

        return mails;
    }

    /// <summary>Null when somebody deleted the mail in between.</summary>
    private static async Task<byte[]?> RawAsync(IMailFolder folder, IMessageSummary summary, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = summary.Size > LargestBytes
                ? await folder.GetStreamAsync(summary.UniqueId, "HEADER", cancellationToken).ConfigureAwait(false)
                : await folder.GetStreamAsync(summary.UniqueId, cancellationToken).ConfigureAwait(false);
            using var raw = new MemoryStream();
            await stream.CopyToAsync(raw, cancellationToken).ConfigureAwait(false);
            return raw.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    private static async Task<bool> AcknowledgeAsync(IMailFolder folder, StoredMail mail, CancellationToken cancellationToken)
    {
        if (Parse(mail.Mark) is not { } mark || mark.Validity != folder.UidValidity) return false;
        var uid = new UniqueId(mark.Validity, mark.Uid);
        await folder.StoreAsync(uid, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true }, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The first UID to read; null when the mark is at the very last one.</summary>
    private static uint? After(string mark, uint validity)
    {
        if (Parse(mark) is not { } read || read.Validity != validity) return 1;
        return read.Uid == uint.MaxValue ? null : read.Uid + 1;
    }

    private static string Mark(IMailFolder folder, UniqueId uid) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder.UidValidity}:{uid.Id}");

    private static (uint Validity, uint Uid)? Parse(string mark)
    {
        var parts = mark.Split(':');
        return parts.Length == 2
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var validity)
            && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? (validity, uid)
            : null;
    }
}
