using System.Reflection;
using System.Text;

namespace VulnDiag.Domain.Data;

/// <summary>Reads the flat tables of this project: UTF-8, a header, one row a line, cells with a comma in double quotes (RFC 4180).</summary>
internal static class EmbeddedCsv
{
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.Domain.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var header = Cells(lines[0]);
        return [.. lines.Skip(1).Select(line => Row(name, header, Cells(line)))];
    }

    /// <summary>The cells of one line; a doubled quote inside quotes is one quote.</summary>
    internal static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"' when quoted && at + 1 < line.Length && line[at + 1] == '"':
                    cell.Append(line[at++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(line[at]);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    private static Dictionary<string, string> Row(string name, List<string> header, List<string> cells) =>
        cells.Count == header.Count
            ? header.Zip(cells).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal)
            : throw new InvalidDataException($"{name}: '{string.Join(',', cells)}' has {cells.Count} cells, not {header.Count}.");
}
