using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>What was found on a port, and what it runs on where that is known.</summary>
/// <param name="Product">Product with version and update.</param>
/// <param name="Platforms">What it runs on; empty while unknown.</param>
internal sealed partial record Subject(CpeName Product, IReadOnlyList<CpeName> Platforms)
{
    /// <summary>What every Linux distribution runs on.</summary>
    internal static CpeName LinuxKernel { get; } = new() { Part = "o", Vendor = "linux", Product = "linux_kernel" };

    /// <summary>Keys under which records of the product may stand.</summary>
    internal IReadOnlyList<string> Keys { get; } = ProductAliases.KeysOf(Product);

    /// <summary>A patch level that stands in the version (9.2p1) is taken for the update, as NVD writes it.</summary>
    internal static Subject Of(CpeName product, IEnumerable<CpeName> platforms) => new(
        product.Update is CpeName.Any && PatchLevel().Match(product.Version) is { Success: true } match
            ? product with { Version = match.Groups["version"].Value, Update = match.Groups["update"].Value }
            : product,
        [.. platforms]);

    [GeneratedRegex(@"\A(?<version>[0-9]+(\.[0-9]+)+)[-_]?(?<update>(p|rc|beta|alpha)[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PatchLevel();
}
