using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A SOCKS proxy serves without a password.</summary>
internal sealed class SocksOpenCheck : ICheck
{
    public string Id => "socks-open";

    public bool AppliesTo(PortResult port) => port.Service == "socks5";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Which authentication the proxy wants did not show."),
    };
}
