using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A POP3 server that lets nobody in. Source: RFC 1939 and 2449.</summary>
public sealed class Pop3Target(IPAddress address, int port, string greeting) : TcpTarget(address, port)
{
    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync($"+OK {greeting}\r\n", cancellationToken);
        while (await line.ReadLineAsync(cancellationToken) is { } command)
        {
            var verb = command.Split(' ', 2)[0].ToUpperInvariant();
            await line.WriteAsync(Answer(verb) + "\r\n", cancellationToken);
            if (verb == "QUIT") return;
        }
    }

    private static string Answer(string verb) => verb switch
    {
        "CAPA" => "+OK\r\nCAPA\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nPIPELINING\r\nUSER\r\nSASL PLAIN\r\n.",
        "USER" => "+OK",
        "PASS" or "AUTH" => "-ERR [AUTH] Authentication failed.",
        "QUIT" => "+OK Logging out",
        _ => "-ERR Unknown command.",
    };
}
