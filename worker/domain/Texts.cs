using System.Globalization;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain;

/// <summary>The domain's own Japanese sentences, by key.</summary>
internal static class Texts
{
    // The ideographic full stop before the full-width closing bracket.
    private const string StopInBrackets = "\u3002\uFF09";
    private const string ClosingBracket = "\uFF09";

    private static readonly Dictionary<string, string> Rows =
        EmbeddedCsv.Rows("texts.ja.csv").ToDictionary(static row => row["key"], static row => row["text"], StringComparer.Ordinal);

    /// <summary>The sentence with its values filled in. What is quoted in brackets at its end loses its own full stop: the sentence has one.</summary>
    internal static string Of(string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Rows[key], values).Replace(StopInBrackets, ClosingBracket, StringComparison.Ordinal);
}
