using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Security;

namespace VulnDiag.Mail.Servers;

/// <summary>What every connection to a mail server must keep to.</summary>
/// <remarks>Source: RFC 8314 (TLS for submission and access). Reasons stand in docs/decisions/0141.</remarks>
internal static class TlsRules
{
    internal static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
    };

    /// <summary>Connects, makes sure that the connection is encrypted, and only then logs in.</summary>
    internal static Task LogInAsync(MailService client, MailServer server, CancellationToken cancellationToken) =>
        Patience.LimitAsync(server.Timeout, token => LogInNowAsync(client, server, token), cancellationToken);

    private static async Task<bool> LogInNowAsync(MailService client, MailServer server, CancellationToken cancellationToken)
    {
        client.ServerCertificateValidationCallback = static (_, _, _, errors) => errors is SslPolicyErrors.None;
        await client.ConnectAsync(server.Host, server.Port, Options(server.Security), cancellationToken).ConfigureAwait(false);
        if (!client.IsSecure) throw new AuthenticationException($"{server} is not encrypted: no login.");
        await client.AuthenticateAsync(server.User, server.Password, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>True for what a server, a network or a wrong password may do to us; false for our own mistakes and for being cancelled.</summary>
    internal static bool IsOfTheWorld(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        IOException or SocketException or TimeoutException => true,
        ProtocolException or CommandException or ServiceNotConnectedException or FolderNotFoundException => true,
        SslHandshakeException or AuthenticationException or NotSupportedException => true,
        _ => false,
    };

    /// <summary>A resumed session is not asked for its certificate again: every session is a new one.</summary>
    internal static SslClientAuthenticationOptions Apply(SslClientAuthenticationOptions options, MailServer server)
    {
        options.AllowTlsResume = false;
        if (server.TrustedCaFile is null) return options;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(server.TrustedCaFile);
        options.CertificateChainPolicy = policy;
        return options;
    }
}
