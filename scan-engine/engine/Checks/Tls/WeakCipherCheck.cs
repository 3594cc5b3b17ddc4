using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The server accepts cipher suites that are broken: without encryption, for export, anonymous, RC4, DES, 3DES.</summary>
/// <remarks>Source: see <see cref="Engine.Tls.CipherClasses"/>.</remarks>
internal sealed class WeakCipherCheck : ICheck
{
    public string Id => "tls-weak-cipher";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls!.Cipher is null) return CheckOutcome.CannotTell("No cipher suite was agreed on.");
        var weak = facts.Port.Tls.WeakCiphers;
        return weak.Count > 0 ? CheckOutcome.Positive(Evidence.Of(string.Join(", ", weak)), qod: 98) : CheckOutcome.Negative();
    }
}
