using System.Globalization;
using System.Text;

namespace VulnDiag.Report.Texts;

/// <summary>Makes any text safe to lay out: what has no picture or changes the direction of writing is shown as its code.</summary>
/// <remarks>
/// Banners and names come from outside. A character that turns the line around (U+202E) or hides (U+200B) would make the report say
/// something else than what was seen. Escaping for HTML is the template engine's work, not done here.
/// </remarks>
internal static class Printable
{
    /// <summary>One line: line breaks and tabs become spaces.</summary>
    internal static string Line(string? text) => Convert(text ?? "", static rune => rune.Value is '\n' or '\r' or '\t' ? " " : null).Trim();

    /// <summary>Several lines: line breaks and tabs stay.</summary>
    internal static string Block(string? text) =>
        Convert((text ?? "").ReplaceLineEndings("\n"), static rune => rune.Value is '\n' or '\t' ? rune.ToString() : null).Trim('\n', ' ');

    /// <summary>At most <paramref name="most"/> UTF-16 units of <paramref name="text"/>, never half a character.</summary>
    internal static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end];
    }

    private static string Convert(string text, Func<Rune, string?> exception)
    {
        var result = new StringBuilder(text.Length);
        // Lone surrogates come out of this enumeration as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(exception(rune) ?? (HasPicture(rune) ? rune.ToString() : $"\\u{{{rune.Value:x}}}"));
        }

        return result.ToString();
    }

    private static bool HasPicture(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Format => IsJoiner(rune),
        _ => true,
    };

    // Zero-width joiners belong to scripts and emoji; alone they hide nothing that could mislead.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;
}
