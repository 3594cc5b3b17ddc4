using System.Globalization;
using System.Text.RegularExpressions;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Report.Texts;

/// <summary>Turns what checks say in their own words, which are English, into Japanese; what a host said stays as it is.</summary>
/// <remarks>evidence.ja.json lists a check's evidence as a pattern whose named groups fill the text. Days of the form 2026-11-24 are written as days of Japan's calendar.</remarks>
internal static class EvidenceWords
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly ILookup<string, (Regex Pattern, string Text)> Known = Load();

    /// <summary>The sentence for the shown evidence of a check; evidence that fits none stays as it is.</summary>
    internal static string Japanese(string check, string shown)
    {
        foreach (var (pattern, text) in Known[check])
        {
            if (pattern.Match(shown) is { Success: true } match) return Filled(text, match);
        }

        return shown;
    }

    /// <summary>A day of the form 2026-11-24 as the report writes days; any other text as it is.</summary>
    internal static string Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Jst.Text(day) : text;

    private static string Filled(string text, Match match) =>
        TextFile.Placeholders().Replace(text, placeholder => Day(match.Groups[placeholder.Groups["name"].Value].Value));

    private static ILookup<string, (Regex Pattern, string Text)> Load() =>
        ((IEnumerable<object>)TextFile.Load("evidence").Tree["evidence"]).Cast<IReadOnlyDictionary<string, object>>().ToLookup(
            static row => (string)row["check"],
            static row => (new Regex((string)row["pattern"], RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit), (string)row["text"]),
            StringComparer.Ordinal);
}
