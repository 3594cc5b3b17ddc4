using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks the Kubernetes API for its version, which it tells everybody by default.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Kubernetes API reference, "/version"; role system:public-info-viewer.</remarks>
internal sealed partial class KubernetesProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("kubernetes", Transport.Tcp, Ports: [6443, 16443], MaxRequests: 1) { Order = 15 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/version", cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (HttpAnswer.TryParse(raw.Span) is not { } answer || Version().Match(answer.Body) is not { Success: true } match) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        var version = match.Groups[1].Value;
        return ProbeOutcome.Identified(
            new Identification { Service = "kubernetes-api", Product = "Kubernetes API server", Version = version, Cpe = [$"cpe:2.3:a:kubernetes:kubernetes:{version}:*:*:*:*:*:*:*"], Confidence = 95 },
            Evidence.Of(match.Value));
    }

    [GeneratedRegex("\"gitVersion\" ?: ?\"v(\\d+\\.\\d+\\.\\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
