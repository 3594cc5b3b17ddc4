using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A MySQL or MariaDB server that greets and then refuses every login. Source: MariaDB knowledge base, "Connecting" (initial handshake packet, error packet).</summary>
public sealed class MySqlTarget(IPAddress address, int port, string version) : TcpTarget(address, port)
{
    private const int HeaderLength = 4;
    private const int AccessDenied = 1045;

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync(Packet(0, Greeting()), cancellationToken);
        if (await line.ReadExactlyAsync(HeaderLength, cancellationToken) is not { } header) return;
        if (await line.ReadExactlyAsync(header[0] | (header[1] << 8) | (header[2] << 16), cancellationToken) is null) return;
        byte[] refusal = [0xFF, AccessDenied & 0xFF, AccessDenied >> 8, .. "#28000Access denied"u8];
        await line.WriteAsync(Packet((byte)(header[3] + 1), refusal), cancellationToken);
    }

    private byte[] Greeting() =>
    [
        10, .. Encoding.ASCII.GetBytes(version), 0,
        .. new byte[] { 31, 0, 0, 0 }, // connection id
        .. "Lab5alt!"u8, 0, // first part of the challenge
        0xFE, 0xF7, // capabilities, lower half
        45, // utf8mb4_general_ci
        2, 0, // autocommit
        0xFF, 0x81, // capabilities, upper half
        21, .. new byte[10],
        .. "Lab5alt!rest"u8, 0, // second part of the challenge
        .. "mysql_native_password"u8, 0,
    ];

    private static byte[] Packet(byte number, byte[] payload) =>
        [(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), number, .. payload];
}
