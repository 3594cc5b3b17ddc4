using System.Text;
using VulnDiag.Model.Text;

namespace VulnDiag.Domain.Hearing;

/// <summary>What can be tidied in typed text without guessing. Every function is idempotent and takes any text.</summary>
internal static class TextFolding
{
    private const char IdeographicStop = '\u3002';

    /// <summary>Hyphens, dashes, minus, the long vowel mark, the kanji one and box lines: what Japanese keyboards and PDFs give for a hyphen.</summary>
    private const string DashLookAlikes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u30FC\u4E00\uFE63\uFF0D\uFF70";

    /// <summary>The text as typed, without spaces (U+3000 too) and control characters at its ends, and with line breaks inside as one space.</summary>
    internal static string Trim(string text) =>
        string.Join(' ', text.Split('\r', '\n').Select(TrimEnds).Where(static part => part.Length > 0));

    /// <summary>Form KC, without spaces and invisible characters at the ends.</summary>
    internal static string Tidy(string text) => Settle(text, static each => TrimEnds(Nfkc.Normalize(each)));

    /// <summary>Tidied and in lower case.</summary>
    internal static string Lower(string text) => Settle(text, static each => Tidy(each.ToLowerInvariant()));

    /// <summary>Applies <paramref name="step"/> until nothing changes: trimming can uncover a mark that composes, lower case a letter that decomposes.</summary>
    internal static string Settle(string text, Func<string, string> step)
    {
        for (var before = text; ; before = text)
        {
            text = step(before);
            if (text == before) return text;
        }
    }

    /// <summary>The ideographic full stop of a Japanese keyboard as a dot, for addresses and domain names.</summary>
    internal static string WithDots(string text) => text.Replace(IdeographicStop, '.');

    /// <summary>Everything that looks like a hyphen as a hyphen, for codes and numbers.</summary>
    internal static string WithHyphens(string text) => text.Any(IsDash) ? string.Concat(text.Select(static each => IsDash(each) ? '-' : each)) : text;

    /// <summary>A form for comparing words: width, case, spaces and dashes do not matter. Not for showing.</summary>
    internal static string Fold(string text) => string.Concat(
        WithHyphens(Tidy(text)).Where(static each => !char.IsWhiteSpace(each))).ToUpperInvariant();

    internal static bool IsBlank(string text) => Tidy(text).Length == 0;

    private static string TrimEnds(string text)
    {
        var (first, last) = (0, text.Length - 1);
        while (first <= last && IsInvisible(text[first])) first++;
        while (last >= first && IsInvisible(text[last])) last--;
        return first == 0 && last == text.Length - 1 ? text : text[first..(last + 1)];
    }

    /// <summary>Spaces, control and format characters (zero width space, byte order mark, bidirectional marks).</summary>
    private static bool IsInvisible(char each) =>
        char.IsWhiteSpace(each) || char.IsControl(each) || char.GetUnicodeCategory(each) == System.Globalization.UnicodeCategory.Format;

    private static bool IsDash(char each) => DashLookAlikes.Contains(each, StringComparison.Ordinal);
}
