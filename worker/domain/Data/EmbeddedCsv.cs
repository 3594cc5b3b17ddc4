using System.Reflection;

namespace VulnDiag.Domain.Data;

/// <summary>Reads the flat tables of this project: UTF-8, a header, no quoting (a comma in a cell is a mistake that throws).</summary>
internal static class EmbeddedCsv
{
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.Domain.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => Row(name, header, line.Split(',')))];
    }

    private static Dictionary<string, string> Row(string name, string[] header, string[] cells) =>
        cells.Length == header.Length
            ? header.Zip(cells).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal)
            : throw new InvalidDataException($"{name}: '{string.Join(',', cells)}' has {cells.Length} cells, not {header.Length}.");
}
