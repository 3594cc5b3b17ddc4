using System.Text;
using VulnDiag.TestSupport;

namespace VulnDiag.VulnDb.Matching;

/// <summary>The table of docs/quality-of-detection.md is made from the code's; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class QualityTableTests
{
    private const string Head = "| QoD | reason | what the report's reader should know |\n| --- | --- | --- |\n";

    [Fact]
    public void The_documented_table_is_the_one_that_is_built_in()
    {
        var path = Path.Combine(SharedMaterial.RepositoryRoot, "docs", "quality-of-detection.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var start = text.IndexOf(Head, StringComparison.Ordinal);
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        var built = text[..start] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, built);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(built, "run the tests once with UPDATE_GOLDEN=1");
    }

    [Fact]
    public void The_surest_stand_first() =>
        QualityTable.Rows.Select(static row => row.Quality ?? 0).ShouldBeInOrder(SortDirection.Descending);

    private static string Table()
    {
        var table = new StringBuilder(Head);
        foreach (var row in QualityTable.Rows) table.Append($"| {row.Shown} | {row.Reason} | {row.Reader} |\n");
        return table.ToString();
    }
}
