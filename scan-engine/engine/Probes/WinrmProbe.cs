using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises Windows remote management by how it answers a plain GET of its address.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: MS-WSMV section 2.2.1 (the service at /wsman takes POST only).</remarks>
internal sealed class WinrmProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("winrm", Transport.Tcp, Ports: [5985, 5986, 47001], MaxRequests: 1) { Order = 15 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/wsman", cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (HttpAnswer.TryParse(raw.Span) is not { Status: 405 or 401 or 411 } answer) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        return answer.Header("Server")?.StartsWith("Microsoft-HTTPAPI", StringComparison.Ordinal) == true
            ? ProbeOutcome.Identified(new Identification { Service = "wsman", Product = "Microsoft WinRM", Confidence = 85 }, Evidence.Of(answer.Head))
            : ProbeOutcome.NoMatch(Evidence.Of(answer.Head));
    }
}
