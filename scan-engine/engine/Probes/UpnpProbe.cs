using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a device over SSDP, to its own address alone, what it is.</summary>
/// <remarks>Worst case: 1 datagram. Source: UPnP Device Architecture 1.1, section 1.3.2 (unicast M-SEARCH) and 1.3.3.</remarks>
internal sealed class UpnpProbe : IServiceProbe
{
    private static readonly byte[] Request = "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("upnp", Transport.Udp, Ports: [1900], MaxRequests: 1) { AnyPort = 130 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer) =>
        HttpAnswer.TryParse(answer.Span) is { } found && (found.Header("USN") ?? found.Header("ST") ?? found.Header("LOCATION")) is not null
            ? new Identification { Service = "upnp", Info = found.Header("SERVER") is { } server ? server[..Math.Min(server.Length, 120)] : null, Confidence = 95 }
            : null;
}
