using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The certificate is past its end, or not yet valid.</summary>
internal sealed class CertificateExpiredCheck : ICheck
{
    public string Id => "tls-certificate-expired";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls is not { NotBefore: { } start, NotAfter: { } end }) return CheckOutcome.CannotTell("The certificate was not read.");
        return end < facts.Now || start > facts.Now
            ? CheckOutcome.Positive(Evidence.Of($"{facts.Port.Tls.Subject}: {start:yyyy-MM-dd} - {end:yyyy-MM-dd}"), qod: 98)
            : CheckOutcome.Negative();
    }
}
