using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same question as <see cref="StunProbe"/> over TCP.</summary>
/// <remarks>Worst case: 1 connection, 1 request.</remarks>
internal sealed class StunTcpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("stun-tcp", Transport.Tcp, Ports: [3478, 5349], MaxRequests: 1) { AnyPort = 200 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, StunMessage.BindingRequest, StunMessage.IsWhole, StunMessage.TryRead, cancellationToken);
}
