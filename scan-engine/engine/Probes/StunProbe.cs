using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a STUN or TURN server over UDP how it sees us; its answer may name its software. No relay is asked for.</summary>
/// <remarks>Worst case: 1 datagram.</remarks>
internal sealed class StunProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("stun", Transport.Udp, Ports: [3478, 3479], MaxRequests: 1) { AnyPort = 160 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, StunMessage.BindingRequest, StunMessage.TryRead, cancellationToken);
}
