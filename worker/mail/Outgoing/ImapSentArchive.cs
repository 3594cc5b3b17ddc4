using MailKit;
using MailKit.Search;
using VulnDiag.Mail.Servers;

namespace VulnDiag.Mail.Outgoing;

/// <summary>The archive box behind IMAP.</summary>
public sealed class ImapSentArchive : ISentArchive
{
    private readonly MailServer _server;
    private readonly string _folder;

    /// <summary>An archive in one folder.</summary>
    /// <param name="server">The IMAP server and the archive box's login.</param>
    /// <param name="folder">Folder that the copies arrive in, such as INBOX.</param>
    public ImapSentArchive(MailServer server, string folder = "INBOX")
    {
        _server = server;
        _folder = folder;
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(string messageId, CancellationToken cancellationToken) => ImapFolder.UseAsync(
        _server,
        _folder,
        FolderAccess.ReadOnly,
        async (folder, token) => (await folder.SearchAsync(SearchQuery.HeaderContains("Message-Id", messageId), token).ConfigureAwait(false)).Count > 0,
        cancellationToken);
}
