using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A web proxy fetches pages for strangers. It is asked for a page of its own host, so that no other machine is disturbed.</summary>
internal sealed class HttpProxyOpenCheck : IActiveCheck
{
    public string Id => "http-proxy-open";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 1, CheckRisk.Logged);

    public bool AppliesTo(PortResult port) => port.Service == "http-proxy";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        // Ports 80 and 443 are those that proxies serve by default; its own port would be a loop, which is refused by itself.
        var port = context.Target.Port == 80 ? 443 : 80;
        var raw = await HttpRequest.GetAsync(link, context.Target.HostName, $"http://{context.Target.HostName}:{port}/", cancellationToken);
        if (HttpAnswer.TryParse(raw.Span) is not { } answer) return CheckOutcome.CannotTell("The proxy did not answer the request.");
        return answer.Status switch
        {
            < 400 or 502 or 503 or 504 => CheckOutcome.Positive(Evidence.Of(answer.Head), qod: 90),
            401 or 403 or 405 or 407 => CheckOutcome.Negative(),
            _ => CheckOutcome.CannotTell($"The proxy answered {answer.Status}."),
        };
    }
}
