using System.Text;
using DocumentFormat.OpenXml.Packaging;
using VulnDiag.Model;
using VulnDiag.Report.Samples;
using VulnDiag.Report.Templates;

namespace VulnDiag.Report.Sections;

public sealed class MatchingTests
{
    private const string NotDone = "脆弱性データベースとの照合は実施していません。次の件数は、照合によらない検査項目だけのものです。";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("empty")]
    public async Task Without_a_database_no_page_says_that_products_were_matched_and_the_summary_says_that_they_were_not(string? version)
    {
        var model = WithDatabase(SampleReport.OwnScan(), version, static _ => true);

        var html = await ReportHtml.RenderAsync(model, new Dictionary<string, int>());
        var xlsx = TextOf(ReportPrinter.MakeXlsx(model));

        Chapter(html, "overview").ShouldContain(NotDone);
        Chapter(html, "lines").ShouldContain("脆弱性データベースとの照合は実施していません。");
        Chapter(html, "method").ShouldContain("照合することは、今回実施していません。");
        Chapter(html, "method").ShouldContain("照合を実施していないため、製品の版に既知の脆弱性があるかどうかは分かりません。");
        html.ShouldNotContain("照合し、");
        xlsx.ShouldContain(NotDone);
        xlsx.ShouldNotContain("照合しました");
    }

    [Fact]
    public async Task A_line_that_was_not_matched_is_named_beside_those_that_were()
    {
        var model = WithDatabase(SampleReport.Model(), null, static line => line.Id.Value == "L2");

        var html = await ReportHtml.RenderAsync(model, new Dictionary<string, int>());

        Chapter(html, "overview").ShouldContain("回線「L2（遠隔読影回線）」では、脆弱性データベースとの照合を実施していません。");
        Chapter(html, "method").ShouldContain("ただし、回線「L2（遠隔読影回線）」では");
        Chapter(html, "lines").ShouldContain("脆弱性データベース（2026年11月9日(月)現在）と照合しました。");
    }

    [Fact]
    public async Task Where_every_scan_was_matched_nothing_is_warned_of()
    {
        var html = await ReportHtml.RenderAsync(SampleReport.Model(), new Dictionary<string, int>());

        html.ShouldContain("脆弱性の公開データベースと照合し、");
        html.ShouldNotContain("照合を実施していません");
        html.ShouldNotContain("照合は実施していません");
    }

    private static ReportModel WithDatabase(ReportModel model, string? version, Func<ReportLine, bool> which) => model with
    {
        Lines = [.. model.Lines.Select(line => line.Scan is { } scan && which(line) ? line with { Scan = scan with { Versions = Versions(scan, version) } } : line)],
    };

    private static Dictionary<string, string> Versions(ScanResult scan, string? version)
    {
        var versions = scan.Versions.Where(static pair => pair.Key != "vulndb").ToDictionary(StringComparer.Ordinal);
        if (version is not null) versions["vulndb"] = version;
        return versions;
    }

    private static string Chapter(string html, string id)
    {
        var start = html.IndexOf($"<section class=\"chapter\" id=\"{id}\">", StringComparison.Ordinal);
        var end = html.IndexOf("<section class=\"chapter\"", start + 1, StringComparison.Ordinal);
        return end < 0 ? html[start..] : html[start..end];
    }

    private static string TextOf(ReportFile file)
    {
        using var stream = new MemoryStream(file.Content.ToArray());
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        return string.Join('\n', document.WorkbookPart!.WorksheetParts.Select(static part => part.Worksheet!.InnerText));
    }
}
