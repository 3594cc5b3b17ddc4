using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a TFTP server for a file that does not exist: its refusal shows that it serves strangers.</summary>
/// <remarks>Worst case: 1 datagram. Source: RFC 1350 sections 4 and 5 (the answer comes from a port of the server's choosing).</remarks>
internal sealed class TftpProbe : IServiceProbe
{
    private const int DataPacket = 3, ErrorPacket = 5, AcknowledgeOptions = 6;
    private static readonly byte[] Request = new ByteWriter().UInt16(1).TextAndZero("vulndiag-no-such-file").TextAndZero("octet").ToArray();

    public ProbeInfo Info { get; } = new("tftp", Transport.Udp, Ports: [69], MaxRequests: 1) { AnyPort = 100 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        if (await context.ExchangeFromAnyPortAsync(Request, cancellationToken) is not { } answer) return ProbeOutcome.Silent();
        var reader = new ByteReader(answer.Span);
        var (operation, number) = (reader.UInt16(), reader.UInt16());
        if (reader.Short || operation is not (DataPacket or ErrorPacket or AcknowledgeOptions)) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        var words = operation == ErrorPacket ? reader.TextToZero() : "";
        if (operation == ErrorPacket && (number > 8 || reader.Short)) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        var found = new Identification { Service = "tftp", Info = words.Length is > 0 and < 100 ? words : null };
        return ProbeOutcome.Identified(found, Evidence.Of(answer));
    }
}
