using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>What a probe or a fingerprint says about a port.</summary>
internal sealed record Identification
{
    /// <summary>IANA or nmap name of the protocol as spoken, without TLS: <c>http</c>, <c>imap</c>. The runner makes it <c>https</c>, <c>imaps</c> where TLS comes first.</summary>
    public required string Service { get; init; }

    /// <summary>Product, only if read or inferred from the answer.</summary>
    public string? Product { get; init; }

    /// <summary>Upstream version, only if read or inferred from the answer.</summary>
    public string? Version { get; init; }

    /// <summary>What else was said, such as the distribution's package version.</summary>
    public string? Info { get; init; }

    /// <summary>CPE 2.3 names; one with a version only where the version was read.</summary>
    public IReadOnlyList<string> Cpe { get; init; } = [];

    /// <summary>0 to 100.</summary>
    public int Confidence { get; init; } = 90;

    /// <summary>Path of a page that tells more of the product, or null.</summary>
    public string? MoreAt { get; init; }

    /// <summary>TLS reached by an upgrade inside the protocol.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>Facts for the checks, by name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The same with one more fact.</summary>
    public Identification WithFact(string name, string value) =>
        this with { Facts = new Dictionary<string, string>(Facts, StringComparer.Ordinal) { [name] = value } };
}
