using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The certificate is for another name than the one the line goes by.</summary>
/// <remarks>Source: RFC 9525 section 6.3 (a wildcard stands for the leftmost label only).</remarks>
internal sealed class CertificateNameMismatchCheck : ICheck
{
    public string Id => "tls-certificate-name-mismatch";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        // A line that goes by no name has none that a certificate could miss.
        if (facts.Target.Fqdn is not { } name) return CheckOutcome.Negative();
        var names = facts.Port.Tls!.Names;
        if (names.Count == 0) return CheckOutcome.CannotTell("The certificate's names were not read.");
        return names.Any(pattern => Matches(pattern, name)) ? CheckOutcome.Negative() : CheckOutcome.Positive(Evidence.Of(string.Join(", ", names)), qod: 95);
    }

    private static bool Matches(string pattern, string name)
    {
        if (string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase)) return true;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && pattern.StartsWith("*.", StringComparison.Ordinal)
            && string.Equals(pattern[1..], name[dot..], StringComparison.OrdinalIgnoreCase);
    }
}
