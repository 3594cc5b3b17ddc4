using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>One thing that a feed says.</summary>
internal abstract record FeedItem
{
    /// <summary>When it was last changed, where the feed tells it.</summary>
    internal virtual DateTimeOffset? At => null;
}

/// <summary>A record that could not be read: reported and skipped, the rest of the file is read.</summary>
/// <param name="Where">CVE id, or the place in the file.</param>
/// <param name="Why">In words.</param>
internal sealed record BadRecord(string Where, string Why) : FeedItem;

/// <summary>A CVE with its scores and configurations.</summary>
internal sealed record CveRecord : FeedItem
{
    /// <summary>Such as <c>CVE-2023-38408</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Status in the feed's own word, such as <c>Analyzed</c>, <c>Deferred</c>, <c>Rejected</c>; empty where it has none.</summary>
    public string Status { get; init; } = "";

    /// <summary>Last change; the newest record of an id replaces older ones.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>English description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Scores by all sources, the primary ones first.</summary>
    public IReadOnlyList<FeedScore> Scores { get; init; } = [];

    /// <summary>What is vulnerable; any one of them suffices.</summary>
    public IReadOnlyList<CpeConfiguration> Configurations { get; init; } = [];

    /// <summary>What is vulnerable by a name in words, where the record has no CPE name.</summary>
    public IReadOnlyList<CpeConfiguration> ByName { get; init; } = [];

    /// <summary>True for a record of NVD, false for one of the CVE programme.</summary>
    public bool IsNvd { get; init; } = true;

    internal override DateTimeOffset? At => Modified;

    /// <summary>True when the CVE was withdrawn: it never matches.</summary>
    public bool IsRejected => string.Equals(Status, "Rejected", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A score as the feed prints it.</summary>
/// <param name="Version"><c>2.0</c>, <c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Score">Base score.</param>
/// <param name="Vector">Vector.</param>
/// <param name="Source">Who gave it.</param>
/// <param name="IsPrimary">True for the feed's own analysts.</param>
internal sealed record FeedScore(string Version, decimal Score, string Vector, string Source, bool IsPrimary);

/// <summary>A configuration: its nodes joined by AND or OR.</summary>
/// <param name="All">True when every node must match (AND).</param>
/// <param name="Negate">True when it matches where the nodes do not.</param>
/// <param name="Nodes">At least one.</param>
internal sealed record CpeConfiguration(bool All, bool Negate, IReadOnlyList<CpeNode> Nodes);

/// <summary>A node: its criteria joined by AND or OR.</summary>
/// <param name="All">True when every criterion must match (AND).</param>
/// <param name="Negate">True when it matches where the criteria do not.</param>
/// <param name="Criteria">May be empty, which matches nothing.</param>
internal sealed record CpeNode(bool All, bool Negate, IReadOnlyList<CpeCriterion> Criteria);

/// <summary>Configurations that replace those of a CVE.</summary>
/// <param name="Id">CVE id.</param>
/// <param name="Configurations">What is vulnerable.</param>
internal sealed record ConfigurationOverride(string Id, IReadOnlyList<CpeConfiguration> Configurations) : FeedItem;

/// <summary>A CVE that is known to be exploited.</summary>
/// <param name="Id">CVE id.</param>
/// <param name="Added">Day on which it entered the catalogue.</param>
/// <param name="Ransomware">True when it is known to be used for ransom.</param>
internal sealed record KevEntry(string Id, DateOnly? Added, bool Ransomware) : FeedItem
{
    internal override DateTimeOffset? At => Added is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}

/// <summary>How likely a CVE is exploited within 30 days.</summary>
/// <param name="Id">CVE id.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Percentile">0 to 1, or null in older files.</param>
/// <param name="Day">Of the score, or null in older files.</param>
internal sealed record EpssScore(string Id, decimal Probability, decimal? Percentile, DateOnly? Day) : FeedItem
{
    internal override DateTimeOffset? At => Day is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}

/// <summary>An entry of JVN iPedia.</summary>
/// <param name="Id">Such as <c>JVNDB-2021-005429</c>.</param>
/// <param name="TitleJa">Japanese title.</param>
/// <param name="Address">Its page.</param>
/// <param name="Cves">CVE ids that it is about.</param>
internal sealed record JvnEntry(string Id, string TitleJa, string Address, IReadOnlyList<string> Cves) : FeedItem;

/// <summary>The first version of a distribution's package that has a fix.</summary>
/// <param name="Distribution">Such as <c>debian</c>.</param>
/// <param name="Release">Such as <c>12</c>.</param>
/// <param name="Package">Source package.</param>
/// <param name="Cve">CVE id.</param>
/// <param name="FixedVersion">Version in the distribution's order; see <see cref="FixRow"/>.</param>
internal sealed record DistributionFix(string Distribution, string Release, string Package, string Cve, string FixedVersion) : FeedItem
{
    /// <summary>With distribution and release as they are compared here, whatever the table calls them.</summary>
    internal static DistributionFix Of(string distribution, string release, string package, string cve, string fixedVersion)
    {
        var (name, of) = DistributionNames.Normal(distribution, release);
        return new DistributionFix(name, of, package.Trim(), cve, fixedVersion.Trim());
    }
}
