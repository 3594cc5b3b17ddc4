using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Shakes hands with a Java debugger's port, and leaves.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Java Debug Wire Protocol, "JDWP Start Up".</remarks>
internal sealed class JdwpProbe : IServiceProbe
{
    private static readonly byte[] Handshake = "JDWP-Handshake"u8.ToArray();

    public ProbeInfo Info { get; } = new("jdwp", Transport.Tcp, Ports: [5005, 8787], MaxRequests: 1) { AnyPort = 190 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Handshake, static bytes => bytes.Length >= Handshake.Length, static answer => answer.Span.SequenceEqual(Handshake) ? new Identification { Service = "jdwp", Confidence = 98 } : null, cancellationToken);
}
