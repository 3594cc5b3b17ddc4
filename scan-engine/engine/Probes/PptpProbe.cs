using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Opens a PPTP control connection and reads who answers. No call is made.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 2637 sections 2.1 and 2.2.</remarks>
internal sealed class PptpProbe : IServiceProbe
{
    private const int Length = 156, StartRequest = 1, StartReply = 2, NameLength = 64;
    private const uint Magic = 0x1A2B3C4D;
    private static readonly byte[] Request = new ByteWriter()
        .UInt16(Length).UInt16(1).UInt32(Magic).UInt16(StartRequest).UInt16(0)
        .UInt16(0x0100).UInt16(0).UInt32(3).UInt32(3).UInt16(0).UInt16(0).Zeros(NameLength).Zeros(NameLength)
        .ToArray();

    public ProbeInfo Info { get; } = new("pptp", Transport.Tcp, Ports: [1723], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= Length, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        reader.Skip(4);
        if (reader.UInt32() != Magic || reader.UInt16() != StartReply) return null;
        reader.Skip(2 + 2 + 2 + 4 + 4 + 2);
        var firmware = reader.UInt16();
        var (host, vendor) = (Name(reader.Bytes(NameLength)), Name(reader.Bytes(NameLength)));
        if (reader.Short) return null;
        var found = vendor is null ? null : FingerprintCatalogue.Shipped.Match("ppp.vendor", vendor);
        return (found ?? new Identification { Service = "pptp", Product = vendor, Confidence = 95 }) with
        {
            Service = "pptp",
            Info = host is null ? $"firmware {firmware}" : $"{host}, firmware {firmware}",
        };
    }

    private static string? Name(ReadOnlySpan<byte> bytes)
    {
        var text = new ByteReader(bytes).TextToZero().Trim();
        return text.Length > 0 && text.All(static character => character is >= ' ' and <= '~') ? text : null;
    }
}
