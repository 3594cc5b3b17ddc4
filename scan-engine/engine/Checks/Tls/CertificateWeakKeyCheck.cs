using System.Globalization;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The certificate's key is short, or it is signed by way of SHA-1 or MD5.</summary>
/// <remarks>Source: NIST SP 800-131A rev. 2 (RSA below 2048 bits and SHA-1 signatures are disallowed); CRYPTREC, ciphers list for e-Government.</remarks>
internal sealed partial class CertificateWeakKeyCheck : ICheck
{
    private const int ShortestRsa = 2048, ShortestEcdsa = 224;

    public string Id => "tls-certificate-weak-key";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        var tls = facts.Port.Tls!;
        if (tls.Key is null && tls.SignatureAlgorithm is null) return CheckOutcome.CannotTell("The certificate was not read.");
        var size = KeySize().Match(tls.Key ?? "");
        var bits = size.Success ? int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture) : int.MaxValue;
        var weakKey = bits < (size.Groups[1].Value == "RSA" ? ShortestRsa : ShortestEcdsa);
        // Who trusts a self-signed certificate does not do so for its signature.
        var weakSignature = !tls.SelfSigned && WeakHash().IsMatch(tls.SignatureAlgorithm ?? "");
        return weakKey || weakSignature ? CheckOutcome.Positive(Evidence.Of($"{tls.Key}, {tls.SignatureAlgorithm}"), qod: 95) : CheckOutcome.Negative();
    }

    [GeneratedRegex(@"^(RSA|ECDSA) (\d{2,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex KeySize();

    [GeneratedRegex("(?i)sha-?1|md5|md2", RegexOptions.CultureInvariant)]
    private static partial Regex WeakHash();
}
