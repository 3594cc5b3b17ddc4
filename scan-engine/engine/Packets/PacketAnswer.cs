using System.Buffers.Binary;
using System.Net;

namespace VulnDiag.Engine.Packets;

/// <summary>What an answer says of a port.</summary>
internal enum AnswerKind : byte
{
    /// <summary>Something listens.</summary>
    SynAck,

    /// <summary>Nothing listens.</summary>
    Reset,

    /// <summary>ICMP: prohibited.</summary>
    Prohibited,

    /// <summary>ICMP: no way to the host, as a router says while a line is down.</summary>
    Unreachable,
}

/// <summary>A packet that answers something, as it was read from the wire; whether it answers us is told by the cookie.</summary>
/// <param name="Target">Address of the host that was asked, as a number.</param>
/// <param name="Port">The host's port.</param>
/// <param name="OwnPort">Our port.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Sequence">The sequence number of the probe, as the answer names it.</param>
internal readonly record struct WireAnswer(UInt128 Target, int Port, int OwnPort, AnswerKind Kind, uint Sequence);

/// <summary>An answer to a probe of ours.</summary>
/// <param name="Port">The host's port.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Attempt">Which attempt it answers.</param>
/// <param name="At">When it reached this machine, as the clock's timestamp.</param>
/// <param name="Lag">How long it lay unread, as this machine was busy.</param>
internal readonly record struct PacketAnswer(int Port, AnswerKind Kind, int Attempt, long At, TimeSpan Lag);

/// <summary>Addresses as numbers, IPv4 in its IPv6-mapped form.</summary>
internal static class AddressNumber
{
    /// <summary>An address as a number.</summary>
    public static UInt128 Of(IPAddress address) => Of(address.GetAddressBytes());

    /// <summary>Four or sixteen bytes as a number.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes) => bytes.Length == 4
        ? new UInt128(0, 0xffff_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
