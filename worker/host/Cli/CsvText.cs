using System.Text;

namespace VulnDiag.Worker.Cli;

/// <summary>Tables that people made, in and out. Source: RFC 4180, read leniently.</summary>
internal static class CsvText
{
    private const int Cp932 = 932;

    /// <summary>The text, by its byte order mark, else as UTF-8 where it reads as such, else as Shift_JIS, which Excel writes in Japan.</summary>
    internal static string Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble)) return Encoding.UTF8.GetString(bytes.AsSpan(Encoding.UTF8.Preamble.Length));
        if (bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble)) return Encoding.Unicode.GetString(bytes.AsSpan(Encoding.Unicode.Preamble.Length));
        if (bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble)) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(Encoding.BigEndianUnicode.Preamble.Length));
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.GetEncoding(Cp932).GetString(bytes);
    }

    /// <summary>Cells by row; blank lines are no rows. A quotation mark that is never closed is a character like any other, so that it swallows no other row.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Rows(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var cells = new List<string>();
        for (var at = 0; at <= text.Length;)
        {
            var (cell, end) = at < text.Length && text[at] == '"' ? Quoted(text, at + 1) : Plain(text, at);
            cells.Add(cell);
            if (end < text.Length && text[end] == ',')
            {
                at = end + 1;
                continue;
            }

            if (cells is not [""]) rows.Add(cells);
            cells = [];
            at = end + (text.AsSpan(Math.Min(end, text.Length)).StartsWith("\r\n") ? 2 : 1);
        }

        return rows;
    }

    /// <summary>One row with its line break.</summary>
    internal static string Line(IReadOnlyList<string> cells) => string.Join(',', cells.Select(Cell)) + "\n";

    private static string Cell(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static (string Cell, int End) Plain(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny(",\r\n");
        var end = length < 0 ? text.Length : at + length;
        return (text[at..end], end);
    }

    private static (string Cell, int End) Quoted(string text, int at)
    {
        var cell = new StringBuilder();
        var opened = at - 1;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
            {
                // What stands between the closing mark and the comma is kept: nothing that was typed gets lost.
                var (rest, end) = Plain(text, at + 1);
                return (cell.Append(rest).ToString(), end);
            }

            if (text[at] == '"') at++;
            cell.Append(text[at]);
        }

        return Plain(text, opened);
    }
}
