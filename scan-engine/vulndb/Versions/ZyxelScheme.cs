using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Versions;

/// <summary>Zyxel: 5.21(AAZF.14)C0, a release with the code of the model and the patch, which records also write 5.21 patch 14 or leave out.</summary>
/// <remarks>A bound without a patch is that of the release: up to 5.20 names 5.20(ABUH.2). Source: Zyxel, "ZLD release notes" (firmware version).</remarks>
internal sealed partial class ZyxelScheme(IVersionScheme general) : IVersionScheme
{
    public string Id => "zyxel";

    /// <summary>The release and the patch of a version in the long form; null for any other.</summary>
    internal static (string Release, string Patch)? Read(string version) =>
        Form().Match(version) is { Success: true } match ? (match.Groups["release"].Value, match.Groups["patch"].Value) : null;

    public int Compare(string? x, string? y) => general.Compare(Plain(x ?? ""), Plain(y ?? ""));

    public int? Place(string found, string named) => Patch().IsMatch(Plain(named)) ? Compare(found, named) : Compare(Patch().Replace(Plain(found), ""), named);

    private static string Plain(string version) => Read(version) is var (release, patch) ? $"{release}-patch{patch}" : version;

    [GeneratedRegex(@"\Av?(?<release>[0-9]+\.[0-9]+)\\?\([a-z]+\.(?<patch>[0-9]+)\\?\)(c[0-9o])?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"[-_ ]*patch[-_ ]*[0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Patch();
}
