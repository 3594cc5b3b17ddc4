using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Packets;

/// <summary>Writes SYNs from one of our ports to one target, as whole IP packets.</summary>
/// <remarks>
/// Source: RFC 791, RFC 8200, RFC 9293 section 3.1. A SYN carries a maximum segment size, as SYNs without options are
/// unusual enough for some devices to drop them. Immutable.
/// </remarks>
internal sealed class PacketTemplate
{
    /// <summary>IPv6 and TCP header with one option.</summary>
    public const int MaxSynLength = 64;

    private const int TcpLength = 24;
    private const byte Tcp = 6, HopLimit = 64;
    private const ushort Window = 64240, SegmentSize = 1460;

    private readonly byte[] _source;
    private readonly byte[] _target;
    private readonly ushort _ownPort;

    public PacketTemplate(IPAddress source, IPAddress target, int ownPort)
    {
        (_source, _target, _ownPort) = (source.GetAddressBytes(), target.GetAddressBytes(), (ushort)ownPort);
        IsV6 = target.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private bool IsV6 { get; }

    private int IpLength => IsV6 ? 40 : 20;

    /// <summary>Writes a SYN.</summary>
    /// <returns>Its length.</returns>
    public int WriteSyn(Span<byte> packet, int port, uint sequence)
    {
        var whole = packet[..(IpLength + TcpLength)];
        WriteIp(whole, Tcp, TcpLength);
        var tcp = whole[IpLength..];
        tcp.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(tcp, _ownPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        tcp[12] = TcpLength / 4 << 4;
        tcp[13] = TcpFlags.Syn;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], Window);
        (tcp[20], tcp[21]) = (2, 4);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[22..], SegmentSize);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(tcp, Tcp));
        return whole.Length;
    }

    private ushort Checksum(ReadOnlySpan<byte> segment, int protocol) =>
        InternetChecksum.Finish(InternetChecksum.Add(InternetChecksum.PseudoHeader(_source, _target, protocol, segment.Length), segment));

    private void WriteIp(Span<byte> packet, byte protocol, int payload)
    {
        var header = packet[..IpLength];
        header.Clear();
        if (IsV6)
        {
            header[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)payload);
            (header[6], header[7]) = (protocol, HopLimit);
            _source.CopyTo(header[8..]);
            _target.CopyTo(header[24..]);
            return;
        }

        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
        (header[8], header[9]) = (HopLimit, protocol);
        _source.CopyTo(header[12..]);
        _target.CopyTo(header[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Finish(InternetChecksum.Add(0, header)));
    }
}

/// <summary>Flags of a TCP header.</summary>
/// <remarks>Source: RFC 9293 section 3.1.</remarks>
internal static class TcpFlags
{
    public const byte Syn = 0x02, Reset = 0x04, Acknowledge = 0x10;
}
