using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Opens an L2TP control connection outside IPsec and reads who answers.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 2661 sections 3.1, 4.4 and 6.1 (SCCRQ, SCCRP, host name and vendor).</remarks>
internal sealed class L2tpProbe : IServiceProbe
{
    private const int Flags = 0xC802, Reply = 2, MessageType = 0, HostName = 7, VendorName = 8;
    private static readonly byte[] Request = BuildRequest();

    public ProbeInfo Info { get; } = new("l2tp", Transport.Udp, Ports: [1701], MaxRequests: 1) { AnyPort = 110 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static byte[] BuildRequest()
    {
        var values = new ByteWriter();
        foreach (var (type, value) in new (int, byte[])[] { (MessageType, [0, 1]), (2, [1, 0]), (3, [0, 0, 0, 3]), (4, [0, 0, 0, 0]), (HostName, "vulndiag"u8.ToArray()), (9, [0, 1]), (10, [0, 1]) })
            values.UInt16(0x8000 | (6 + value.Length)).UInt16(0).UInt16(type).Bytes(value);
        return new ByteWriter().UInt16(Flags).UInt16(12 + values.Length).UInt16(0).UInt16(0).UInt16(0).UInt16(0).Bytes(values.ToArray()).ToArray();
    }

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        if ((reader.UInt16() & 0xC80F) != Flags || reader.UInt16() > answer.Length) return null;
        reader.Skip(8);
        string? host = null, vendor = null;
        var reply = false;
        while (!reader.Short && reader.Rest.Length > 0)
        {
            var length = reader.UInt16() & 0x3FF;
            reader.Skip(2);
            var type = reader.UInt16();
            var value = new ByteReader(reader.Bytes(length - 6));
            if (reader.Short) return null;
            if (type == MessageType) reply = value.UInt16() is Reply or 4;
            if (type == HostName) host = Clean(value.Text(value.Rest.Length));
            if (type == VendorName) vendor = Clean(value.Text(value.Rest.Length));
        }

        if (!reply) return null;
        var found = vendor is null ? null : FingerprintCatalogue.Shipped.Match("ppp.vendor", vendor);
        return (found ?? new Identification { Service = "l2tp", Product = vendor, Confidence = 95 }) with { Service = "l2tp", Info = host };
    }

    private static string? Clean(string text) => text.Trim('\0', ' ') is { Length: > 0 } clean && clean.All(static character => character is >= ' ' and <= '~') ? clean : null;
}
