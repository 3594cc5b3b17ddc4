using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>What came back from one datagram.</summary>
internal enum UdpAnswer
{
    /// <summary>Nothing in time.</summary>
    Silent,

    /// <summary>A datagram.</summary>
    Answered,

    /// <summary>ICMP port unreachable.</summary>
    Refused,

    /// <summary>Another ICMP error: a firewall's, or a router's.</summary>
    Prohibited,
}

/// <summary>Sends single datagrams to the ports of one host and reads what comes back.</summary>
/// <remarks>The kernel hands ICMP errors to a connected socket (RFC 1122 section 4.1.3.3), so no privilege is needed to read them. Thread-safe.</remarks>
internal sealed class UdpAsker(IPAddress address, IProbeTransport transport, IPacketGate gate, TimeSpan wait)
{
    private const int TftpPort = 69;

    /// <summary>Asks one port once, in its protocol's words where it has any.</summary>
    /// <param name="port">The port.</param>
    /// <param name="again">It was silent before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async ValueTask<UdpAnswer> AskAsync(int port, bool again, CancellationToken cancellationToken)
    {
        var payload = gate.MayWrite(Transport.Udp, port) ? UdpPayloads.For(port) : ReadOnlyMemory<byte>.Empty;
        await gate.PassAsync(Transport.Udp, port, PacketCost.Message(payload.Length), cancellationToken);
        var answer = await ExchangeAsync(port, payload, FromAnyPort(port, again), cancellationToken);
        if (answer is UdpAnswer.Answered or UdpAnswer.Refused) gate.Received(1);
        return answer;
    }

    private async ValueTask<UdpAnswer> ExchangeAsync(int port, ReadOnlyMemory<byte> payload, bool fromAnyPort, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.ExchangeAsync(new IPEndPoint(address, port), payload, fromAnyPort, wait, cancellationToken) is null ? UdpAnswer.Silent : UdpAnswer.Answered;
        }
        catch (LinkException error)
        {
            return error.Failure == LinkFailure.Refused ? UdpAnswer.Refused : UdpAnswer.Prohibited;
        }
    }

    /// <summary>TFTP answers from another port (RFC 1350 section 4). The kernel tells of closed ports only where one port is listened to, so that is tried first.</summary>
    private static bool FromAnyPort(int port, bool again) => port == TftpPort && again;
}
