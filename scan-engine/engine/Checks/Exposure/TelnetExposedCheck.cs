using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A telnet service answers: whatever is typed there, passwords too, crosses the network in the clear.</summary>
internal sealed class TelnetExposedCheck : ICheck
{
    public string Id => "telnet-exposed";

    public bool AppliesTo(PortResult port) => port.Protocol == Transport.Tcp && port.Service == "telnet";

    public CheckOutcome Judge(CheckFacts facts) => facts.Port.Tls is null
        ? CheckOutcome.Positive(new Evidence(facts.Port.Evidence), qod: 95)
        : CheckOutcome.Negative();
}
