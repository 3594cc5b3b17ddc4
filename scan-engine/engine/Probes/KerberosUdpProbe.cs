using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same question as <see cref="KerberosProbe"/> over UDP.</summary>
/// <remarks>Worst case: 1 datagram.</remarks>
internal sealed class KerberosUdpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("kerberos-udp", Transport.Udp, Ports: [88], MaxRequests: 1) { AnyPort = 150 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, KerberosProbe.Message, KerberosProbe.TryRead, cancellationToken);
}
