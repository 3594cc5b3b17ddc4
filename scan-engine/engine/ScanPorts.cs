using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>The ports that a scan asks for: the caller's, else the authorisation's, else all TCP ports and the 100 UDP ports worth asking.</summary>
/// <param name="Tcp">Ascending.</param>
/// <param name="Udp">Ascending.</param>
internal sealed record ScanPorts(IReadOnlyList<int> Tcp, IReadOnlyList<int> Udp)
{
    /// <summary>Reads the lists.</summary>
    /// <returns>The ports, or what is wrong with a list.</returns>
    public static (ScanPorts? Ports, Refusal? Refusal) Read(ScanRequest request, ScanAuthorization authorization)
    {
        var tcp = PortList.Parse(request.Ports ?? authorization.TcpPorts ?? "-", Transport.Tcp);
        var udp = PortList.Parse(request.UdpPorts ?? authorization.UdpPorts ?? "top100", Transport.Udp);
        return (tcp.Fault ?? udp.Fault) is { } fault ? (null, new Refusal("ports-unreadable", fault)) : (new ScanPorts(tcp.Ports, udp.Ports), null);
    }
}
