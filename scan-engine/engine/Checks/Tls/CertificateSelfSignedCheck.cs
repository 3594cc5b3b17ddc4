using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The certificate vouches for itself: nobody can tell the server from an impostor.</summary>
internal sealed class CertificateSelfSignedCheck : ICheck
{
    public string Id => "tls-certificate-self-signed";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls!.Subject is not { } subject) return CheckOutcome.CannotTell("The certificate was not read.");
        return facts.Port.Tls.SelfSigned ? CheckOutcome.Positive(Evidence.Of($"{subject} issued by itself"), qod: 95) : CheckOutcome.Negative();
    }
}
