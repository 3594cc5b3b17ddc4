using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The server still speaks SMB 1, the protocol of WannaCry.</summary>
internal sealed class Smb1EnabledCheck : ICheck
{
    public string Id => "smb1-enabled";

    public bool AppliesTo(PortResult port) => port.Service is "microsoft-ds" or "netbios-ssn";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact("smb1") switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The question for SMB 1 was not answered."),
    };
}
