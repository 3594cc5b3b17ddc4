using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same question as <see cref="RpcbindProbe"/> over UDP.</summary>
/// <remarks>Worst case: 1 datagram.</remarks>
internal sealed class RpcbindUdpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("rpcbind-udp", Transport.Udp, Ports: [111], MaxRequests: 1) { AnyPort = 70 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, RpcbindProbe.Dump, RpcbindProbe.TryRead, cancellationToken);
}
