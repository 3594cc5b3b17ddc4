using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>Tells UDP ports apart: an answer is open, an ICMP port unreachable is closed, silence stays open or filtered.</summary>
/// <remarks>
/// A silent port is asked twice. Hosts that send few ICMP errors a second (Linux: one) leave closed ports silent: such a port is
/// counted as open|filtered, which is what is known of it.
/// </remarks>
internal sealed class UdpScan(IPAddress address, IProbeTransport transport, IPacketGate gate, CheckpointFile checkpoint, TimeSpan wait)
{
    private const int AtOnce = 32;
    private const int Tries = 2;
    private const int TftpPort = 69;

    /// <summary>Resolves every port of <paramref name="order"/> that the checkpoint does not know yet.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task RunAsync(IReadOnlyList<int> order, Action<int> progress, CancellationToken cancellationToken)
    {
        var open = checkpoint.State.Udp.In(order, PortState.Untested).ToList();
        var resolved = order.Count - open.Count;
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (port, token) =>
        {
            var state = await AskAsync(port, token);
            await checkpoint.AppendAsync([new CheckpointEntry { Ports = new ResolvedPorts(Transport.Udp, state, PortList.Format([port])) }], CancellationToken.None);
            progress(Interlocked.Increment(ref resolved));
        });
    }

    private async ValueTask<PortState> AskAsync(int port, CancellationToken cancellationToken)
    {
        var payload = gate.MayWrite(Transport.Udp, port) ? UdpPayloads.For(port) : ReadOnlyMemory<byte>.Empty;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await gate.PassAsync(Transport.Udp, port, PacketCost.Message(payload.Length), cancellationToken);
            try
            {
                if (await transport.ExchangeAsync(new IPEndPoint(address, port), payload, FromAnyPort(port, attempt), wait, cancellationToken) is null) continue;
                gate.Received(1);
                return PortState.Open;
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Refused)
            {
                gate.Received(1);
                return PortState.Closed;
            }
            catch (LinkException)
            {
                return PortState.Filtered;
            }
        }

        return PortState.Filtered;
    }

    /// <summary>TFTP answers from another port (RFC 1350 section 4). The kernel tells of closed ports only where one port is listened to, so that is tried first.</summary>
    private static bool FromAnyPort(int port, int attempt) => port == TftpPort && attempt > 0;
}
