using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Versions;

/// <summary>OpenSSH: a release (9.3) and its portable form (9.3p1, 9.3p2).</summary>
/// <remarks>
/// Red Hat, FreeBSD and Windows print the release alone, and so do most bounds of records. Where one of the two has no level, the releases decide.
/// Source: OpenSSH, "Portable OpenSSH" (the p of the version).
/// </remarks>
internal sealed partial class OpenSshScheme(IVersionScheme general) : IVersionScheme
{
    public string Id => "openssh";

    public int Compare(string? x, string? y) => general.Compare(x, y);

    public int? Place(string found, string named) =>
        HasLevel(found) == HasLevel(named) ? Compare(found, named) : Compare(Release(found), Release(named));

    private static bool HasLevel(string version) => Level().IsMatch(version);

    private static string Release(string version) => Level().Replace(version, "");

    [GeneratedRegex(@"[-_]?p[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Level();
}
