using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A telnet server that asks for a login and refuses every one. Source: RFC 854, 857 and 858.</summary>
public sealed class TelnetTarget(IPAddress address, int port, string banner) : TcpTarget(address, port)
{
    // IAC WILL ECHO, IAC WILL SUPPRESS-GO-AHEAD, IAC DO TERMINAL-TYPE
    private static readonly byte[] Options = [0xFF, 0xFB, 0x01, 0xFF, 0xFB, 0x03, 0xFF, 0xFD, 0x18];

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync(Options, cancellationToken);
        await line.WriteAsync($"\r\n{banner}\r\nlogin: ", cancellationToken);
        while (await line.ReadLineAsync(cancellationToken) is not null)
        {
            await line.WriteAsync("Password: ", cancellationToken);
            if (await line.ReadLineAsync(cancellationToken) is null) return;
            await line.WriteAsync("\r\nLogin incorrect\r\nlogin: ", cancellationToken);
        }
    }
}
