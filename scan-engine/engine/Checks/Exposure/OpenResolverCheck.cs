using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A name server resolves for strangers, and so lets others multiply an attack.</summary>
internal sealed class OpenResolverCheck : ICheck
{
    public string Id => "open-resolver";

    public bool AppliesTo(PortResult port) => port.Service == "domain";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.Recursion) switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The question for recursion was not answered."),
    };
}
