using System.Collections.Concurrent;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Names under which one product stands in the records of different years (product-aliases.csv), as vendor:product, or vendor:* for all of a vendor's.</summary>
internal static class ProductAliases
{
    private const string Firmware = "_firmware";
    private const string Software = "_software";
    private const string Hardware = "h";
    private const string EveryProduct = ":*";
    private const int Remembered = 10_000;

    private static readonly string[] Parts = ["a", "o", Hardware];

    private static readonly ConcurrentDictionary<string, IReadOnlySet<string>> Known = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> CanonicalByAlias =
        EmbeddedData.Rows("Matching.product-aliases.csv").ToDictionary(static cells => cells[1], static cells => cells[0], StringComparer.Ordinal);

    private static readonly ILookup<string, string> Aliases = CanonicalByAlias.ToLookup(static pair => pair.Value, static pair => pair.Key);

    /// <summary>The vendor and product under which a product is known here.</summary>
    internal static string Canonical(CpeName name) => Canonical($"{name.Vendor}:{name.Product}");

    /// <summary>The same for vendor:product; with or without firmware at its end, as a table has it.</summary>
    internal static string Canonical(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var ours = colon > 0 && CanonicalByAlias.TryGetValue(name[..colon] + EveryProduct, out var vendor) ? vendor[..^EveryProduct.Length] + name[colon..] : name;
        if (CanonicalByAlias.TryGetValue(ours, out var canonical)) return canonical;
        var other = OtherFirmwareName(ours);
        if (CanonicalByAlias.TryGetValue(other, out canonical)) return canonical;
        return Aliases.Contains(other) ? other : ours;
    }

    /// <summary>Every key under which records of this product may stand.</summary>
    /// <remarks>Records are not of one mind whether a device's software is an application, a system or the hardware, and whether it is rtx1200 or rtx1200_firmware.</remarks>
    internal static IReadOnlySet<string> KeysOf(CpeName name)
    {
        var canonical = Canonical(name);
        if (Known.TryGetValue(canonical, out var known)) return known;
        var keys = KeysOf(canonical);
        if (Known.Count < Remembered) Known.TryAdd(canonical, keys);
        return keys;
    }

    private static HashSet<string> KeysOf(string canonical) =>
        Aliases[canonical].Append(canonical)
            .SelectMany(VendorsNames)
            .SelectMany(static each => new[] { each, OtherFirmwareName(each) })
            .SelectMany(each => PartsOf(each, canonical).Select(part => $"{part}:{each}"))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The hardware that some software runs on is not that software, whatever name both may have.</summary>
    private static IEnumerable<string> PartsOf(string name, string canonical) =>
        name != canonical && canonical.EndsWith(Software, StringComparison.Ordinal) ? Parts.Where(static part => part != Hardware) : Parts;

    /// <summary>The name under every name of its vendor.</summary>
    private static IEnumerable<string> VendorsNames(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return Aliases[name[..Math.Max(colon, 0)] + EveryProduct].Select(vendor => vendor[..^EveryProduct.Length] + name[colon..]).Prepend(name);
    }

    private static string OtherFirmwareName(string name) => name.EndsWith(Firmware, StringComparison.Ordinal) ? name[..^Firmware.Length] : name + Firmware;
}
