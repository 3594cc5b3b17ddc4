using System.Reflection;

namespace VulnDiag.VulnDb;

/// <summary>Reads this project's data files.</summary>
internal static class EmbeddedData
{
    /// <summary>The cells of a flat CSV file without quoting, header left out.</summary>
    internal static IEnumerable<string[]> Rows(string name) =>
        Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(static line => line.Split(','));

    /// <summary>The whole text of a file.</summary>
    internal static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.VulnDb.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
