using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An SNMP agent answers to the community that devices come with.</summary>
internal sealed class SnmpPublicCheck : ICheck
{
    public string Id => "snmp-public";

    public bool AppliesTo(PortResult port) => port.Service == "snmp";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.Community) is not null
        ? CheckOutcome.Positive(facts.Seen, qod: 98)
        : CheckOutcome.Negative();
}
