using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same opening as <see cref="OpenvpnProbe"/> over TCP.</summary>
/// <remarks>Worst case: 1 connection, 1 request.</remarks>
internal sealed class OpenvpnTcpProbe : IServiceProbe
{
    private static readonly byte[] Request = new ByteWriter().UInt16(OpenvpnProbe.Request.Length).Bytes(OpenvpnProbe.Request).ToArray();

    public ProbeInfo Info { get; } = new("openvpn-tcp", Transport.Tcp, Ports: [1194], MaxRequests: 1) { AnyPort = 220 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= 2 && bytes.Length >= 2 + ((bytes[0] << 8) | bytes[1]), static answer => answer.Length > 2 ? OpenvpnProbe.TryRead(answer[2..]) : null, cancellationToken);
}
