using VulnDiag.TestSupport;

namespace VulnDiag.Architecture;

/// <summary>The repository's own files, as text.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", ".git", "data", "demo-out"];

    internal static string Root => SharedMaterial.RepositoryRoot;

    /// <summary>Files below a folder of the repository, by their path from the root with forward slashes.</summary>
    internal static IEnumerable<(string Path, string Text)> Files(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Root, file).Replace('\\', '/');
            if (!path.Split('/').Any(Skipped.Contains)) yield return (path, File.ReadAllText(file));
        }
    }

    /// <summary>The product's own code: everything but tests.</summary>
    internal static IEnumerable<(string Path, string Text)> ProductCode() => Files("worker", "*.cs").Concat(Files("scan-engine", "*.cs"));
}
