using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>What was found on a port.</summary>
public sealed record MatchQuery
{
    /// <summary>Product with version and update; without a version only CVEs of every version match.</summary>
    public required CpeName Product { get; init; }

    /// <summary>What it runs on; empty while unknown.</summary>
    public IReadOnlyList<CpeName> Platforms { get; init; } = [];

    /// <summary>The operator's words on distribution, release or package version (Debian 12, el8, 1:9.2p1-2+deb12u3); null while nobody said any.</summary>
    public string? Distribution { get; init; }

    /// <summary>What in a banner may name the distribution or the operating system: its rest, what stands in brackets.</summary>
    public IReadOnlyList<string> DistributionTexts { get; init; } = [];

    /// <summary>What other products of the same answer say of themselves (PHP beside nginx): they tell the distribution, but never this product's revision.</summary>
    public IReadOnlyList<string> NeighbourTexts { get; init; } = [];
}

/// <summary>A CVE in whose range the version lies, and which the distribution has fixed in the package.</summary>
/// <param name="Cve">CVE id.</param>
/// <param name="Why">By which version.</param>
public sealed record SuppressedMatch(string Cve, string Why);

/// <summary>The answer to a query.</summary>
/// <param name="Matches">Surest first, then by id.</param>
/// <param name="Suppressed">Fixed by the distribution, by id: said, never silently dropped.</param>
public sealed record MatchResult(IReadOnlyList<VulnMatch> Matches, IReadOnlyList<SuppressedMatch> Suppressed);
