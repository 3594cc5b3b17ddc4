using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The server does not insist on signed messages.</summary>
internal sealed class SmbSigningCheck : ICheck
{
    public string Id => "smb-signing-not-required";

    public bool AppliesTo(PortResult port) => port.Service is "microsoft-ds" or "netbios-ssn";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.SigningRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The server's security mode did not show."),
    };
}
