using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Names under which one product stands in the records of different years (product-aliases.csv).</summary>
internal static class ProductAliases
{
    private const string Firmware = "_firmware";

    private static readonly Dictionary<string, string> CanonicalByAlias =
        EmbeddedData.Rows("Matching.product-aliases.csv").ToDictionary(static cells => cells[1], static cells => cells[0], StringComparer.Ordinal);

    private static readonly ILookup<string, string> Aliases = CanonicalByAlias.ToLookup(static pair => pair.Value, static pair => pair.Key);

    /// <summary>The key under which a product is known here.</summary>
    internal static string Canonical(string key) => CanonicalByAlias.GetValueOrDefault(key, key);

    /// <summary>Every key under which records of this product may stand.</summary>
    internal static IReadOnlyList<string> KeysOf(CpeName name)
    {
        var canonical = Canonical(name.Key);
        return name.Part == "o" ? [canonical, .. Aliases[canonical], OtherFirmwareKey(name.Key)] : [canonical, .. Aliases[canonical]];
    }

    /// <summary>A device's system stands as rtx1200 in older records and as rtx1200_firmware in newer ones.</summary>
    private static string OtherFirmwareKey(string key) => key.EndsWith(Firmware, StringComparison.Ordinal) ? key[..^Firmware.Length] : key + Firmware;
}
