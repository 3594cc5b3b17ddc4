using VulnDiag.Mail.Maildirs;

namespace VulnDiag.Mail.Outgoing;

/// <summary>Puts mails into folders, one per address: for the demo, for tests, and for a site whose own program sends them.</summary>
/// <remarks>A mail that is sent twice lies there once, as its file is named by its Message-ID. Safe for several processes.</remarks>
public sealed class MaildirTransport : IMailTransport, ISentArchive
{
    private readonly string _root;
    private readonly string _archiveAddress;

    /// <summary>A transport over the folders below <paramref name="root"/>.</summary>
    /// <param name="root">The folder that holds a folder per address.</param>
    /// <param name="archiveAddress">Address of the box that gets a copy of every mail.</param>
    public MaildirTransport(string root, string archiveAddress)
    {
        _root = root;
        _archiveAddress = archiveAddress;
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await new Maildir(_root, mail.To).DeliverAsync(mail.MessageId, mail.Raw, cancellationToken).ConfigureAwait(false);
            await new Maildir(_root, _archiveAddress).DeliverAsync(mail.MessageId, mail.Raw, cancellationToken).ConfigureAwait(false);
            return new SendResult.Accepted("delivered");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new SendResult.Transient(fault.Message);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(string messageId, CancellationToken cancellationToken) =>
        Task.FromResult(new Maildir(_root, _archiveAddress).Contains(messageId));
}
