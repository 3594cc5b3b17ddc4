namespace VulnDiag.Lab.Mail;

/// <summary>The lab's post: a Maildir folder per address under one root. Bytes in, bytes out; what they mean is the readers' business.</summary>
/// <remarks>Thread- and process-safe, as Maildir is: a message is written aside and renamed into place. Source: D. J. Bernstein, "Using maildir format" (https://cr.yp.to/proto/maildir.html).</remarks>
public sealed class MaildirPost
{
    private readonly string _root;
    private readonly TimeProvider _time;
    private int _delivered;

    /// <summary>Opens the post under <paramref name="root"/>; the folder is made when it is missing.</summary>
    public MaildirPost(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _time = time;
        Directory.CreateDirectory(_root);
    }

    /// <summary>The addresses that have a folder, in order.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. new DirectoryInfo(_root).EnumerateDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal)];

    /// <summary>The Maildir folder of an address: its letters in lower case.</summary>
    /// <exception cref="ArgumentException">The text cannot be an address' folder: it is empty or long, or holds a separator, a control character or a leading dot.</exception>
    public string FolderOf(string address)
    {
        var name = address.ToLowerInvariant();
        var fits = name.Length is > 0 and <= 200 && name[0] != '.' && !name.Any(letter => char.IsControl(letter) || letter is '/' or '\\' or ':');
        return fits ? Path.Combine(_root, name) : throw new ArgumentException($"'{address}' cannot be a mail folder.", nameof(address));
    }

    /// <summary>Puts a message into an address' folder. It is whole and on disk before it can be seen.</summary>
    /// <param name="address">The address; its folder is made when it is missing.</param>
    /// <param name="message">The message as it travels (RFC 5322).</param>
    /// <param name="cancellationToken">Stops before the message is seen.</param>
    /// <exception cref="ArgumentException">The address cannot be a folder.</exception>
    /// <exception cref="IOException">The disk is full or not writable; then nothing is delivered.</exception>
    public async Task<MaildirEntry> DeliverAsync(string address, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var folder = FolderOf(address);
        foreach (var part in new[] { "tmp", "new", "cur" }) Directory.CreateDirectory(Path.Combine(folder, part));
        var name = UniqueName();
        var aside = Path.Combine(folder, "tmp", name);
        try
        {
            await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 12, FileOptions.Asynchronous))
            {
                await file.WriteAsync(message, cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, "new", name);
            File.Move(aside, path);
            return new MaildirEntry(address, path, IsNew: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>The messages that nobody has read yet, oldest first; none when the address has no folder.</summary>
    /// <exception cref="ArgumentException">The address cannot be a folder.</exception>
    public IReadOnlyList<MaildirEntry> ListNew(string address) => List(address, "new");

    /// <summary>All messages, oldest first.</summary>
    /// <exception cref="ArgumentException">The address cannot be a folder.</exception>
    public IReadOnlyList<MaildirEntry> ListAll(string address) =>
        [.. List(address, "cur").Concat(List(address, "new")).OrderBy(entry => Path.GetFileName(entry.Path), StringComparer.Ordinal)];

    /// <summary>A message's bytes.</summary>
    /// <exception cref="IOException">It is not there any more.</exception>
    public Task<byte[]> ReadAsync(MaildirEntry entry, CancellationToken cancellationToken) => File.ReadAllBytesAsync(entry.Path, cancellationToken);

    /// <summary>Marks a message as read: it moves to <c>cur</c> with the flag S.</summary>
    /// <exception cref="IOException">It is not there any more: somebody else has read it.</exception>
    public MaildirEntry MarkRead(MaildirEntry entry)
    {
        if (!entry.IsNew) return entry;
        var path = Path.Combine(FolderOf(entry.Address), "cur", Path.GetFileName(entry.Path) + ":2,S");
        File.Move(entry.Path, path);
        return entry with { Path = path, IsNew = false };
    }

    private List<MaildirEntry> List(string address, string part)
    {
        var folder = new DirectoryInfo(Path.Combine(FolderOf(address), part));
        if (!folder.Exists) return [];
        return [.. folder.EnumerateFiles()
            .Where(file => !file.Name.StartsWith('.'))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new MaildirEntry(address, file.FullName, part == "new"))];
    }

    /// <summary>A name no other delivery has: seconds and microseconds (so that names sort by time), process, number, host.</summary>
    private string UniqueName()
    {
        var now = _time.GetUtcNow();
        var microseconds = now.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var number = Interlocked.Increment(ref _delivered);
        return $"{now.ToUnixTimeSeconds()}.M{microseconds:D6}P{Environment.ProcessId}Q{number:D8}R{Guid.NewGuid():N}.lab";
    }
}
