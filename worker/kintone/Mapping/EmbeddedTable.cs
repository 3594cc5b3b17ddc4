using System.Reflection;

namespace VulnDiag.Kintone.Mapping;

/// <summary>Reads the flat tables of this folder: UTF-8, a header, three cells a line, no quoting.</summary>
internal static class EmbeddedTable
{
    internal static IReadOnlyList<(string First, string Second, string Third)> Rows(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.Kintone.Mapping.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Skip(1).Select(line => Row(name, line.Split(',')))];
    }

    private static (string, string, string) Row(string name, string[] cells) => cells.Length == 3
        ? (cells[0], cells[1], cells[2])
        : throw new InvalidDataException($"{name}: '{string.Join(',', cells)}' has {cells.Length} cells, not 3.");
}
