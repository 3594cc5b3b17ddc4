using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Backports;

/// <summary>A row of the fix table.</summary>
/// <param name="Release">Release of the distribution.</param>
/// <param name="Version">First fixed version; 0 where the release never had the hole, empty while it is open.</param>
internal sealed record FixRow(string Release, string Version)
{
    /// <summary>The distribution says that the release never had the hole.</summary>
    internal const string NeverAffected = "0";

    /// <summary>The distribution says that there is no fix yet.</summary>
    internal const string Open = "";
}

/// <summary>Whether a distribution has fixed a CVE in the package that is installed.</summary>
internal static partial class FixState
{
    private static readonly DpkgScheme Dpkg = new();
    private static readonly RpmScheme Rpm = new();

    private static readonly Dictionary<string, string[]> Packages =
        EmbeddedData.Rows("Backports.distribution-packages.csv").ToDictionary(static cells => cells[0], static cells => cells[1].Split(';'), StringComparer.Ordinal);

    /// <summary>The source packages that a product may be installed from; its own name where we know none.</summary>
    internal static IReadOnlyList<string> PackagesOf(CpeName product)
    {
        if (!Packages.TryGetValue(ProductAliases.Canonical(product), out var names)) return [product.Product];
        var numbers = product.Version.Split('.');
        return [.. names.Select(name => name
            .Replace("{major}", numbers[0], StringComparison.Ordinal)
            .Replace("{minor}", string.Join('.', numbers.Take(2)), StringComparison.Ordinal))];
    }

    /// <summary>Yes: fixed. No: not yet in what is installed. Unknown: the table does not say, or the banner does not.</summary>
    /// <remarks>What only a neighbour tells of the distribution suppresses nothing: nginx beside the distribution's PHP may be nginx.org's own.</remarks>
    /// <param name="installed">The package.</param>
    /// <param name="rows">Rows of this distribution, package and CVE, of all releases.</param>
    internal static (Truth Fixed, string? FixedVersion) Of(InstalledPackage installed, IEnumerable<FixRow> rows)
    {
        var (isFixed, version) = ByTable(installed, rows);
        return (isFixed is Truth.Yes && installed.IsByNeighbour ? Truth.Unknown : isFixed, version);
    }

    /// <summary>Why a CVE is not told.</summary>
    internal static string Words(InstalledPackage installed, string fixedVersion) => fixedVersion is FixRow.NeverAffected
        ? $"backport: {installed} never had it, as the distribution says."
        : $"backport: {installed} has the fix of {fixedVersion}.";

    private static (Truth Fixed, string? FixedVersion) ByTable(InstalledPackage installed, IEnumerable<FixRow> rows)
    {
        foreach (var row in rows)
        {
            var (upstream, revision) = Split(row.Version);
            var sameUpstream = IsSame(Plain(upstream), Plain(installed.Upstream));
            if (installed.Release is null ? !sameUpstream : row.Release != installed.Release) continue;
            if (row.Version is FixRow.NeverAffected) return (Truth.Yes, row.Version);
            if (row.Version is FixRow.Open) return (Truth.No, row.Version);
            if (sameUpstream) return (installed.Revision is { } ours ? IsAtLeast(installed, ours, revision) : Truth.Unknown, row.Version);
            return (Order(installed).Compare(Plain(installed.Upstream), Plain(upstream)) > 0 ? Truth.Yes : Truth.No, row.Version);
        }

        return (Truth.Unknown, null);
    }

    private static Truth IsAtLeast(InstalledPackage installed, string ours, string fixedRevision) =>
        Order(installed).Compare($"0-{ours}", $"0-{fixedRevision}") >= 0 ? Truth.Yes : Truth.No;

    /// <summary>Red Hat's OpenSSH prints 8.0, and its package is of 8.0p1.</summary>
    private static bool IsSame(string fixedUpstream, string ours) =>
        fixedUpstream.StartsWith(ours, StringComparison.Ordinal) && (fixedUpstream.Length == ours.Length || PortableLevel().IsMatch(fixedUpstream.AsSpan(ours.Length)));

    private static IVersionScheme Order(InstalledPackage installed) => installed.Distribution is "debian" or "ubuntu" ? Dpkg : Rpm;

    /// <summary>Upstream version and revision; the epoch is left out, as no banner tells it.</summary>
    private static (string Upstream, string Revision) Split(string version)
    {
        var rest = version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var hyphen = rest.LastIndexOf('-');
        return hyphen < 0 ? (rest, "") : (rest[..hyphen], rest[(hyphen + 1)..]);
    }

    /// <summary>Without the mark of a repacked source (+dfsg, ~ds1), which no server prints.</summary>
    private static string Plain(string upstream)
    {
        var mark = upstream.IndexOfAny(['+', '~']);
        return mark < 0 ? upstream : upstream[..mark];
    }

    [GeneratedRegex(@"\Ap[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PortableLevel();
}
