using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Tls;

/// <summary>The port still accepts SSL 3.0, TLS 1.0 or TLS 1.1.</summary>
/// <remarks>Source: RFC 7568 (SSL 3.0), RFC 8996 (TLS 1.0 and 1.1 are not to be used).</remarks>
internal sealed class OldTlsVersionCheck : ICheck
{
    private static readonly string[] Old = ["SSLv3", "TLSv1.0", "TLSv1.1"];

    public string Id => "tls-old-version";

    public bool AppliesTo(PortResult port) => port.Tls is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        var versions = facts.Port.Tls!.Versions;
        if (versions.Count == 0) return CheckOutcome.CannotTell("No version was agreed on.");
        var old = versions.Intersect(Old, StringComparer.Ordinal).ToList();
        return old.Count > 0 ? CheckOutcome.Positive(Evidence.Of(string.Join(", ", old)), qod: 98) : CheckOutcome.Negative();
    }
}
