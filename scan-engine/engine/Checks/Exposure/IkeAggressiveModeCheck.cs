using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A VPN gateway answers in aggressive mode: a hash of the shared secret is handed to strangers.</summary>
internal sealed class IkeAggressiveModeCheck : ICheck
{
    public string Id => "ike-aggressive-mode";

    public bool AppliesTo(PortResult port) => port.Service == "isakmp";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact("aggressiveMode") switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The question for aggressive mode was not answered."),
    };
}
