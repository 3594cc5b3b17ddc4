using System.Reflection;

namespace VulnDiag.Mail;

/// <summary>Reads the templates and data files of this project.</summary>
internal static class EmbeddedText
{
    private const string Prefix = "VulnDiag.Mail.";

    /// <summary>The text of a file, by its path with dots for slashes; null when there is none.</summary>
    internal static string? Find(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The text of a file that must be there.</summary>
    internal static string Read(string name) => Find(name) ?? throw new InvalidOperationException($"{name} is not embedded.");

    /// <summary>The names of all files that end so.</summary>
    internal static IEnumerable<string> Names(string ending) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(ending, StringComparison.Ordinal))
        .Select(static name => name[Prefix.Length..])
        .Order(StringComparer.Ordinal);
}
