using MailKit;

namespace VulnDiag.Mail.Servers;

/// <summary>One folder behind IMAP: connect, log in, open, act, leave.</summary>
internal static class ImapFolder
{
    /// <exception cref="IOException">The server, the network or the login does not let us.</exception>
    internal static async Task<T> UseAsync<T>(
        MailServer server, string name, FolderAccess access, Func<IMailFolder, Task<T>> act, CancellationToken cancellationToken)
    {
        using var client = new RuledImapClient(server);
        try
        {
            await TlsRules.LogInAsync(client, server, cancellationToken).ConfigureAwait(false);
            var folder = await client.GetFolderAsync(name, cancellationToken).ConfigureAwait(false);
            await folder.OpenAsync(access, cancellationToken).ConfigureAwait(false);
            var result = await act(folder).ConfigureAwait(false);
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception fault) when (TlsRules.IsOfTheWorld(fault, cancellationToken))
        {
            throw new IOException($"Folder {name} at {server} cannot be used: {fault.Message}", fault);
        }
    }
}
