using System.Globalization;
using System.Text;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Engine.Checks;

/// <summary>docs/checks.ja.md is made from the checks and their rows; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class CheckTableTests
{
    [Fact]
    public void The_documented_table_is_the_one_that_is_built_in()
    {
        var path = Path.Combine(SharedMaterial.RepositoryRoot, "docs", "checks.ja.md");
        var table = Build();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, table);

        File.ReadAllText(path).ShouldBe(table, "run the tests once with UPDATE_GOLDEN=1");
    }

    private static string Build()
    {
        var costs = CheckCatalogue.Active.ToDictionary(static check => check.Id, static check => check.Cost, StringComparer.Ordinal);
        var text = new StringBuilder("# 点検項目の一覧\n\n自動で作られた表です（CheckTableTests）。「送るもの」は 1 つのポートに最も多く送る数で、0 は応答を読むだけの点検です。同意が必要なものは、アカウントの点検に同意がある場合だけ行います。\n\n");
        text.Append("| id | 評価 | 送るもの | 題名 | 病院にとっての意味 | 対処 | チェックリスト |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in CheckTexts.ById.Values.OrderBy(static row => row.Id, StringComparer.Ordinal))
        {
            var sends = costs.TryGetValue(row.Id, out var cost) ? $"{cost.MaxRequests}{(cost.NeedsAccountConsent ? "（同意が必要）" : "")}" : "0";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {row.Severity.NameJa()} | {sends} | {row.Title} | {row.Why} | {row.Action} | {(row.Checklist.Length > 0 ? row.Checklist : "－")} |\n");
        }

        return text.ToString();
    }
}
