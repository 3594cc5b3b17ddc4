using System.Text.RegularExpressions;
using VulnDiag.Domain.Facts;
using VulnDiag.Mail.Incoming;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail.Forms;

/// <summary>Reads the answer form out of a reply: from its new text, or else from the quoted request that was filled in between the lines.</summary>
internal static class FormReader
{
    private static readonly Regex Row = MakeRow();

    /// <summary>The form, or null where nothing is filled in. Older quotations are not looked at: they hold somebody's earlier answers.</summary>
    internal static FormAnswer? Read(ReplyText reply) =>
        Read(reply.New, inQuotation: false) ?? Read(AnsweredMail(reply), inQuotation: true);

    /// <summary>All that was written behind labels of the quoted form, remarks included.</summary>
    internal static IEnumerable<string> FilledInQuotation(ReplyText reply) => Rows(AnsweredMail(reply)).Select(static row => row.Words);

    private static List<string> AnsweredMail(ReplyText reply) =>
        [.. reply.Quoted.Where(static line => line.Depth == 1).Select(static line => line.Text)];

    private static FormAnswer? Read(IReadOnlyList<string> lines, bool inQuotation)
    {
        var forms = Rows(lines).GroupBy(static row => row.Reference).ToDictionary(static form => form.Key, form => Read([.. form], inQuotation));
        var named = forms.Where(static form => form.Key.Length > 0 && form.Value is not null).ToDictionary(static form => form.Key, static form => form.Value!);
        var unnamed = forms.GetValueOrDefault("");
        return named.Count == 0 ? unnamed : (unnamed ?? new FormAnswer { InQuotation = inQuotation }) with { ByReference = named };
    }

    private static FormAnswer? Read(IReadOnlyList<FormRow> rows, bool inQuotation)
    {
        var remarks = rows.Where(static row => row.IsRemark && row.Words.Length > 0).ToLookup(static row => row.Line, static row => row.Words);
        var entries = rows.Where(static row => !row.IsRemark && row.Words.Length > 0)
            .GroupBy(static row => row.Line)
            .Select(group => Entry(group.Key, [.. group.Select(static row => row.Words)], string.Join(' ', remarks[group.Key])))
            .ToList();
        return entries.Count == 0 ? null : new FormAnswer
        {
            Entries = [.. entries.Where(static entry => entry.Line.Length > 0)],
            AllLines = entries.Find(static entry => entry.Line.Length == 0),
            InQuotation = inQuotation,
        };
    }

    private static FormEntry Entry(string line, IReadOnlyList<string> words, string remark)
    {
        var readings = words.Select(FormValue.Read).Distinct().ToList();
        var (reply, certain) = readings.Count == 1 ? readings[0] : (null, false);
        // The reason of a no speaks of what is not possible; it makes the no no less certain.
        return new FormEntry(line, reply, string.Join(" / ", words), remark, certain && (reply is VendorReply.No || !FormValue.HasDoubt(remark)));
    }

    private static IEnumerable<FormRow> Rows(IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            var match = Row.Match(Nfkc.Normalize(lines[at]));
            if (!match.Success) continue;
            var words = match.Groups["words"].Value.Trim();
            var isRemark = match.Groups["remark"].Success;
            if (words.Length == 0 && !isRemark) words = FormValue.AnswerBelow(lines, at + 1, IsRow);
            yield return new FormRow(match.Groups["reference"].Value.ToUpperInvariant(), match.Groups["line"].Value.Trim(), isRemark, words);
        }
    }

    private static bool IsRow(string line) => Row.IsMatch(Nfkc.Normalize(line));

    /// <summary>Made from the words that the templates write, so that the two cannot drift apart; forgiving about spaces and brackets.</summary>
    private static Regex MakeRow()
    {
        var words = FormWords.Ja;
        var closing = Regex.Escape(words.Line[^1..]);
        var line = Loose(words.Line).Replace(@"\{0}", $"(?<line>[^{closing}]{{1,100}}?)", StringComparison.Ordinal);
        var all = Loose(words.AllLines);
        // Opening brackets are one letter; behind them a mail of several requests names the reference.
        var opening = Loose(words.Line[..1]);
        var reference = @"\s*(?:(?<reference>VD-[0-9]{6,18}-[A-Za-z]{3})\s*)?";
        var label = $@"(?:(?<answer>{Label(words.Answer)})|(?<remark>{Label(words.Remark)}))";
        return new Regex(
            $@"^[\s*>|\p{{Po}}]*{opening}{reference}(?:{line[opening.Length..]}|{all[opening.Length..]})\s*\*?\s*{label}\s*:\s*(?<words>.*)$",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static string Label(string label) => Loose(Nfkc.Normalize(label).TrimEnd(':'));

    private static string Loose(string words) => string.Join(@"\s*", Nfkc.Normalize(words).Split(' ').Select(Regex.Escape));

    private sealed record FormRow(string Reference, string Line, bool IsRemark, string Words);
}
