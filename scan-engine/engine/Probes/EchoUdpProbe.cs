using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises the echo service over UDP.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 862.</remarks>
internal sealed class EchoUdpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("echo-udp", Transport.Udp, Ports: [7], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, EchoProbe.Words, EchoProbe.TryRead, cancellationToken);
}
