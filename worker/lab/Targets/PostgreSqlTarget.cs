using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A PostgreSQL server without TLS that asks every client for a SCRAM login. Source: PostgreSQL documentation, "Message Formats" and "Message Flow".</summary>
public sealed class PostgreSqlTarget(IPAddress address, int port) : TcpTarget(address, port)
{
    private const int SslRequest = 80_877_103;
    private const int GssRequest = 80_877_104;
    private const int Version3 = 3;
    private const int MaxStartup = 10_000;

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        while (await line.ReadExactlyAsync(8, cancellationToken) is { } head)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            var code = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
            if (length is < 8 or > MaxStartup) return;
            if (await line.ReadExactlyAsync(length - 8, cancellationToken) is null) return;
            if (code is SslRequest or GssRequest)
            {
                await line.WriteAsync("N", cancellationToken);
                continue;
            }

            var isKnown = code >> 16 == Version3;
            await line.WriteAsync(isKnown ? AskForScram() : Unsupported(code), cancellationToken);
            if (!isKnown || await line.ReadSomeAsync(cancellationToken) is null) return;
            await line.WriteAsync(Error("28P01", "password authentication failed", "auth.c", "326", "auth_failed"), cancellationToken);
            return;
        }
    }

    private static byte[] AskForScram()
    {
        byte[] body = [0, 0, 0, 10, .. "SCRAM-SHA-256"u8, 0, 0];
        return Message('R', body);
    }

    private static byte[] Unsupported(int code) =>
        Error("0A000", $"unsupported frontend protocol {(uint)code >> 16}.{code & 0xFFFF}: server supports 3.0 to 3.0", "postmaster.c", "2138", "ProcessStartupPacket");

    private static byte[] Error(string state, string message, string file, string line, string routine)
    {
        var fields = $"SFATAL\0VFATAL\0C{state}\0M{message}\0F{file}\0L{line}\0R{routine}\0\0";
        return Message('E', Encoding.ASCII.GetBytes(fields));
    }

    private static byte[] Message(char type, byte[] body)
    {
        var message = new byte[5 + body.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length + 4);
        body.CopyTo(message, 5);
        return message;
    }
}
