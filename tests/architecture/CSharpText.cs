using System.Text;

namespace VulnDiag.Architecture;

/// <summary>C# source without its comments, so that what is left is code and literals.</summary>
internal static class CSharpText
{
    internal static string WithoutComments(string source)
    {
        var kept = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length;)
        {
            var end = Next(source, at);
            if (!IsComment(source, at)) kept.Append(source, at, end - at);
            else kept.Append('\n', source.AsSpan(at, end - at).Count('\n'));
            at = end;
        }

        return kept.ToString();
    }

    private static bool IsComment(string source, int at) => Starts(source, at, "//") || Starts(source, at, "/*");

    /// <summary>Where the token that starts at <paramref name="at"/> ends: a comment, a literal, or one character.</summary>
    private static int Next(string source, int at)
    {
        if (Starts(source, at, "//")) return EndOf(source, "\n", at + 2, including: false);
        if (Starts(source, at, "/*")) return EndOf(source, "*/", at + 2, including: true);
        if (source[at] == '\'') return EndOfQuoted(source, at + 1, '\'');
        if (source[at] == '@' && Starts(source, at + 1, "\"")) return EndOfVerbatim(source, at + 2);
        if (source[at] != '"') return at + 1;
        var quotes = source.AsSpan(at).IndexOfAnyExcept('"') is var count and >= 3 ? count : 0;
        return quotes > 0 ? EndOf(source, new string('"', quotes), at + quotes, including: true) : EndOfQuoted(source, at + 1, '"');
    }

    private static int EndOfQuoted(string source, int at, char quote)
    {
        while (at < source.Length && source[at] != quote && source[at] != '\n') at += source[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, source.Length);
    }

    private static int EndOfVerbatim(string source, int at)
    {
        while (at < source.Length && (source[at] != '"' || Starts(source, at, "\"\""))) at += source[at] == '"' ? 2 : 1;
        return Math.Min(at + 1, source.Length);
    }

    private static int EndOf(string source, string mark, int from, bool including)
    {
        var found = source.IndexOf(mark, Math.Min(from, source.Length), StringComparison.Ordinal);
        return found < 0 ? source.Length : found + (including ? mark.Length : 0);
    }

    private static bool Starts(string source, int at, string mark) => string.CompareOrdinal(source, at, mark, 0, mark.Length) == 0;
}
