namespace VulnDiag.VulnDb.Versions;

/// <summary>The versions that a CPE match criterion names; a null bound is open.</summary>
/// <param name="StartIncluding">First version inside.</param>
/// <param name="StartExcluding">Last version before.</param>
/// <param name="EndIncluding">Last version inside.</param>
/// <param name="EndExcluding">First version after.</param>
/// <remarks>Source: NVD CVE API 2.0, <c>cpeMatch</c>.</remarks>
internal sealed record VersionRange(string? StartIncluding, string? StartExcluding, string? EndIncluding, string? EndExcluding)
{
    /// <summary>Every version.</summary>
    internal static VersionRange All { get; } = new(null, null, null, null);

    /// <summary>The range of the bounds; the same one wherever none is given.</summary>
    internal static VersionRange Of(string? startIncluding, string? startExcluding, string? endIncluding, string? endExcluding) =>
        startIncluding is null && startExcluding is null && endIncluding is null && endExcluding is null
            ? All
            : new VersionRange(startIncluding, startExcluding, endIncluding, endExcluding);

    /// <summary>True when no bound is given.</summary>
    internal bool IsOpen => this == All;

    /// <summary>
    /// True when <paramref name="version"/> lies inside by the order of <paramref name="scheme"/>. A bound of another line of releases leaves it outside, unless the
    /// range itself goes from one line to another.
    /// </summary>
    internal bool Contains(string version, IVersionScheme scheme) =>
        Contains(bound => scheme.Place(version, bound), bound => scheme.Compare(version, bound), scheme);

    /// <summary>The same for a version whose place and order to a bound are told.</summary>
    internal bool Contains(Func<string, int?> place, Func<string, int> compare, IVersionScheme scheme)
    {
        var acrossLines = scheme.HasLines && (StartIncluding ?? StartExcluding) is { } start && (EndIncluding ?? EndExcluding) is { } end && scheme.Place(start, end) is null;
        int? To(string bound) => acrossLines ? compare(bound) : place(bound);
        return (StartIncluding is null || To(StartIncluding) >= 0)
            && (StartExcluding is null || To(StartExcluding) > 0)
            && (EndIncluding is null || To(EndIncluding) <= 0)
            && (EndExcluding is null || To(EndExcluding) < 0);
    }

    /// <summary>The range whose last version is an update of the bound, as records up to 2017 write it (up to 7.2, update p1).</summary>
    internal VersionRange UpTo(string update) => EndIncluding is null ? this : this with { EndIncluding = $"{EndIncluding}-{update}" };
}
