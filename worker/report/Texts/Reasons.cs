using System.Text.RegularExpressions;

namespace VulnDiag.Report.Texts;

/// <summary>Turns the engine's reasons, which are English, into sentences for a hospital. What a person wrote stays as it is.</summary>
/// <remarks>reasons.ja.json lists how a reason starts (a machine word such as <c>window-closed</c>, or a sentence) or ends; the first that fits is taken.</remarks>
internal static partial class Reasons
{
    private static readonly IReadOnlyList<(string Starts, string Ends, string Text)> Known = Load();

    /// <summary>The sentence for a reason, or for the engine's reason within a person's or the worker's sentence.</summary>
    internal static string Japanese(string reason, TextFile words)
    {
        var shown = Printable.Line(reason);
        if (shown.All(char.IsAscii)) return Sentence(shown) ?? words.Fill("reasonOther", ("words", shown));
        return Within().Replace(MachineWord().Replace(shown, ""), match => Sentence(match.Groups["reason"].Value) is { } known
            ? words.Fill("reasonWithin", ("reason", known.TrimEnd(known[^1])))
            : match.Value);
    }

    private static string? Sentence(string reason)
    {
        foreach (var (starts, ends, text) in Known)
        {
            if (reason.StartsWith(starts, StringComparison.Ordinal) && reason.EndsWith(ends, StringComparison.Ordinal)) return text;
        }

        return null;
    }

    private static IReadOnlyList<(string Starts, string Ends, string Text)> Load() =>
    [
        .. ((IEnumerable<object>)TextFile.Load("reasons").Tree["reasons"]).Cast<IReadOnlyDictionary<string, object>>()
            .Select(static row => (Part(row, "starts"), Part(row, "ends"), (string)row["text"])),
    ];

    private static string Part(IReadOnlyDictionary<string, object> row, string name) => row.TryGetValue(name, out var text) ? (string)text : "";

    // The engine's machine word before what the worker or a person wrote.
    [GeneratedRegex(@"^[a-z][a-z-]*: ")]
    private static partial Regex MachineWord();

    // Full-width brackets, as the worker's own sentences put around the engine's words.
    [GeneratedRegex(@"\uFF08(?<reason>[\x20-\x7E]+)\uFF09", RegexOptions.ExplicitCapture)]
    private static partial Regex Within();
}
