using System.Net.Sockets;

namespace VulnDiag.Engine.Packets;

/// <summary>The capture filter that lets in our own answers alone: packets to our port, and ICMP errors about packets from it.</summary>
/// <remarks>
/// Source: pcap-filter(7). An ICMP error carries the packet that it is about eight bytes on; ours have no IP options, so their source
/// port stands at a fixed place (RFC 792, RFC 4443 section 3).
/// </remarks>
internal static class CaptureFilter
{
    /// <summary>The filter's text.</summary>
    public static string For(AddressFamily family, int ownPort) => family == AddressFamily.InterNetworkV6
        ? $"ip6 and ((tcp and dst port {ownPort}) or (ip6[6] = 58 and (ip6[40] = 1 or ip6[40] = 3) and ip6[88:2] = {ownPort}))"
        : $"ip and ((tcp and dst port {ownPort}) or (icmp and (icmp[0] = 3 or icmp[0] = 11) and icmp[28:2] = {ownPort}))";
}
