using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Kinds of operating system, and which products are of them (operating-systems.csv).</summary>
internal static class OperatingSystems
{
    private const string Unix = "unix";
    private const string Windows = "windows";

    // A product that ends in an asterisk stands for all that begin so.
    private static readonly (string Kind, string Vendor, string Product, bool IsFamily)[] Rows =
        [.. EmbeddedData.Rows("Matching.operating-systems.csv").Where(static cells => cells[0] == "system").Select(static cells => (cells[1], cells[2], cells[3], cells[4] == "family"))];

    private static readonly Dictionary<string, string> KindByWord =
        EmbeddedData.Rows("Matching.operating-systems.csv").Where(static cells => cells[0] == "word").ToDictionary(static cells => cells[2], static cells => cells[1], StringComparer.Ordinal);

    /// <summary>True when the word is one for a kind of system, as target software writes it.</summary>
    internal static bool IsKind(string word) => KindByWord.ContainsKey(word);

    /// <summary>The kind of a product; null for what is no system that we know.</summary>
    internal static string? KindOf(CpeName name) => RowOf(name)?.Kind;

    /// <summary>True for a name that says no more than the kind, such as linux_kernel or windows.</summary>
    internal static bool IsFamily(CpeName name) => RowOf(name) is { IsFamily: true };

    /// <summary>Whether the platform is of the kind that the word names. Everything but Windows is Unix of a sort; what is only known to be Unix may be any of them.</summary>
    internal static Truth Is(CpeName platform, string word)
    {
        var (kind, wanted) = (KindOf(platform), KindByWord.GetValueOrDefault(word, word));
        if (kind is null) return Truth.No;
        if (kind == wanted || (wanted == Unix && kind != Windows)) return Truth.Yes;
        return kind == Unix && wanted != Windows ? Truth.Unknown : Truth.No;
    }

    private static (string Kind, string Vendor, string Product, bool IsFamily)? RowOf(CpeName name)
    {
        foreach (var row in Rows)
        {
            if (row.Vendor != name.Vendor) continue;
            if (row.Product.EndsWith('*') ? name.Product.StartsWith(row.Product[..^1], StringComparison.Ordinal) : name.Product == row.Product) return row;
        }

        return null;
    }
}
