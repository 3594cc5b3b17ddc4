using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A web server still shows the page that it came with: nobody seems to look after it.</summary>
internal sealed class DefaultPageCheck : ICheck
{
    public string Id => "default-page";

    public bool AppliesTo(PortResult port) => port.Service is "http" or "https";

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Fact(FactNames.DefaultPage) is { } name) return CheckOutcome.Positive(Evidence.Of($"{name}: {facts.Fact(FactNames.Title)}"), qod: 90);
        return facts.Fact(FactNames.Status) is null ? CheckOutcome.CannotTell("The first page was not answered.") : CheckOutcome.Negative();
    }
}
