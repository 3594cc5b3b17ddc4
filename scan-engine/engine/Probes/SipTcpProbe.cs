using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same question as <see cref="SipProbe"/> over TCP.</summary>
/// <remarks>Worst case: 1 connection, 1 request.</remarks>
internal sealed class SipTcpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("sip-tcp", Transport.Tcp, Ports: [5060, 5061], MaxRequests: 1) { AnyPort = 50 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("SIP/2.0 "u8);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, SipMessage.Options("TCP", context.Target.HostName), static bytes => bytes.IndexOf("\r\n\r\n"u8) >= 0, SipMessage.TryRead, cancellationToken);
}
