using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>An FTP server up to logging in, anonymous too where it is let. Source: RFC 959.</summary>
public sealed class FtpTarget(IPAddress address, int port, string greeting, bool anonymous) : TcpTarget(address, port)
{
    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync($"220 {greeting}\r\n", cancellationToken);
        var user = "";
        while (await line.ReadLineAsync(cancellationToken) is { } command)
        {
            var parts = command.Split(' ', 2);
            var verb = parts[0].ToUpperInvariant();
            if (verb == "USER") user = parts.Length > 1 ? parts[1] : "";
            await line.WriteAsync(Answer(verb, user) + "\r\n", cancellationToken);
            if (verb == "QUIT") return;
        }
    }

    private string Answer(string verb, string user) => verb switch
    {
        "USER" => "331 Please specify the password.",
        "PASS" => anonymous && user is ("anonymous" or "ftp") ? "230 Login successful." : "530 Login incorrect.",
        "SYST" => "215 UNIX Type: L8",
        "FEAT" => "211-Features:\r\n EPSV\r\n PASV\r\n SIZE\r\n UTF8\r\n211 End",
        "NOOP" => "200 NOOP ok.",
        "QUIT" => "221 Goodbye.",
        _ => "530 Please login with USER and PASS.",
    };
}
