using System.Globalization;
using System.Text;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>kintone's <c>like</c>: a search for words, not for substrings. <c>like "key"</c> does not find "keyword".</summary>
/// <remarks>Latin letters and digits form words that must match whole; Japanese has no spaces between words, so a run of it is found anywhere within a run. Assumed; see docs/kintone-behaviour.md.</remarks>
internal static class WordSearch
{
    /// <summary>Whether every word of <paramref name="sought"/> is in <paramref name="text"/>. Full-width and half-width, upper and lower case are alike.</summary>
    public static bool Finds(string text, string sought)
    {
        var words = Split(sought);
        if (words.Count == 0) return false;
        var inText = Split(text);
        return words.All(word => inText.Any(candidate => Matches(candidate, word)));
    }

    private static bool Matches((string Text, bool Latin) candidate, (string Text, bool Latin) word) =>
        candidate.Latin == word.Latin
        && (word.Latin ? candidate.Text == word.Text : candidate.Text.Contains(word.Text, StringComparison.Ordinal));

    private static List<(string Text, bool Latin)> Split(string text)
    {
        var words = new List<(string, bool)>();
        var word = new StringBuilder();
        var latin = false;
        foreach (var letter in Fold(text))
        {
            var isLatin = letter < 0x250;
            var belongs = IsPartOfWord(letter) && (word.Length == 0 || isLatin == latin);
            if (!belongs && word.Length > 0)
            {
                words.Add((word.ToString(), latin));
                word.Clear();
            }

            if (!IsPartOfWord(letter)) continue;
            latin = isLatin;
            word.Append(letter);
        }

        if (word.Length > 0) words.Add((word.ToString(), latin));
        return words;
    }

    private static bool IsPartOfWord(char letter) =>
        char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || letter == '_' || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.ModifierLetter;

    /// <summary>Lower case, and full-width forms of ASCII as ASCII.</summary>
    private static string Fold(string text) =>
        new([.. text.Select(letter => char.ToLowerInvariant(letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter))]);
}
