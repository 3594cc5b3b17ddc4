using System.Buffers;
using VulnDiag.Domain.Facts;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail.Forms;

/// <summary>Reads what somebody wrote behind the answer label.</summary>
internal static class FormValue
{
    private static readonly char[] Brackets = FormWords.Ja.Brackets.ToCharArray();
    private static readonly SearchValues<char> Breaks = SearchValues.Create(FormWords.Ja.Breaks);

    /// <summary>Yes, no or neither, and whether nothing in the words speaks against it.</summary>
    internal static (VendorReply? Reply, bool Certain) Read(string words)
    {
        var text = Nfkc.Normalize(words).ToLowerInvariant().Trim(Brackets);
        if (Whole(text) is { } reply) return (reply, true);

        var end = text.AsSpan().IndexOfAny(Breaks);
        if (end <= 0 || Whole(text[..end]) is not { } first) return (null, false);
        return Contradicts(first, text[end..]) ? (null, false) : (first, !HasDoubt(text[end..]));
    }

    /// <summary>True for words such as 「ただし」, which bind an answer to a condition.</summary>
    internal static bool HasDoubt(string words) => FormWords.Ja.Doubts.Any(doubt => words.Contains(doubt, StringComparison.Ordinal));

    /// <summary>An answer that was written on the line below its label; empty where there is none.</summary>
    internal static string AnswerBelow(IReadOnlyList<string> lines, int at, Func<string, bool> isRow)
    {
        var below = lines.Skip(at).Take(2).FirstOrDefault(static line => !string.IsNullOrWhiteSpace(line));
        return below is not null && !isRow(below) && Read(below).Reply is not null ? below.Trim() : "";
    }

    private static VendorReply? Whole(string text)
    {
        var bare = text.Trim(Brackets);
        var ending = FormWords.Ja.Endings
            .Where(ending => bare.Length > ending.Length && bare.EndsWith(ending, StringComparison.Ordinal))
            .MaxBy(static ending => ending.Length);
        if (ending is not null) bare = bare[..^ending.Length];
        if (FormWords.Ja.Yes.Contains(bare)) return VendorReply.Yes;
        return FormWords.Ja.No.Contains(bare) ? VendorReply.No : null;
    }

    /// <summary>Only a yes can be taken back by what follows: a no with reasons stays a no.</summary>
    private static bool Contradicts(VendorReply reply, string rest) => reply is VendorReply.Yes
        && FormWords.Ja.No.Where(static word => word.Length > 1 && !char.IsAsciiLetter(word[0])).Any(word => rest.Contains(word, StringComparison.Ordinal));
}
