using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Pings an application server over AJP. No page is asked for.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Apache Tomcat Connectors, "AJP Protocol Reference" (CPing, CPong).</remarks>
internal sealed class AjpProbe : IServiceProbe
{
    private static readonly byte[] Ping = [0x12, 0x34, 0, 1, 10];

    public ProbeInfo Info { get; } = new("ajp", Transport.Tcp, Ports: [8009], MaxRequests: 1) { AnyPort = 180 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Ping, static bytes => bytes.Length >= 5, static answer => answer.Span is [(byte)'A', (byte)'B', 0, 1, 9] ? new Identification { Service = "ajp13", Confidence = 98 } : null, cancellationToken);
}
