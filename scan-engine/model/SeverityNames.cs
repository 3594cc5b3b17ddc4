using System.Reflection;

namespace VulnDiag.Model;

/// <summary>Reads severities.ja.csv: Japanese stays out of the code.</summary>
internal static class SeverityNames
{
    internal static (Severity Severity, string Name)[] All { get; } = Load();

    private static (Severity, string)[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.Model.severities.ja.csv")
            ?? throw new InvalidOperationException("severities.ja.csv is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(static line => line.Split(','))
            .Select(static cells => (Enum.Parse<Severity>(cells[0]), cells[1]))];
    }
}
