using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A time server answers questions about itself, and so lets others multiply an attack.</summary>
internal sealed class NtpVariablesCheck : ICheck
{
    public string Id => "ntp-read-variables";

    public bool AppliesTo(PortResult port) => port.Service == "ntp";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact("readVariables") switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The question for the variables was not answered."),
    };
}
