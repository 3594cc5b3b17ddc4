using System.Security.Cryptography;
using VulnDiag.Mail.Maildirs;

namespace VulnDiag.Mail.Incoming;

/// <summary>A mailbox in a Maildir folder: new/ holds what waits, cur/ what was dealt with. The mark is the file's path.</summary>
public sealed class MaildirMailbox : IMailbox
{
    private const int LargestBytes = 25 * 1024 * 1024;

    private readonly Maildir _folder;
    private bool _made;

    /// <summary>The mailbox of one address.</summary>
    /// <param name="root">The folder that holds a folder per address.</param>
    /// <param name="address">Our address.</param>
    public MaildirMailbox(string root, string address) => _folder = new Maildir(root, address);

    /// <summary>True when the mailbox of an address has been made.</summary>
    /// <param name="root">The folder that holds a folder per address.</param>
    /// <param name="address">Our address.</param>
    public static bool IsAt(string root, string address) => new Maildir(root, address).IsMade;

    /// <inheritdoc/>
    /// <remarks>
    /// The mark is not needed: what was acknowledged is no longer in new/. The folders are made at the first reading and never again: when they are
    /// gone later, say with the disk that they lay on, the mailbox was not read, and scans must not go on as if nobody had written STOP.
    /// </remarks>
    /// <exception cref="IOException">The folders cannot be made or read, or are gone.</exception>
    public async Task<IReadOnlyList<StoredMail>> ReadAsync(string mark, int skip, CancellationToken cancellationToken)
    {
        if (!_made) _folder.Make();
        _made = true;
        var mails = new List<StoredMail>();
        foreach (var path in _folder.Unread().Skip(skip).Take(IMailbox.Batch))
        {
            var raw = await ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
            mails.Add(new StoredMail(Convert.ToHexStringLower(SHA256.HashData(raw)), path, raw));
        }

        return mails;
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(StoredMail mail, CancellationToken cancellationToken)
    {
        _folder.MarkProcessed(mail.Mark);
        return Task.CompletedTask;
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var raw = new byte[Math.Min(file.Length, LargestBytes)];
        await file.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return raw;
    }
}
