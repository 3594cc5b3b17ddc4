using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Versions;

/// <summary>BIND: 9.11.4-P2; extended support 9.6-ESV-R9-P1, which comes after every 9.6.x; supported preview 9.11.36-S1.</summary>
/// <remarks>Source: ISC, "ISC's Software Support Policy and Version Numbering".</remarks>
internal sealed partial class BindScheme(IVersionScheme general) : IVersionScheme
{
    // Later than any third number of a release that has extended support.
    private const string AfterEveryRelease = ".9999.";

    public string Id => "bind";

    public int Compare(string? x, string? y) => general.Compare(Plain(x), Plain(y));

    /// <summary>A preview and a plain release are held against each other without the S, as each S release has the fixes of the plain one.</summary>
    public int? Place(string found, string named) =>
        IsPreview(found) == IsPreview(named) ? Compare(found, named) : Compare(Preview().Replace(found, ""), Preview().Replace(named, ""));

    /// <summary>True for the releases to paying customers.</summary>
    internal static bool IsPreview(string version) => Preview().IsMatch(version);

    /// <summary>True for extended support.</summary>
    internal static bool IsExtended(string version) => Extended().IsMatch(version);

    private static string Plain(string? version) => Extended().Replace(version ?? "", AfterEveryRelease);

    [GeneratedRegex(@"[-_]?s[0-9]+\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Preview();

    [GeneratedRegex(@"[-_]?esv[-_]?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Extended();
}
