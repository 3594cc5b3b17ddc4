using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a telephone system over UDP what it can do. Nobody is called.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 3261 section 11 (OPTIONS).</remarks>
internal sealed class SipProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("sip", Transport.Udp, Ports: [5060], MaxRequests: 1) { AnyPort = 50 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, SipMessage.Options("UDP", context.Target.HostName), SipMessage.TryRead, cancellationToken);
}
