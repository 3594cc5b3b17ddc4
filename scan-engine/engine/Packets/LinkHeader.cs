using System.Buffers.Binary;

namespace VulnDiag.Engine.Packets;

/// <summary>Where the IP packet begins in a captured frame.</summary>
/// <remarks>Source: the list of link-layer header types of tcpdump.org; IEEE 802.1Q for tags.</remarks>
internal static class LinkHeader
{
    private const int EthernetLength = 14, TagLength = 4, CookedLength = 16, Cooked2Length = 20, FamilyLength = 4;

    /// <summary>Finds the IP packet.</summary>
    /// <param name="linkType">The capture's link type: loopback (0, 108), Ethernet (1), raw IP of tunnels (12, 14, 101, 228, 229), cooked (113, 276).</param>
    /// <param name="frame">A frame, possibly cut short.</param>
    /// <returns>Empty for a link or a frame that carries none.</returns>
    public static ReadOnlySpan<byte> Skip(int linkType, ReadOnlySpan<byte> frame)
    {
        var header = linkType switch
        {
            1 => EthernetHeader(frame),
            0 or 108 => FamilyLength,
            12 or 14 or 101 or 228 or 229 => 0,
            113 => CookedLength,
            276 => Cooked2Length,
            _ => int.MaxValue,
        };
        return header < frame.Length ? frame[header..] : [];
    }

    private static int EthernetHeader(ReadOnlySpan<byte> frame)
    {
        var length = EthernetLength;
        while (frame.Length > length && BinaryPrimitives.ReadUInt16BigEndian(frame[(length - 2)..]) is 0x8100 or 0x88a8) length += TagLength;
        return length;
    }
}
