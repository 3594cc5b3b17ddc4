using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks the Docker API for its version.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Docker Engine API, "SystemVersion".</remarks>
internal sealed partial class DockerProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("docker", Transport.Tcp, Ports: [2375, 2376], MaxRequests: 1);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/version", cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (HttpAnswer.TryParse(raw.Span) is not { } answer || !answer.Body.Contains("\"ApiVersion\"", StringComparison.Ordinal)) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        // The engine's own version stands at the top level, behind those of its components.
        var version = Version().Matches(answer.Body).LastOrDefault()?.Groups[1].Value;
        return ProbeOutcome.Identified(
            new Identification { Service = "docker", Product = "Docker", Version = version, Cpe = [$"cpe:2.3:a:docker:docker:{version ?? "*"}:*:*:*:*:*:*:*"], Confidence = 95 }.WithFact(FactNames.AuthRequired, FactNames.No),
            Evidence.Of(answer.Body));
    }

    [GeneratedRegex("\"Version\" ?: ?\"(\\d+\\.\\d+\\.\\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
