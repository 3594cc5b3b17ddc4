using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Pings a server's baseboard management. Nobody is logged in.</summary>
/// <remarks>Worst case: 1 datagram. Source: IPMI 2.0 specification, section 13.2.3 (RMCP/ASF presence ping), DMTF DSP0136.</remarks>
internal sealed class IpmiProbe : IServiceProbe
{
    private const uint AsfEnterprise = 4542;
    private const byte Ping = 0x80, Pong = 0x40;
    private static readonly byte[] Request = new ByteWriter().Byte(6).Byte(0).Byte(0xFF).Byte(6).UInt32(AsfEnterprise).Byte(Ping).Byte(0).Byte(0).Byte(0).ToArray();

    public ProbeInfo Info { get; } = new("ipmi", Transport.Udp, Ports: [623], MaxRequests: 1) { AnyPort = 140 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var version = reader.Byte();
        reader.Skip(2);
        var isAsf = reader.Byte() == 6 && reader.UInt32() == AsfEnterprise && reader.Byte() == Pong;
        return !reader.Short && version == 6 && isAsf ? new Identification { Service = "asf-rmcp", Confidence = 95 } : null;
    }
}
