using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An X server lets strangers see and type.</summary>
internal sealed class X11WithoutAccessControlCheck : ICheck
{
    public string Id => "x11-without-access-control";

    public bool AppliesTo(PortResult port) => port.Service == "x11";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Whether the server wants authorisation did not show."),
    };
}
