using System.Net;
using System.Net.Sockets;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The port that a probe talks to, and what is known of it so far.</summary>
/// <param name="Endpoint">Address and port.</param>
/// <param name="Fqdn">The name it goes by, for SNI and Host headers, or null.</param>
internal sealed record ProbeTarget(IPEndPoint Endpoint, string? Fqdn)
{
    /// <summary>Port number.</summary>
    public int Port => Endpoint.Port;

    /// <summary>What the server said by itself when connected to; empty when it waited.</summary>
    public ReadOnlyMemory<byte> Greeting { get; init; }

    /// <summary>Set when the port speaks TLS from the start.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>The name or, without one, the address, as it stands in a Host header.</summary>
    public string HostName => Fqdn ?? (Endpoint.Address.AddressFamily == AddressFamily.InterNetworkV6
        ? $"[{Endpoint.Address}]"
        : Endpoint.Address.ToString());
}
