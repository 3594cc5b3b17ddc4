using System.Runtime.CompilerServices;
using Xunit;

namespace VulnDiag.TestSupport;

/// <summary>Material that lies beside the repository and is not part of it. A user's clone has none: the test then skips.</summary>
public static class SharedMaterial
{
    /// <summary>The repository's root.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The full path of <paramref name="relative"/> in the shared folder, or null when it is not there.</summary>
    public static string? Find(string relative)
    {
        foreach (var beside in new[] { "../shared", "../../shared" })
        {
            var path = Path.GetFullPath(Path.Combine(RepositoryRoot, beside, relative));
            if (File.Exists(path) || Directory.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>The full path of <paramref name="relative"/> in the shared folder; skips the running test when it is not there.</summary>
    public static string PathOf(string relative)
    {
        if (Find(relative) is { } path) return path;
        Assert.Skip($"../shared/{relative} is not beside this clone.");
        return "";
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VulnDiag.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
