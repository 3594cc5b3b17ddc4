using System.Text;

namespace VulnDiag.VulnDb.Cpe;

/// <summary>A CPE 2.3 name. Each component is lower-case without escapes, or <see cref="Any"/>, or <see cref="NotApplicable"/>.</summary>
/// <remarks>Source: NISTIR 7695, CPE Naming Specification 2.3, sections 5 and 6.2 (formatted string), 6.1 (URI).</remarks>
public sealed record CpeName
{
    /// <summary>ANY: not stated.</summary>
    public const string Any = "*";

    /// <summary>NA: there is none, which matches only itself and ANY.</summary>
    public const string NotApplicable = "-";

    private const string FormattedPrefix = "cpe:2.3:";
    private const string UriPrefix = "cpe:/";
    private const int Components = 11;

    // A literal * or - keeps its escape, so that it is never taken for ANY or NA.
    private const char Escape = '\\';

    /// <summary><c>a</c>, <c>o</c> or <c>h</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Vendor.</summary>
    public required string Vendor { get; init; }

    /// <summary>Product.</summary>
    public required string Product { get; init; }

    /// <summary>Version.</summary>
    public string Version { get; init; } = Any;

    /// <summary>Update, such as <c>p1</c> or <c>rc2</c>.</summary>
    public string Update { get; init; } = Any;

    /// <summary>Edition of CPE 2.2.</summary>
    public string Edition { get; init; } = Any;

    /// <summary>Language.</summary>
    public string Language { get; init; } = Any;

    /// <summary>Software edition.</summary>
    public string SoftwareEdition { get; init; } = Any;

    /// <summary>Software that it runs on, such as <c>wordpress</c>.</summary>
    public string TargetSoftware { get; init; } = Any;

    /// <summary>Hardware that it runs on, such as <c>x64</c>.</summary>
    public string TargetHardware { get; init; } = Any;

    /// <summary>Anything else.</summary>
    public string Other { get; init; } = Any;

    /// <summary>Part, vendor and product: what records are looked up by.</summary>
    public string Key => $"{Part}:{Vendor}:{Product}";

    /// <summary>Reads a formatted string, or a URI of CPE 2.2.</summary>
    /// <returns>Null when the text is neither, or names no product.</returns>
    public static CpeName? Parse(string text)
    {
        if (text.StartsWith(FormattedPrefix, StringComparison.OrdinalIgnoreCase)) return Of(Split(text[FormattedPrefix.Length..]), Components);
        if (!text.StartsWith(UriPrefix, StringComparison.OrdinalIgnoreCase)) return null;
        var parts = text[UriPrefix.Length..].Split(':').Select(static each => each.Length == 0 ? Any : Uri.UnescapeDataString(each).ToLowerInvariant()).ToList();
        return parts.Count is >= 3 and <= 7 ? Of([.. parts, .. Enumerable.Repeat(Any, Components - parts.Count)], Components) : null;
    }

    /// <summary>The formatted string.</summary>
    public override string ToString() =>
        FormattedPrefix + string.Join(':', new[] { Part, Vendor, Product, Version, Update, Edition, Language, SoftwareEdition, TargetSoftware, TargetHardware, Other }.Select(Quoted));

    private static CpeName? Of(List<string> parts, int expected)
    {
        if (parts.Count != expected || parts[0] is not ("a" or "o" or "h")) return null;
        if (parts.Exists(static part => part.Length == 0) || parts[1] == Any || parts[2] == Any) return null;
        return new CpeName
        {
            Part = parts[0], Vendor = parts[1], Product = parts[2], Version = parts[3], Update = parts[4], Edition = parts[5], Language = parts[6],
            SoftwareEdition = parts[7], TargetSoftware = parts[8], TargetHardware = parts[9], Other = parts[10],
        };
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ':')
            {
                parts.Add(part.ToString());
                part.Clear();
                continue;
            }

            if (text[at] != Escape || at + 1 == text.Length)
            {
                part.Append(char.ToLowerInvariant(text[at]));
                continue;
            }

            at++;
            if (text[at] is '*' or '-' && IsWhole(text, at)) part.Append(Escape);
            part.Append(char.ToLowerInvariant(text[at]));
        }

        parts.Add(part.ToString());
        return parts;
    }

    /// <summary>True when the escaped character is the whole component.</summary>
    private static bool IsWhole(string text, int at) => (at < 2 || text[at - 2] == ':') && (at + 1 == text.Length || text[at + 1] == ':');

    private static string Quoted(string part)
    {
        if (part is Any or NotApplicable) return part;
        var quoted = new StringBuilder();
        foreach (var each in part)
        {
            if (!char.IsAsciiLetterOrDigit(each) && each is not ('_' or '.' or '-' or Escape)) quoted.Append(Escape);
            quoted.Append(each);
        }

        return quoted.ToString();
    }
}
