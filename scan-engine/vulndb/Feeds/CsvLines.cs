using System.Text;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Reads the rows of a CSV file by column name: one row a line, cells with a comma in double quotes, lines that begin with # passed over.</summary>
/// <remarks>Source: RFC 4180 without line breaks in cells, which none of our feeds has.</remarks>
internal static class CsvLines
{
    /// <summary>Each row as a function from column to cell; a missing cell or column is empty.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="comment">Is given the lines that are passed over.</param>
    internal static IEnumerable<(int Line, Func<string, string> Cell)> Read(Stream stream, Action<string>? comment = null)
    {
        using var text = new StreamReader(stream, Encoding.UTF8);
        Dictionary<string, int>? columns = null;
        var number = 0;
        while (Next(text) is { } line)
        {
            number++;
            if (line.Length > 0 && line[0] == '#') comment?.Invoke(line);
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = Split(line);
            if (columns is not null) yield return (number, column => columns.TryGetValue(column, out var at) && at < cells.Count ? cells[at] : "");
            else columns = Columns(cells);
        }
    }

    private static Dictionary<string, int> Columns(List<string> header)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < header.Count; at++) columns.TryAdd(header[at].TrimStart('\uFEFF'), at);
        return columns;
    }

    private static List<string> Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return [.. line.Split(',', StringSplitOptions.TrimEntries)];
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"') cell.Append(line[at++]);
            else if (line[at] == '"') quoted = !quoted;
            else if (line[at] != ',' || quoted) cell.Append(line[at]);
            else
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string? Next(TextReader text)
    {
        try
        {
            return text.ReadLine();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new FeedException($"The file is broken: {exception.Message}", exception);
        }
    }
}
