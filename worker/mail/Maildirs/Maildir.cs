using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Mail.Maildirs;

/// <summary>One mailbox as a folder: new/, cur/ and tmp/ below ROOT/ADDRESS.</summary>
/// <remarks>Source: maildir(5) of qmail: written in tmp, renamed into new; a reader moves to cur and adds <c>:2,FLAGS</c>. Safe for several processes.</remarks>
internal sealed class Maildir
{
    private readonly string _folder;

    internal Maildir(string root, string address) => _folder = Path.Combine(root, FolderName(address));

    private string New => Path.Combine(_folder, "new");

    private string Cur => Path.Combine(_folder, "cur");

    private string Tmp => Path.Combine(_folder, "tmp");

    /// <summary>The name of a mail's file: the same Message-ID has the same name, so that it lies here once.</summary>
    internal static string FileName(string messageId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16)) + ".vulndiag";

    /// <summary>True when the mail lies here, read or not.</summary>
    internal bool Contains(string messageId)
    {
        var name = FileName(messageId);
        return File.Exists(Path.Combine(New, name))
            || (Directory.Exists(Cur) && Directory.EnumerateFiles(Cur, name + "*").Any());
    }

    /// <summary>True when its folders are there.</summary>
    internal bool IsMade => Directory.Exists(New);

    /// <summary>Makes the folders that are not there.</summary>
    internal void Make()
    {
        foreach (var folder in new[] { New, Cur, Tmp }) Directory.CreateDirectory(folder);
    }

    /// <summary>Puts a mail in; does nothing when it already lies here.</summary>
    internal async Task DeliverAsync(string messageId, ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        Make();
        if (Contains(messageId)) return;

        var name = FileName(messageId);
        var written = Path.Combine(Tmp, $"{name}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        await using (var file = new FileStream(written, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(raw, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, Path.Combine(New, name), overwrite: true);
    }

    /// <summary>Paths of mails that nobody has processed, oldest first.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is not there: that is no empty mailbox.</exception>
    internal IReadOnlyList<string> Unread() =>
    [
        .. new DirectoryInfo(New).EnumerateFiles()
            .OrderBy(static file => file.LastWriteTimeUtc)
            .ThenBy(static file => file.Name, StringComparer.Ordinal)
            .Select(static file => file.FullName),
    ];

    /// <summary>Moves a mail from new to cur, marked as seen; does nothing when it is no longer there.</summary>
    internal void MarkProcessed(string path)
    {
        Directory.CreateDirectory(Cur);
        if (!File.Exists(path)) return;
        File.Move(path, Path.Combine(Cur, Path.GetFileName(path) + ":2,S"), overwrite: true);
    }

    /// <summary>Lower case, with every character that has a meaning in a path written as %XX.</summary>
    private static string FolderName(string address)
    {
        var name = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(address.ToLowerInvariant()))
        {
            var plain = char.IsAsciiLetterOrDigit((char)octet) || "@+-_=".Contains((char)octet, StringComparison.Ordinal) || (octet == '.' && name.Length > 0);
            if (plain) name.Append((char)octet);
            else name.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }
}
