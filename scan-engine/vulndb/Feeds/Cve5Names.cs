using System.Text.Json;
using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Products that a CVE record names in words alone: <c>Apache Software Foundation</c>, <c>Apache Tomcat</c>.</summary>
/// <remarks>
/// A name in words is a guess at a CPE name, so it is taken only where nothing is left to guess: a vendor, a version in the usual form, and no package, platform or module
/// that would make it another product. What is found by it has a quality of its own.
/// </remarks>
internal static partial class Cve5Names
{
    private static readonly string[] MakesAnother = ["packageName", "collectionURL", "platforms", "modules", "programFiles", "programRoutines"];

    /// <summary>A configuration by name; null where the record leaves something to guess.</summary>
    internal static CpeConfiguration? Configuration(JsonElement affected)
    {
        if (MakesAnother.Any(property => affected.At(property).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))) return null;
        var versions = Cve5Versions.Of(affected).Where(static each => IsUsual(each.Version) && IsUsual(each.Range)).ToList();
        List<CpeCriterion> criteria = [.. from name in Names(affected.Text("vendor"), affected.Text("product"))
                                          from version in versions
                                          select new CpeCriterion(name with { Version = version.Version }, version.Range, vulnerable: true)];
        return criteria.Count == 0 ? null : new CpeConfiguration(All: false, Negate: false, [new CpeNode(All: false, Negate: false, criteria)]);
    }

    /// <summary>With and without what a company adds to its name, and the product with and without its vendor's name before it.</summary>
    private static IEnumerable<CpeName> Names(string? vendor, string? product)
    {
        var (maker, made) = (Word(vendor), Word(product));
        if (maker is null || made is null) yield break;
        var makers = new[] { maker, CompanyWords().Replace(maker, "") }.Where(static each => each.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var products = makers.Where(each => made.StartsWith(each + "_", StringComparison.Ordinal)).Select(each => made[(each.Length + 1)..]).Prepend(made).Distinct(StringComparer.Ordinal).ToList();
        foreach (var one in makers)
        {
            foreach (var each in products) yield return new CpeName { Part = "a", Vendor = one, Product = each };
        }
    }

    /// <summary>As CPE names write it; null for what names nothing.</summary>
    private static string? Word(string? text)
    {
        var word = NoWord().Replace((text ?? "").Trim().ToLowerInvariant(), "_").Trim('_');
        return word is "" or "n_a" or "na" or "unknown" or "multiple_vendors" ? null : word;
    }

    private static bool IsUsual(VersionRange range) =>
        new[] { range.StartIncluding, range.StartExcluding, range.EndIncluding, range.EndExcluding }.All(static bound => bound is null || IsUsual(bound));

    private static bool IsUsual(string version) => version is CpeName.Any || UsualVersion().IsMatch(version);

    [GeneratedRegex(@"[^a-z0-9.+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoWord();

    [GeneratedRegex(@"(_(systems|software|foundation|networks|security|project|group|inc\.?|corporation|corp\.?|ltd\.?|llc|gmbh|co\.?))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex CompanyWords();

    [GeneratedRegex(@"\A[vhc]?[0-9]+(\.[0-9]+)*([-_.]?[a-z]{1,5}[-_.]?[0-9]*(\.[0-9]+)*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex UsualVersion();
}
