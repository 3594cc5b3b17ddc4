using System.Globalization;
using System.Text;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Hearing;

/// <summary>The sentences of faults.ja.csv and the phrases in them.</summary>
internal static class FaultTexts
{
    private const int LongestValue = 60;

    private static readonly Dictionary<string, string> Sentences =
        EmbeddedCsv.Rows("Hearing.faults.ja.csv").ToDictionary(static row => row["code"], static row => row["sentence"]);

    private static readonly Dictionary<string, string> Phrases =
        EmbeddedCsv.Rows("Hearing.phrases.ja.csv").ToDictionary(static row => row["name"], static row => row["text"]);

    internal static IEnumerable<string> Codes => Sentences.Keys;

    /// <summary>The sentence of <paramref name="code"/>. What was typed is put in once and never read as a placeholder.</summary>
    internal static string Sentence(string code, string line, HearingField field, string value, string other)
    {
        var sentence = Sentences[code];
        var text = new StringBuilder();
        for (var at = 0; at < sentence.Length; at++)
        {
            var end = sentence[at] == '{' ? sentence.IndexOf('}', at) : -1;
            if (end < 0)
            {
                text.Append(sentence[at]);
                continue;
            }

            text.Append(sentence[(at + 1)..end] switch
            {
                "line" => line,
                "field" => field.Label(),
                "value" => Shown(value),
                "other" => other,
                var name => throw new InvalidDataException($"faults.ja.csv: {code} has an unknown placeholder '{name}'."),
            });
            at = end;
        }

        return text.ToString();
    }

    /// <summary>How a line is named in a sentence: by id and name, by its place in the table while it has no id.</summary>
    internal static string LineName(string id, string name, int row)
    {
        if (id.Length == 0) return Phrase("line-row", row.ToString(CultureInfo.InvariantCulture));
        return name.Length == 0 ? Phrase("line", Shown(id)) : Phrase("line-named", Shown(id), Shown(name));
    }

    /// <summary>The words of a choice field, for choosing among.</summary>
    internal static string Options(IEnumerable<string> words) => Join(words.Select(static word => Phrase("option", word)));

    internal static string Join(IEnumerable<string> parts) => string.Join(Phrases["between"], parts);

    private static string Phrase(string name, params object[] parts) => string.Format(CultureInfo.InvariantCulture, Phrases[name], parts);

    private static string Shown(string value)
    {
        var text = TextFolding.Trim(value);
        if (text.Length <= LongestValue) return text;
        var cut = char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return text[..cut] + '\u2026';
    }
}
