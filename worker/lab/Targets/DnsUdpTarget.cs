using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A DNS server over UDP that tells its version and, where open, resolves for anybody.</summary>
public sealed class DnsUdpTarget(IPAddress address, int port, string version, bool openRecursion) : UdpTarget(address, port)
{
    internal override byte[] Answer(ReadOnlySpan<byte> datagram) => DnsAnswers.Of(datagram, version, openRecursion);
}
