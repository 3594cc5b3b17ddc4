using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>An IMAP server that lets nobody in. Source: RFC 3501.</summary>
public sealed class ImapTarget(IPAddress address, int port, string greeting) : TcpTarget(address, port)
{
    private const string Capabilities = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN";

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync($"* OK [CAPABILITY {Capabilities}] {greeting}\r\n", cancellationToken);
        while (await line.ReadLineAsync(cancellationToken) is { } command)
        {
            var parts = command.Split(' ');
            var (tag, verb) = (parts[0], parts.Length > 1 ? parts[1].ToUpperInvariant() : "");
            await line.WriteAsync(Answer(tag, verb) + "\r\n", cancellationToken);
            if (verb == "LOGOUT") return;
        }
    }

    private static string Answer(string tag, string verb) => verb switch
    {
        "CAPABILITY" => $"* CAPABILITY {Capabilities}\r\n{tag} OK Pre-login capabilities listed, post-login capabilities have more.",
        "ID" => $"* ID (\"name\" \"Dovecot\")\r\n{tag} OK ID completed.",
        "NOOP" => $"{tag} OK NOOP completed.",
        "LOGIN" or "AUTHENTICATE" => $"{tag} NO [AUTHENTICATIONFAILED] Authentication failed.",
        "LOGOUT" => $"* BYE Logging out\r\n{tag} OK Logout completed.",
        _ => $"{tag} BAD Error in IMAP command received by server.",
    };
}
