using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The cipher suite that was agreed on is a broken one.</summary>
/// <remarks>Judges the suite of the handshake alone. Source: RFC 7465 (RC4), RFC 8758, RFC 9325 section 4.2 (NULL, anonymous, export, 3DES).</remarks>
internal sealed partial class WeakCipherCheck : ICheck
{
    public string Id => "tls-weak-cipher";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Tls!.Cipher is not { } cipher) return CheckOutcome.CannotTell("No cipher suite was agreed on.");
        return Weak().IsMatch(cipher) ? CheckOutcome.Positive(Evidence.Of(cipher), qod: 98) : CheckOutcome.Negative();
    }

    [GeneratedRegex("(?i)_RC4_|_3?DES_|_NULL_|_anon_|EXPORT|_RC2_|_MD5$", RegexOptions.CultureInvariant)]
    private static partial Regex Weak();
}
