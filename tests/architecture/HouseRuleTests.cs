using System.Text.RegularExpressions;

namespace VulnDiag.Architecture;

/// <summary>House rules that no analyzer looks after.</summary>
public sealed partial class HouseRuleTests
{
    private const int LongestFile = 400;

    // STYLE "Errors": a job, a probe's port, a verb. Nowhere else is everything caught.
    private static readonly string[] Edges =
        ["worker/host/JobRunner.cs", "worker/host/Cli/VulnDiagCommand.cs", "scan-engine/engine/Probes/ProbeRunner.cs"];

    [Fact]
    public void No_Japanese_stands_in_code()
    {
        SourceTree.ProductCode()
            .SelectMany(static file => Lines(file.Path, CSharpText.WithoutComments(file.Text)))
            .Where(static line => Japanese().IsMatch(line.Text))
            .Select(static line => $"{line.Where}: {line.Text.Trim()}")
            .ShouldBeEmpty("Japanese lives in data files and templates");
    }

    [Fact]
    public void Everything_is_caught_at_the_three_edges_only()
    {
        SourceTree.ProductCode()
            .Where(static file => !Edges.Contains(file.Path) && CatchAll().Matches(CSharpText.WithoutComments(file.Text)).Any(static match => !Rethrows(match)))
            .Select(static file => file.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_blocks_a_thread_or_is_left_unwatched()
    {
        SourceTree.ProductCode()
            .SelectMany(static file => Lines(file.Path, CSharpText.WithoutComments(file.Text)))
            .Where(static line => Blocking().IsMatch(line.Text))
            .Select(static line => $"{line.Where}: {line.Text.Trim()}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_regions_and_no_unfinished_business()
    {
        SourceTree.ProductCode()
            .SelectMany(static file => Lines(file.Path, file.Text))
            .Where(static line => Unfinished().IsMatch(line.Text))
            .Select(static line => $"{line.Where}: {line.Text.Trim()}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_file_holds_one_idea()
    {
        SourceTree.ProductCode()
            .Select(static file => (file.Path, Length: file.Text.AsSpan().Count('\n')))
            .Where(static file => file.Length > LongestFile)
            .Select(static file => $"{file.Path}: {file.Length} lines")
            .ShouldBeEmpty();
    }

    // Tidying up and throwing on is no catching.
    private static bool Rethrows(Match block) => block.Groups["block"].Value.Contains("throw;", StringComparison.Ordinal);

    private static IEnumerable<(string Where, string Text)> Lines(string path, string text) =>
        text.Split('\n').Select((line, index) => ($"{path}:{index + 1}", line));

    [GeneratedRegex(@"[\u3000-\u30FF\u31F0-\u31FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]")]
    private static partial Regex Japanese();

    [GeneratedRegex(@"catch\s*(\(\s*Exception(\s+\w+)?\s*\))?\s*(?<block>\{[^{}]*\})")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\basync void\b|\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"^\s*#region|\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
