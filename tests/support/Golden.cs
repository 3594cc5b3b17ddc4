using Xunit;

namespace VulnDiag.TestSupport;

/// <summary>Compares text with a file under tests/fixtures. <c>UPDATE_GOLDEN=1</c> rewrites the file; the diff is reviewed like code.</summary>
public static class Golden
{
    /// <summary>Asserts that <paramref name="actual"/> equals the golden file <paramref name="relative"/> (below tests/fixtures).</summary>
    public static void Matches(string relative, string actual)
    {
        var path = Path.Combine(SharedMaterial.RepositoryRoot, "tests", "fixtures", relative);
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"The golden file {relative} does not exist: run once with UPDATE_GOLDEN=1 and read it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
