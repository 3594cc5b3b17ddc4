using Newtonsoft.Json.Linq;

namespace VulnDiag.Worker.Demo;

public sealed class DemoTableTests : IDisposable
{
    private const string Report = "reports/1/脆弱性診断結果報告書_VD-000001_第1版.pdf";
    private const string Slice = "reports/1/脆弱性診断結果報告書_VD-000001_第1版_ベンダ別1.pdf";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vulndiag-table-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(160)]
    [InlineData(null)]
    public async Task No_line_is_wider_than_the_terminal_and_no_name_of_a_file_is_cut(int? width)
    {
        foreach (var file in (string[])[Report, Slice])
        {
            var path = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        }

        using var output = new StringWriter { NewLine = "\n" };
        await DemoTable.WriteAsync(output, width, Summary(), _folder.FullName);

        var lines = output.ToString().Split('\n');
        lines.ShouldContain($"  {Report}");
        lines.ShouldContain($"  {Slice}");
        lines.Where(static line => !line.StartsWith("written to", StringComparison.Ordinal)).Select(Columns).Max().ShouldBeLessThanOrEqualTo(width ?? 110);
        output.ToString().ShouldContain("L1:2○ 診断済");
        output.ToString().ShouldContain("L2:-△ 未実施");
        lines.Count(static line => line.Contains("当日グローバルIP確認依頼 4", StringComparison.Ordinal)).ShouldBe(1, "a count stays beside its name");
    }

    // What is not ASCII, nor a box or mark of the table, takes two columns.
    private static int Columns(string line) => line.TrimEnd().Sum(static letter => letter < '\u3000' ? 1 : 2);

    private static JObject Summary() => JObject.Parse($$"""
        {
          "engagements": [
            { "record": 1, "hospital": "医療法人社団 とても長い名前の会 みなと中央総合病院", "state": "完了", "report": { "pdf": "{{Report}}", "xlsx": "x" } },
            { "record": 2, "hospital": "なし診療所", "state": "診断対象外", "report": null }
          ],
          "lines": [
            { "record": 1, "line": "L1", "no": 2, "decision": "○", "outcome": "診断済", "reason": null },
            { "record": 1, "line": "L2", "no": null, "decision": "△", "outcome": "未実施", "reason": "x" }
          ],
          "mails": { "エスカレーション": 2, "ヒアリング受領": 18, "不備の確認依頼": 2, "報告書掲載": 14, "妥当性確認依頼": 17, "当日グローバルIP確認依頼": 4, "静観対応依頼": 5 },
          "findings": { "緊急": 0, "重要": 0, "警告": 0, "注意": 0, "対処要": 20, "対処推奨": 17 }
        }
        """);
}
