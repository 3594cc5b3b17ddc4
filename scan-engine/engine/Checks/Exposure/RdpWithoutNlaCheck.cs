using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A remote desktop shows its log-in screen before it knows who asks (no network level authentication).</summary>
internal sealed class RdpWithoutNlaCheck : ICheck
{
    public string Id => "rdp-without-nla";

    public bool AppliesTo(PortResult port) => port.Service == "ms-wbt-server";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Which security the server wants did not show."),
    };
}
