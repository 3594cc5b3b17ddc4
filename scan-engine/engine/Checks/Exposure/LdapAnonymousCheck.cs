using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A directory answers questions without a log-in.</summary>
internal sealed class LdapAnonymousCheck : ICheck
{
    public string Id => "ldap-anonymous";

    public bool AppliesTo(PortResult port) => port.Service == "ldap";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact("anonymous") switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 85),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The question for the root entry was not answered."),
    };
}
