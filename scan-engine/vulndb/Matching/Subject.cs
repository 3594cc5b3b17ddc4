using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Matching;

/// <summary>What was found on a port, and what it runs on where that is known.</summary>
/// <param name="Product">Product with version, update and edition as far as the version tells them.</param>
/// <param name="Platforms">What it runs on; empty while unknown.</param>
internal sealed partial record Subject(CpeName Product, IReadOnlyList<CpeName> Platforms)
{
    // A product's records name the same versions over and over.
    private readonly Dictionary<string, int?> wholes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> versions = new(StringComparer.Ordinal);

    /// <summary>Keys under which records of the product may stand.</summary>
    internal IReadOnlySet<string> Keys { get; } = ProductAliases.KeysOf(Product);

    /// <summary>How the product's versions are ordered.</summary>
    internal IVersionScheme Scheme { get; } = VersionSchemes.Of(Product.Vendor, Product.Product);

    /// <summary>Version and update as one.</summary>
    internal string Whole { get; } = WholeOf(Product.Version, Product.Update);

    /// <summary><see cref="PlaceOfWhole"/>, made once: it is handed on for every range.</summary>
    internal Func<string, int?> Place => field ??= PlaceOfWhole;

    /// <summary>How version and update lie to a bound by the order of the scheme, whatever the line.</summary>
    internal Func<string, int> Compare => field ??= bound => Scheme.Compare(Whole, bound);

    /// <summary>Version and update as one.</summary>
    internal static string WholeOf(string version, string update) => update is CpeName.Any or CpeName.NotApplicable ? version : $"{version}-{update}";

    /// <summary>How version and update lie to a version that a record names; null where they have no order.</summary>
    internal int? PlaceOfWhole(string named) => wholes.TryGetValue(named, out var known) ? known : wholes[named] = Scheme.Place(Whole, named);

    /// <summary>The same for the version without its update.</summary>
    internal int? PlaceOfVersion(string named) => versions.TryGetValue(named, out var known) ? known : versions[named] = Scheme.Place(Product.Version, named);

    /// <summary>A patch level that stands in the version (9.2p1) is taken for the update, as NVD writes it.</summary>
    internal static Subject Of(CpeName product, IEnumerable<CpeName> platforms) => new(WithEdition(WithUpdate(product)), [.. platforms]);

    private static CpeName WithUpdate(CpeName product)
    {
        if (product.Update is not CpeName.Any) return product;
        if (product.Vendor is "zyxel" && ZyxelScheme.Read(product.Version) is var (release, patch)) return product with { Version = release, Update = patch is "0" ? CpeName.NotApplicable : $"patch{patch}" };
        return PatchLevel().Match(product.Version) is { Success: true } match ? product with { Version = match.Groups["version"].Value, Update = match.Groups["update"].Value } : product;
    }

    /// <summary>BIND and Jenkins tell the edition by the form of the version.</summary>
    private static CpeName WithEdition(CpeName product)
    {
        if (product.SoftwareEdition is not CpeName.Any || product.Version is CpeName.Any or CpeName.NotApplicable) return product;
        return ProductAliases.Canonical(product) switch
        {
            "isc:bind" => product with { SoftwareEdition = BindEdition($"{product.Version}-{product.Update}") },
            "jenkins:jenkins" => product with { SoftwareEdition = product.Version.Count(static each => each == '.') == 2 ? "lts" : CpeName.NotApplicable },
            _ => product,
        };
    }

    private static string BindEdition(string version)
    {
        if (BindScheme.IsPreview(version)) return "supported_preview";
        return BindScheme.IsExtended(version) ? "esv" : "stable";
    }

    [GeneratedRegex(@"\A(?<version>[0-9]+(\.[0-9]+)+)[-_]?(?<update>(p|rc|beta|alpha|r)[0-9]+(\.[0-9]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PatchLevel();
}
