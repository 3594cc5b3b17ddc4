using System.Net.Security;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;

namespace VulnDiag.Mail.Servers;

/// <summary>MailKit's SMTP client under <see cref="TlsRules"/>.</summary>
internal class RuledSmtpClient : SmtpClient
{
    private readonly MailServer _server;

    internal RuledSmtpClient(MailServer server)
    {
        _server = server;
        CheckCertificateRevocation = false; // an unreachable revocation list must not hold up a STOP mail
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback) =>
        TlsRules.Apply(base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback), _server);
}

/// <summary>MailKit's IMAP client under <see cref="TlsRules"/>.</summary>
internal sealed class RuledImapClient : ImapClient
{
    private readonly MailServer _server;

    internal RuledImapClient(MailServer server)
    {
        _server = server;
        CheckCertificateRevocation = false; // an unreachable revocation list must not hold up a STOP mail
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback) =>
        TlsRules.Apply(base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback), _server);
}
