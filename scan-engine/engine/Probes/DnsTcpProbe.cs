using System.Buffers.Binary;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>The same questions as <see cref="DnsProbe"/> over TCP.</summary>
/// <remarks>Worst case: 1 connection, 2 requests. Source: RFC 7766 section 8 (two bytes of length before each message).</remarks>
internal sealed class DnsTcpProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("dns-tcp", Transport.Tcp, Ports: [53, 853], MaxRequests: 2) { AnyPort = 10, Order = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var first = await AskAsync(link, DnsQuestions.Version, cancellationToken);
        if (first.IsEmpty) return ProbeOutcome.Silent();
        if (link.Closed || DnsMessage.TryParse(first.Span) is null) return DnsQuestions.Judge(first, null);
        return DnsQuestions.Judge(first, await AskAsync(link, DnsQuestions.Recursive, cancellationToken));
    }

    private static async ValueTask<ReadOnlyMemory<byte>> AskAsync(ProbeLink link, byte[] question, CancellationToken cancellationToken)
    {
        await link.SendAsync(new ByteWriter().UInt16(question.Length).Bytes(question).ToArray(), cancellationToken);
        var length = await link.ReadExactlyAsync(2, cancellationToken);
        return length.Length < 2 ? length : await link.ReadExactlyAsync(BinaryPrimitives.ReadUInt16BigEndian(length.Span), cancellationToken);
    }
}
