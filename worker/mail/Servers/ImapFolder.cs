using MailKit;
using MailKit.Net.Imap;

namespace VulnDiag.Mail.Servers;

/// <summary>One folder behind IMAP: connect, log in, open, act, leave.</summary>
internal static class ImapFolder
{
    /// <exception cref="IOException">The server, the network or the login does not let us.</exception>
    internal static async Task<T> UseAsync<T>(
        MailServer server, string name, FolderAccess access, Func<IMailFolder, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var client = new RuledImapClient(server);
        try
        {
            await TlsRules.LogInAsync(client, server, cancellationToken).ConfigureAwait(false);
            return await Patience.LimitAsync(server.Timeout, token => ActAsync(client, name, access, act, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (TlsRules.IsOfTheWorld(fault, cancellationToken))
        {
            throw new IOException($"Folder {name} at {server} cannot be used: {fault.Message}", fault);
        }
    }

    private static async Task<T> ActAsync<T>(
        ImapClient client, string name, FolderAccess access, Func<IMailFolder, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        var folder = await client.GetFolderAsync(name, cancellationToken).ConfigureAwait(false);
        await folder.OpenAsync(access, cancellationToken).ConfigureAwait(false);
        var result = await act(folder, cancellationToken).ConfigureAwait(false);
        await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
        return result;
    }
}
