using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks memcached for its version over UDP.</summary>
/// <remarks>Worst case: 1 datagram. Source: memcached, doc/protocol.txt, "UDP protocol" (eight bytes of header: request, sequence, total, reserved).</remarks>
internal sealed class MemcachedUdpProbe : IServiceProbe
{
    private const int FrameHeader = 8;
    private static readonly byte[] Request = [0x56, 0x44, 0, 0, 0, 1, 0, 0, .. MemcachedProbe.Request];

    public ProbeInfo Info { get; } = new("memcached-udp", Transport.Udp, Ports: [11211], MaxRequests: 1) { AnyPort = 80 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, static answer => answer.Length > FrameHeader ? MemcachedProbe.TryRead(answer[FrameHeader..]) : null, cancellationToken);
}
