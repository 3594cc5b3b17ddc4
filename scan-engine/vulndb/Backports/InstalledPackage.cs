namespace VulnDiag.VulnDb.Backports;

/// <summary>A distribution's package, as far as a banner or an operator tells.</summary>
/// <param name="Distribution">Such as <c>debian</c>.</param>
/// <param name="Release">Such as <c>12</c>; null while unknown.</param>
/// <param name="Upstream">Upstream version with its patch level (9.2p1).</param>
/// <param name="Revision">The distribution's part (2+deb12u2); null while unknown.</param>
internal sealed record InstalledPackage(string Distribution, string? Release, string Upstream, string? Revision)
{
    /// <summary>True where only another product of the same answer names the distribution: this one may be of the maker's own packages.</summary>
    internal bool IsByNeighbour { get; init; }

    /// <summary>In words, for reasons.</summary>
    public override string ToString() =>
        $"{Distribution}{(Release is null ? "" : " " + Release)}{(Revision is null ? "" : $" package {Upstream}-{Revision}")}";
}
