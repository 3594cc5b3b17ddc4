using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>An SMTP server up to the recipients; it takes no mail. An open one accepts any recipient. Source: RFC 5321.</summary>
public sealed class SmtpTarget(IPAddress address, int port, string hostName, string greeting, bool openRelay) : TcpTarget(address, port)
{
    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync($"220 {hostName} {greeting}\r\n", cancellationToken);
        while (await line.ReadLineAsync(cancellationToken) is { } command)
        {
            var verb = command.Split(' ', 2)[0].ToUpperInvariant();
            await line.WriteAsync(Answer(verb) + "\r\n", cancellationToken);
            if (verb == "QUIT") return;
        }
    }

    private string Answer(string verb) => verb switch
    {
        "EHLO" => $"250-{hostName}\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-VRFY\r\n250-ETRN\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 DSN",
        "HELO" => $"250 {hostName}",
        "MAIL" => "250 2.1.0 Ok",
        "RCPT" => openRelay ? "250 2.1.5 Ok" : "554 5.7.1 Relay access denied",
        "DATA" => "451 4.3.0 Try again later",
        "RSET" or "NOOP" => "250 2.0.0 Ok",
        "VRFY" => "252 2.0.0 Cannot verify",
        "QUIT" => "221 2.0.0 Bye",
        _ => "502 5.5.2 Error: command not recognized",
    };
}
