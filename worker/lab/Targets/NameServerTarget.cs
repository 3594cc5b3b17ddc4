using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A name server that knows the IPv4 addresses of a few names and nothing else. Source: RFC 1035, section 4.1.</summary>
public sealed class NameServerTarget(IPAddress address, int port, IReadOnlyDictionary<string, IPAddress> names) : UdpTarget(address, port)
{
    internal override byte[] Answer(ReadOnlySpan<byte> datagram) => DnsAnswers.OfZone(datagram, names);
}
