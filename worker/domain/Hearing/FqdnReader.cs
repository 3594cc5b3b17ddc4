using System.Globalization;
using System.Text;

namespace VulnDiag.Domain.Hearing;

/// <summary>Reads a fully qualified domain name.</summary>
/// <remarks>Source: RFC 1123 section 2.1 (letters, digits, hyphen), RFC 1035 section 2.3.4 (lengths), RFC 5891 (IDNA), RFC 6761 and 6762 (names of no public DNS).</remarks>
internal static class FqdnReader
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;
    private const char LongVowelMark = '\u30FC';
    private const char MiddleDot = '\u30FB';
    private const string EncodedPrefix = "xn--";

    private static readonly char[] Separators = [',', ';', ' ', '\t', '\n', '\r', '\u3001', '|'];
    private static readonly char[] AfterHost = ['/', '\\', '?', '#'];
    private static readonly string[] LocalDomains = ["local", "localhost", "localdomain", "internal", "home.arpa", "onion"];

    // Hyphens that no domain name can hold: taking them for a hyphen is not guessing. The long vowel mark can stand in a Japanese name.
    private const string HyphenLookAlikes = "\u2010\u2011\u2212";

    private static readonly IdnMapping Idna = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>Lower case, plain hyphens and dots, without a final dot, in ASCII where IDNA can say it; idempotent.</summary>
    internal static string Normalize(string typed)
    {
        var text = TextFolding.Lower(string.Concat(TextFolding.WithDots(TextFolding.Tidy(typed)).Select(static each => HyphenLookAlikes.Contains(each, StringComparison.Ordinal) ? '-' : each)));
        if (text.Length > 1 && text[^1] == '.' && char.IsLetterOrDigit(text[^2])) text = text[..^1];
        return Ascii.IsValid(text) ? text : Encode(text);
    }

    /// <summary>The code of the fault in a normalised text that is not blank, or null for a name that can be looked up.</summary>
    /// <param name="text">The name.</param>
    /// <param name="laboratory">True allows <c>localhost</c> names.</param>
    internal static string? FaultOf(string text, bool laboratory)
    {
        if (text.Contains("://", StringComparison.Ordinal)) return "fqdn-scheme";
        if (AddressReader.Read(text.Trim('[', ']')) is not null) return "fqdn-address";
        if (text.Contains('@', StringComparison.Ordinal)) return "fqdn-user";
        if (text.Split(Separators, StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts)
            return parts.All(static part => FaultOfLabels(part) is null) ? "fqdn-multiple" : "fqdn-malformed";
        if (text.IndexOfAny(AfterHost) >= 0) return "fqdn-path";
        if (text.Contains(':', StringComparison.Ordinal)) return "fqdn-port";
        if (text.Contains('*', StringComparison.Ordinal)) return "fqdn-wildcard";
        return FaultOfLabels(text) ?? FaultOfDomain(text, laboratory);
    }

    private static string? FaultOfLabels(string text)
    {
        var labels = text.Split('.');
        if (text.Length > LongestName || labels.Any(static label => label.Length > LongestLabel)) return "fqdn-too-long";
        if (text.Contains('_', StringComparison.Ordinal)) return "fqdn-underscore";
        if (!labels.All(IsLabel) || labels[^1].All(char.IsAsciiDigit)) return "fqdn-malformed";
        return labels.Length == 1 && labels[0] != "localhost" ? "fqdn-single-label" : null;
    }

    private static string? FaultOfDomain(string text, bool laboratory)
    {
        var local = LocalDomains.FirstOrDefault(domain => text == domain || text.EndsWith('.' + domain, StringComparison.Ordinal));
        return local is null || (laboratory && local == "localhost") ? null : "fqdn-not-public";
    }

    private static bool IsLabel(string label) =>
        label.Length > 0
        && label.All(static each => char.IsAsciiLetterLower(each) || char.IsAsciiDigit(each) || each == '-')
        && label[0] != '-' && label[^1] != '-'
        && (!label.StartsWith(EncodedPrefix, StringComparison.Ordinal) || IsEncoded(label));

    private static bool IsEncoded(string label)
    {
        try
        {
            return Idna.GetAscii(Idna.GetUnicode(label)) == label && !Ascii.IsValid(Idna.GetUnicode(label));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Encode(string text)
    {
        if (!text.Split('.').All(CanBeEncoded)) return text;
        try
        {
            return Idna.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Letters and digits of any script; a long vowel mark only beside other Japanese letters, as else it was meant for a hyphen.</summary>
    private static bool CanBeEncoded(string label) =>
        label.Length > 0
        && label.All(static each => char.IsAscii(each)
            ? char.IsAsciiLetterOrDigit(each) || each == '-'
            : char.IsLetterOrDigit(each) || each == MiddleDot || CharUnicodeInfo.GetUnicodeCategory(each) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        && (Ascii.IsValid(label) || label.Any(static each => !char.IsAscii(each) && each is not (LongVowelMark or '\u4E00')));
}
