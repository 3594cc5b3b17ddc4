using MimeKit;
using VulnDiag.Lab.Mail;

namespace VulnDiag.Lab.Portal.Mail;

/// <summary>A mail in a folder, as a list shows it.</summary>
/// <param name="Folder">The address whose folder it is in.</param>
/// <param name="Name">Its name there, which it keeps when it is read.</param>
/// <param name="Subject">The subject.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The recipients.</param>
/// <param name="At">When it was sent, by its own word.</param>
/// <param name="Came">When it came into the folder, in real time: the lab's clock may stand still while mails go to and fro.</param>
/// <param name="MessageId">What tells it from others; copies in other folders have the same.</param>
internal sealed record MailLine(string Folder, string Name, string Subject, string From, string To, DateTimeOffset At, DateTime Came, string MessageId);

/// <summary>Looks into mail folders without touching them: nothing is marked as read. A name from an address is compared with those that are there, and never becomes a path.</summary>
internal sealed class MailReader(string root, TimeProvider time)
{
    private readonly MaildirPost _post = new(root, time);

    /// <summary>The folders with how many mails each holds.</summary>
    public IReadOnlyList<(string Address, int Count)> Folders => [.. _post.Addresses.Select(address => (address, _post.ListAll(address).Count))];

    /// <summary>The mails of a folder, the newest first; none when there is no such folder.</summary>
    public async Task<IReadOnlyList<MailLine>> ListAsync(string address, CancellationToken cancellationToken)
    {
        if (!_post.Addresses.Contains(address)) return [];
        var lines = new List<MailLine>();
        foreach (var entry in _post.ListAll(address)) lines.Add(Line(entry, await LoadAsync(entry, cancellationToken)));
        return [.. lines.OrderByDescending(static line => line.Came)];
    }

    /// <summary>Every mail once whose subject has a word in it, the oldest first: how an engagement went.</summary>
    public async Task<IReadOnlyList<MailLine>> FindAsync(string sought, CancellationToken cancellationToken)
    {
        var found = new List<MailLine>();
        foreach (var address in _post.Addresses) found.AddRange(await ListAsync(address, cancellationToken));
        return [.. found.Where(line => line.Subject.Contains(sought, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static line => line.Came)
            .DistinctBy(static line => line.MessageId)];
    }

    /// <summary>A mail; null when there is none of that name in the folder.</summary>
    public async Task<MimeMessage?> OpenAsync(string address, string name, CancellationToken cancellationToken)
    {
        if (!_post.Addresses.Contains(address)) return null;
        var entry = _post.ListAll(address).FirstOrDefault(candidate => NameOf(candidate) == name);
        return entry is null ? null : await LoadAsync(entry, cancellationToken);
    }

    private async Task<MimeMessage> LoadAsync(MaildirEntry entry, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(await _post.ReadAsync(entry, cancellationToken));
        return await MimeMessage.LoadAsync(bytes, cancellationToken);
    }

    private static MailLine Line(MaildirEntry entry, MimeMessage mail) =>
        new(entry.Address, NameOf(entry), mail.Subject ?? "", mail.From.ToString(), mail.To.ToString(), mail.Date, File.GetLastWriteTimeUtc(entry.Path), mail.MessageId ?? NameOf(entry));

    /// <summary>The file's name without its flags.</summary>
    private static string NameOf(MaildirEntry entry) => Path.GetFileName(entry.Path).Split(':')[0];
}
