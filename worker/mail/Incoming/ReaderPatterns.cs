using System.Text.RegularExpressions;
using VulnDiag.Model;

namespace VulnDiag.Mail.Incoming;

/// <summary>The words by which the reader knows things, from Data/reader.json. They take time in proportion to the text, whatever it is.</summary>
internal sealed class ReaderPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking;

    private readonly Dictionary<string, Regex[]> _patterns;

    private ReaderPatterns(Dictionary<string, string[]> lists) => _patterns = lists.ToDictionary(
        static pair => pair.Key,
        static pair => pair.Value.Select(static one => new Regex(one, Options)).ToArray(),
        StringComparer.Ordinal);

    /// <summary>The patterns as reader.json has them.</summary>
    internal static ReaderPatterns Instance { get; } =
        new(Json.Read<Dictionary<string, string[]>>(EmbeddedText.Read("Incoming.Data.reader.json")));

    internal bool Matches(string list, string text) => _patterns[list].Any(pattern => pattern.IsMatch(text));
}
