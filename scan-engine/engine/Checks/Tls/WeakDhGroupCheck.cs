using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>Keys are exchanged by Diffie-Hellman in a group that is too small.</summary>
/// <remarks>Source: RFC 9325 section 4.2.1 (at least 2048 bits); Adrian et al., "Imperfect Forward Secrecy" (1024 bits within reach of a state).</remarks>
internal sealed class WeakDhGroupCheck : ICheck
{
    private const int SmallestSound = 2048;

    public string Id => "tls-weak-dh-group";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls!.Cipher is null) return CheckOutcome.CannotTell("No cipher suite was agreed on.");
        return facts.Port.Tls.DhBits is { } bits and < SmallestSound ? CheckOutcome.Positive(Evidence.Of($"Diffie-Hellman group of {bits} bits"), qod: 98) : CheckOutcome.Negative();
    }
}
