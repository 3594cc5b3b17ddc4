using VulnDiag.Model;

namespace VulnDiag.VulnDb.Matching;

/// <summary>An entry of JVN iPedia about a CVE.</summary>
/// <param name="Id">JVNDB id.</param>
/// <param name="TitleJa">Japanese title.</param>
/// <param name="Address">Its page.</param>
public sealed record JvnReference(string Id, string TitleJa, string Address);

/// <summary>A CVE that the found version has, as far as can be told from outside.</summary>
public sealed record VulnMatch
{
    /// <summary>CVE id.</summary>
    public required string Cve { get; init; }

    /// <summary>Score of the preferred version of CVSS, as the feed prints it; null while nobody gave one.</summary>
    public required CvssScore? Score { get; init; }

    /// <summary>True when CISA's catalogue lists it.</summary>
    public required bool KnownExploited { get; init; }

    /// <summary>EPSS probability, 0 to 1, or null.</summary>
    public required decimal? ExploitProbability { get; init; }

    /// <summary>EPSS percentile, 0 to 1, or null.</summary>
    public required decimal? ExploitPercentile { get; init; }

    /// <summary>Entries of JVN iPedia.</summary>
    public required IReadOnlyList<JvnReference> Jvn { get; init; }

    /// <summary>How sure the match is, 0 to 100.</summary>
    public required int QualityOfDetection { get; init; }

    /// <summary>Why it is as sure as that.</summary>
    public required string Why { get; init; }

    /// <summary>English description of the CVE.</summary>
    public required string Description { get; init; }

    /// <summary>The feed whose configurations say so.</summary>
    public required string Feed { get; init; }

    /// <summary>When that record was loaded.</summary>
    public required DateTimeOffset Loaded { get; init; }
}
