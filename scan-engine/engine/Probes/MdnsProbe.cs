using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a device over multicast DNS, to its own address alone, which services it offers.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 6762 section 5.5 (direct queries), RFC 6763 section 9 (service types).</remarks>
internal sealed class MdnsProbe : IServiceProbe
{
    private const int Id = 0x5644;
    private static readonly byte[] Request = DnsMessage.Query(Id, "_services._dns-sd._udp.local", DnsMessage.TypePtr, DnsMessage.ClassIn, recursion: false);

    public ProbeInfo Info { get; } = new("mdns", Transport.Udp, Ports: [5353], MaxRequests: 1) { AnyPort = 120 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        if (DnsMessage.TryParse(answer.Span) is not { Id: Id or 0 } message) return null;
        var types = message.Answers.Where(static record => record.Type == DnsMessage.TypePtr && record.Text.Length > 0).Select(static record => record.Text).Distinct().Take(10).ToList();
        return new Identification { Service = "mdns", Info = types.Count == 0 ? null : string.Join(' ', types) };
    }
}
