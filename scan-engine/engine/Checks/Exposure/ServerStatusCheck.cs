using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>Apache shows its status page, with the addresses and pages of its visitors, to everybody.</summary>
/// <remarks>Source: Apache documentation, mod_status.</remarks>
internal sealed class ServerStatusCheck : IActiveCheck
{
    public string Id => "server-status";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 1, CheckRisk.Logged);

    public bool AppliesTo(PortResult port) => port.Product == "Apache httpd";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/server-status", cancellationToken);
        if (HttpAnswer.TryParse(raw.Span) is not { } answer) return CheckOutcome.CannotTell("The page was not answered.");
        return answer.Status == 200 && answer.Title == "Apache Status"
            ? CheckOutcome.Positive(Evidence.Of("/server-status: Apache Status"), qod: 98)
            : CheckOutcome.Negative();
    }
}
