using System.Buffers.Binary;

namespace VulnDiag.Engine.Packets;

/// <summary>Reads answers to SYNs from IP packets: TCP, ICMP and ICMPv6 errors.</summary>
/// <remarks>
/// Survives any bytes. Source: RFC 791, 792, 1812 section 5.2.7 (codes of destination unreachable), 4443 section 3, 8200 section 4,
/// 9293. A RST that acknowledges nothing answers no SYN (RFC 9293 section 3.5.2). A port unreachable for a TCP probe is a
/// firewall's refusal, as a host refuses by a RST.
/// </remarks>
internal static class AnswerReader
{
    private const int MaxExtensions = 8;
    private const byte Icmp = 1, Tcp = 6, IcmpV6 = 58;

    /// <summary>Reads one IP packet.</summary>
    /// <returns>False when it answers nothing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out WireAnswer answer)
    {
        answer = default;
        if (!IpPacket.TryRead(packet, out var ip)) return false;
        return ip.Protocol switch
        {
            Tcp => TryReadTcp(ip, out answer),
            Icmp when !ip.IsV6 => TryReadError(ip.Payload, V4Kind(ip.Payload), out answer),
            IcmpV6 when ip.IsV6 => TryReadError(ip.Payload, V6Kind(ip.Payload), out answer),
            _ => false,
        };
    }

    private static bool TryReadTcp(IpPacket ip, out WireAnswer answer)
    {
        answer = default;
        if (ip.Payload.Length < 20) return false;
        var (flags, acknowledged) = (ip.Payload[13], BinaryPrimitives.ReadUInt32BigEndian(ip.Payload[8..]));
        if ((flags & TcpFlags.Acknowledge) == 0) return false;
        AnswerKind? kind = (flags & TcpFlags.Reset) != 0 ? AnswerKind.Reset : (flags & TcpFlags.Syn) != 0 ? AnswerKind.SynAck : null;
        if (kind is null) return false;
        answer = new WireAnswer(ip.Source, Port(ip.Payload), Port(ip.Payload[2..]), kind.Value, acknowledged - 1);
        return true;
    }

    /// <summary>An ICMP error carries the beginning of the packet that it is about.</summary>
    private static bool TryReadError(ReadOnlySpan<byte> icmp, AnswerKind? kind, out WireAnswer answer)
    {
        answer = default;
        if (kind is null || icmp.Length < 8 || !IpPacket.TryRead(icmp[8..], out var about) || about.Payload.Length < 8) return false;
        if (about.Protocol != Tcp) return false;
        answer = new WireAnswer(about.Target, Port(about.Payload[2..]), Port(about.Payload), kind.Value, BinaryPrimitives.ReadUInt32BigEndian(about.Payload[4..]));
        return true;
    }

    private static AnswerKind? V4Kind(ReadOnlySpan<byte> icmp) => icmp.Length < 2 ? null : (icmp[0], icmp[1]) switch
    {
        // Code 4 asks for smaller packets and says nothing of the port.
        (3, 4) => null,
        (3, 0 or 1) or (11, 0) => AnswerKind.Unreachable,
        (3, _) => AnswerKind.Prohibited,
        _ => null,
    };

    private static AnswerKind? V6Kind(ReadOnlySpan<byte> icmp) => icmp.Length < 2 ? null : (icmp[0], icmp[1]) switch
    {
        (1, 0 or 3) or (3, 0) => AnswerKind.Unreachable,
        (1, _) => AnswerKind.Prohibited,
        _ => null,
    };

    private static int Port(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private readonly ref struct IpPacket
    {
        private IpPacket(bool isV6, UInt128 source, UInt128 target, byte protocol, ReadOnlySpan<byte> payload)
        {
            (IsV6, Source, Target, Protocol) = (isV6, source, target, protocol);
            Payload = payload;
        }

        public bool IsV6 { get; }

        public UInt128 Source { get; }

        public UInt128 Target { get; }

        public byte Protocol { get; }

        public ReadOnlySpan<byte> Payload { get; }

        public static bool TryRead(ReadOnlySpan<byte> bytes, out IpPacket packet)
        {
            packet = default;
            return bytes.Length >= 20 && (bytes[0] >> 4) switch
            {
                4 => TryReadV4(bytes, out packet),
                6 => TryReadV6(bytes, out packet),
                _ => false,
            };
        }

        private static bool TryReadV4(ReadOnlySpan<byte> bytes, out IpPacket packet)
        {
            packet = default;
            var header = (bytes[0] & 15) * 4;
            var fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x1fff;
            if (header < 20 || header > bytes.Length || fragment != 0) return false;
            packet = new IpPacket(false, AddressNumber.Of(bytes[12..16]), AddressNumber.Of(bytes[16..20]), bytes[9], bytes[header..]);
            return true;
        }

        private static bool TryReadV6(ReadOnlySpan<byte> bytes, out IpPacket packet)
        {
            packet = default;
            if (bytes.Length < 40) return false;
            var next = bytes[6];
            var rest = bytes[40..];
            for (var extension = 0; extension < MaxExtensions && next is 0 or 43 or 44 or 60; extension++)
            {
                if (rest.Length < 8) return false;
                // A fragment header is eight bytes long; of a later fragment nothing can be read.
                if (next == 44 && (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) & 0xfff8) != 0) return false;
                var length = next == 44 ? 8 : (rest[1] + 1) * 8;
                if (length > rest.Length) return false;
                next = rest[0];
                rest = rest[length..];
            }

            packet = new IpPacket(true, AddressNumber.Of(bytes[8..24]), AddressNumber.Of(bytes[24..40]), next, rest);
            return true;
        }
    }
}
