using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A shared screen asks for no password.</summary>
internal sealed class VncWithoutPasswordCheck : ICheck
{
    public string Id => "vnc-without-password";

    public bool AppliesTo(PortResult port) => port.Service == "vnc";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Which authentication the server wants did not show."),
    };
}
