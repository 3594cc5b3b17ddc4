using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a computer for its NetBIOS names.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 1002 section 4.2.17 and 4.2.18 (node status).</remarks>
internal sealed class NetbiosNameProbe : IServiceProbe
{
    private const int Id = 0x5644, NodeStatus = 0x21, NameLength = 15, GroupFlag = 0x8000;
    private static readonly byte[] Request = new ByteWriter().UInt16(Id).UInt16(0).UInt16(1).UInt16(0).UInt16(0).UInt16(0).Bytes(NetbiosName.Wildcard).UInt16(NodeStatus).UInt16(1).ToArray();

    public ProbeInfo Info { get; } = new("netbios-ns", Transport.Udp, Ports: [137], MaxRequests: 1) { AnyPort = 60 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        if (reader.UInt16() != Id || (reader.UInt16() & 0x8000) == 0) return null;
        reader.Skip(8);
        reader.Skip(reader.Byte() + 1);
        if (reader.UInt16() != NodeStatus) return null;
        reader.Skip(2 + 4 + 2);
        var count = reader.Byte();
        string? computer = null, group = null;
        for (var i = 0; i < count && !reader.Short; i++)
        {
            var name = reader.Text(NameLength).Trim(' ', '\0');
            var suffix = reader.Byte();
            var isGroup = (reader.UInt16() & GroupFlag) != 0;
            if (suffix != 0 || name.Any(static character => character is < ' ' or > '~')) continue;
            if (isGroup) group ??= name;
            else computer ??= name;
        }

        var hardware = reader.Bytes(6);
        if (reader.Short) return null;
        var found = new Identification { Service = "netbios-ns", Info = string.Join(", ", new[] { computer, group }.Where(static name => name is not null)) };
        // Samba gives no hardware address (nmbd_incomingrequests.c); Windows gives its own.
        return hardware.IndexOfAnyExcept((byte)0) < 0
            ? found with { Product = "Samba nmbd", Cpe = ["cpe:2.3:a:samba:samba:*:*:*:*:*:*:*:*"], Confidence = 80 }
            : found with { Product = "Microsoft Windows netbios-ns", Confidence = 75 };
    }
}
