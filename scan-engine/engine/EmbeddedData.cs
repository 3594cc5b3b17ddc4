using System.Reflection;

namespace VulnDiag.Engine;

/// <summary>Reads the data files that are embedded in this assembly, by their path with dots instead of slashes.</summary>
internal static class EmbeddedData
{
    private const string Root = "VulnDiag.Engine.";

    /// <summary>The text of one file, such as <c>Authorization.listen-only-ports.csv</c>.</summary>
    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Root + name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the files below <paramref name="folder"/> that end in <paramref name="ending"/>, sorted.</summary>
    public static IReadOnlyList<string> Names(string folder, string ending) =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Root + folder + ".", StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
            .Select(static name => name[Root.Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>The rows of a flat table without its header; lines that start with # are remarks.</summary>
    /// <remarks>For tables whose cells hold no comma.</remarks>
    public static IReadOnlyList<string[]> Rows(string name) =>
        [.. Text(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#')
            .Skip(1)
            .Select(static line => line.Split(','))];
}
