using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises the character generator over UDP.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 864 (the ring of printable characters).</remarks>
internal sealed class ChargenUdpProbe : IServiceProbe
{
    private static readonly byte[] Request = [(byte)'\n'];

    public ProbeInfo Info { get; } = new("chargen-udp", Transport.Udp, Ports: [19], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer) =>
        answer.Length >= 20 && IsRing(answer.Span[..16]) ? new Identification { Service = "chargen", Confidence = 95 } : null;

    private static bool IsRing(ReadOnlySpan<byte> bytes)
    {
        for (var i = 1; i < bytes.Length; i++)
        {
            if (bytes[i] is < 0x20 or > 0x7E || (bytes[i] != bytes[i - 1] + 1 && bytes[i - 1] < 0x7D)) return false;
        }

        return true;
    }
}
