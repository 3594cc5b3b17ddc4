using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads the first packet of a MySQL or MariaDB server. Sends nothing.</summary>
/// <remarks>Worst case: 1 connection, nothing sent. Source: MySQL internals manual, "Protocol::HandshakeV10" and "ERR_Packet"; MariaDB documentation, "Connecting" (the 5.5.5- prefix).</remarks>
internal sealed class MysqlProbe : IServiceProbe
{
    private const int MaxPacket = 4096;
    private const byte Error = 0xFF;
    private const int SslCapability = 0x0800;

    public ProbeInfo Info { get; } = new("mysql", Transport.Tcp, Ports: [3306, 3307, 33060], MaxRequests: 0) { Order = 20 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => TryRead(greeting) is not null;

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        var packet = await link.ReadUntilAsync(static bytes => bytes.Length >= 4 && bytes.Length >= 4 + Length(bytes), cancellationToken);
        if (packet.IsEmpty) return ProbeOutcome.Silent();
        return TryRead(packet.Span) is { } read
            ? ProbeOutcome.Identified(read, Evidence.Of(packet))
            : ProbeOutcome.NoMatch(Evidence.Of(packet));
    }

    private static int Length(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static Identification? TryRead(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 8 || packet[3] > 1 || Length(packet) is < 5 or > MaxPacket || packet.Length - 4 < Length(packet)) return null;
        var body = new ByteReader(packet.Slice(4, Length(packet)));
        return body.Byte() switch
        {
            Error => ReadError(body.UInt16Little(), body.Text(body.Rest.Length)),
            9 or 10 => ReadHandshake(body),
            _ => null,
        };
    }

    private static Identification? ReadHandshake(ByteReader body)
    {
        var version = body.TextToZero();
        if (body.Short || version.Length is 0 or > 100 || version.Any(static character => character is < ' ' or > '~')) return null;
        body.Skip(4 + 8 + 1);
        var capabilities = body.UInt16Little();
        var read = FingerprintCatalogue.Shipped.Match("mysql.version", version) ?? new Identification { Service = "mysql", Info = version, Confidence = 80 };
        return body.Short ? read : read.WithFact(FactNames.StartTls, (capabilities & SslCapability) != 0 ? FactNames.Yes : FactNames.No);
    }

    private static Identification? ReadError(int code, string words)
    {
        // 1040 too many connections, 1129 host is blocked, 1130 host is not allowed: the server answers, and lets nobody in from here.
        if (code is not (1040 or 1129 or 1130)) return null;
        var maria = words.Contains("MariaDB", StringComparison.Ordinal);
        return new Identification
        {
            Service = "mysql",
            Product = maria ? "MariaDB" : words.Contains("MySQL", StringComparison.Ordinal) ? "MySQL" : null,
            Cpe = maria ? ["cpe:2.3:a:mariadb:mariadb:*:*:*:*:*:*:*:*"] : [],
            Confidence = 85,
        }.WithFact("hostAllowed", FactNames.No);
    }
}
