using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Versions;

/// <summary>OpenSSH: a release (9.3) and its portable form (9.3p1, 9.3p2).</summary>
/// <remarks>
/// Red Hat, FreeBSD and Windows print the release alone, and so do most bounds of records. A bound without a level stands for all of them; a server that
/// tells none has the first one at least: 9.8 is 9.8p1, and what 9.9p2 mended may be in 9.9.
/// Source: OpenSSH, "Portable OpenSSH" (the p of the version).
/// </remarks>
internal sealed partial class OpenSshScheme(IVersionScheme general) : IVersionScheme
{
    private const string FirstLevel = "p1";

    public string Id => "openssh";

    public int Compare(string? x, string? y) => general.Compare(x, y);

    public int? Place(string found, string named)
    {
        if (HasLevel(found) == HasLevel(named)) return Compare(found, named);
        return HasLevel(found) ? Compare(Release(found), named) : Compare(found + FirstLevel, named);
    }

    private static bool HasLevel(string version) => Level().IsMatch(version);

    private static string Release(string version) => Level().Replace(version, "");

    [GeneratedRegex(@"[-_]?p[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Level();
}
