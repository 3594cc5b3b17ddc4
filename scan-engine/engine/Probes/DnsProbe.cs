using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a name server over UDP for its version and whether it resolves for strangers.</summary>
/// <remarks>Worst case: 2 datagrams.</remarks>
internal sealed class DnsProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("dns", Transport.Udp, Ports: [53], MaxRequests: 2) { AnyPort = 10, Order = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var first = await context.ExchangeAsync(DnsQuestions.Version, cancellationToken);
        var second = await context.ExchangeAsync(DnsQuestions.Recursive, cancellationToken);
        return DnsQuestions.Judge(first, second);
    }
}
