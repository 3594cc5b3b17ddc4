using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>FTP without TLS: passwords and files cross the network in the clear.</summary>
internal sealed class FtpClearTextCheck : ICheck
{
    public string Id => "ftp-clear-text";

    public bool AppliesTo(PortResult port) => port.Service == "ftp";

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls is not null) return CheckOutcome.Negative();
        return facts.Fact(FactNames.StartTls) == FactNames.No
            ? CheckOutcome.Positive(facts.Seen, qod: 95)
            : CheckOutcome.CannotTell("Whether the server offers TLS did not show.");
    }
}
