using System.Collections.Concurrent;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Names under which one product stands in the records of different years (product-aliases.csv), as vendor:product.</summary>
internal static class ProductAliases
{
    private const string Firmware = "_firmware";

    private static readonly string[] Parts = ["a", "o", "h"];

    private static readonly Dictionary<string, string> CanonicalByAlias =
        EmbeddedData.Rows("Matching.product-aliases.csv").ToDictionary(static cells => cells[1], static cells => cells[0], StringComparer.Ordinal);

    private const int Remembered = 10_000;

    private static readonly ConcurrentDictionary<string, IReadOnlySet<string>> Known = new(StringComparer.Ordinal);

    private static readonly ILookup<string, string> Aliases = CanonicalByAlias.ToLookup(static pair => pair.Value, static pair => pair.Key);

    /// <summary>The vendor and product under which a product is known here.</summary>
    internal static string Canonical(CpeName name) => Canonical($"{name.Vendor}:{name.Product}");

    /// <summary>The same for vendor:product.</summary>
    internal static string Canonical(string name) => CanonicalByAlias.GetValueOrDefault(name, name);

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
            .SelectMany(static each => new[] { each, OtherFirmwareName(each) })
            .SelectMany(static each => Parts.Select(part => $"{part}:{each}"))
            .ToHashSet(StringComparer.Ordinal);

    private static string OtherFirmwareName(string name) => name.EndsWith(Firmware, StringComparison.Ordinal) ? name[..^Firmware.Length] : name + Firmware;
}
