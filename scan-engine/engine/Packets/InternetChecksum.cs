using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace VulnDiag.Engine.Packets;

/// <summary>The checksum of IP, TCP, UDP and ICMP.</summary>
/// <remarks>Source: RFC 1071; the pseudo-header: RFC 9293 section 3.1 and RFC 8200 section 8.1.</remarks>
internal static class InternetChecksum
{
    /// <summary>Adds bytes, in pairs, to a running sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[4..];
        }

        if (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }

        return bytes.Length == 1 ? sum + ((ulong)bytes[0] << 8) : sum;
    }

    /// <summary>The sum of a pseudo-header.</summary>
    public static ulong PseudoHeader(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, int protocol, int length) =>
        Add(Add(0, source), target) + (ulong)protocol + (ulong)length;

    /// <summary>What goes into the header.</summary>
    public static ushort Finish(ulong sum)
    {
        while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
