using System.Text.RegularExpressions;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;
using VulnDiag.Report.Samples;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;
using VulnDiag.TestSupport;

namespace VulnDiag.Report.Templates;

public sealed partial class ReportHtmlTests
{
    private static readonly Dictionary<string, int> NoPages = [];

    [Fact]
    public async Task The_whole_report_reads_as_reviewed() => Golden.Matches("report/full.html", WithoutStyle(await ReportHtml.RenderAsync(SampleReport.Model(), NoPages)));

    [Fact]
    public async Task A_draft_of_a_first_diagnosis_reads_as_reviewed() =>
        Golden.Matches("report/draft.html", WithoutStyle(await ReportHtml.RenderAsync(SampleReport.Model(draft: true, withPrevious: false), NoPages)));

    [Fact]
    public async Task A_vendors_slice_reads_as_reviewed()
    {
        var model = SampleReport.Model();
        Golden.Matches("report/slice.html", WithoutStyle(await ReportHtml.RenderAsync(model.SliceFor(model.Vendors[^1]), NoPages)));
    }

    [Fact]
    public async Task An_operators_own_scan_reads_as_reviewed() =>
        Golden.Matches("report/own-scan.html", WithoutStyle(await ReportHtml.RenderAsync(SampleReport.OwnScan(), NoPages)));

    [Fact]
    public async Task Every_section_is_there()
    {
        var html = await ReportHtml.RenderAsync(SampleReport.Model(), NoPages);

        foreach (var section in SectionCatalogue.All.Where(static section => section is not (CoverSection or ContentsSection)))
        {
            html.ShouldContain($"<section class=\"chapter\" id=\"{section.Id}\">");
        }

        html.ShouldContain(TextFile.Load("scope")["notSafe"]);
    }

    [Fact]
    public async Task The_six_counts_stand_with_the_guides_six_words_and_bands()
    {
        var text = TextOf(await ReportHtml.RenderAsync(SampleReport.Model(), NoPages));

        foreach (var count in new[] { "緊急 （9.0～10.0） 1件", "重要 （7.0～8.9） 1件", "警告 （4.0～6.9） 1件", "注意 （0.1～3.9） 1件", "対処要 （点数なし） 6件", "対処推奨 （点数なし） 1件" })
        {
            text.ShouldContain(count);
        }
    }

    [Fact]
    public async Task Hostile_text_stays_text()
    {
        const string Evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ v.title }}{% raw %}</style>\u202E";
        var finding = SampleFindings.Other("x", FindingKind.Exposure, Transport.Tcp, 23, Severity.Act, Evil, Evil);
        var input = SampleReport.Input() with
        {
            Engagement = SampleReport.Engagement(Evil) with { Facts = SampleReport.Engagement().Facts with { Summary = Evil } },
            Findings = [SampleFindings.Record("L2", finding, FindingChange.New, new FindingDecision { Verdict = FindingVerdict.AcceptedRisk, Reason = Evil })],
            Operator = Evil,
            Analyst = Evil,
        };

        var html = await ReportHtml.RenderAsync(ReportModelBuilder.OfEngagement(input), NoPages);

        html.ShouldNotContain("<script");
        html.ShouldNotContain("<img");
        html.ShouldNotContain("\u202E");
        StyleEnd().Count(html).ShouldBe(1);
        html.ShouldContain("{{ v.title }}");
    }

    [Fact]
    public async Task Nothing_is_left_to_fill_and_no_count_contradicts_another()
    {
        var model = SampleReport.Model();
        var text = TextOf(await ReportHtml.RenderAsync(model, NoPages));

        Unfilled().IsMatch(text).ShouldBeFalse();
        foreach (var line in model.Lines.Where(static line => line.Scan is not null))
        {
            var counts = SeverityCounts.Of(line.Findings);
            text.ShouldContain(string.Join(' ', Severities.All.Select(severity => $"{severity.NameJa()} {counts[severity]}件")));
        }
    }

    [Fact]
    public async Task What_nobody_has_reviewed_is_marked_in_an_engagement()
    {
        var open = SampleFindings.Record("L2", SampleFindings.OfRemote[0], FindingChange.New, new FindingDecision());
        var model = ReportModelBuilder.OfEngagement(SampleReport.Input(draft: true) with { Findings = [open] });

        TextOf(await ReportHtml.RenderAsync(model, NoPages)).ShouldContain("分析担当の確認前です。");
        TextOf(await ReportHtml.RenderAsync(SampleReport.OwnScan(), NoPages)).ShouldNotContain("分析担当の確認前です。");
    }

    [Theory]
    [InlineData("試験診断センター", true)]
    [InlineData("", false)]
    public async Task Who_performed_it_is_told_where_it_is_known(string operatorName, bool told) =>
        TextOf(await ReportHtml.RenderAsync(SampleReport.OwnScan() with { Operator = operatorName }, NoPages)).Contains("診断実施者", StringComparison.Ordinal).ShouldBe(told);

    [Fact]
    public async Task No_line_and_no_scan_still_make_a_report()
    {
        var model = SampleReport.Model() with { Lines = [] };

        TextOf(await ReportHtml.RenderAsync(model, NoPages)).ShouldContain("診断を実施した回線はありません");
    }

    [Fact]
    public void A_css_string_cannot_be_ended_from_within() =>
        ReportHtml.CssString("院\"; } </style>\n").ShouldBe("\"院\\000022\\00003b\\000020\\00007d\\000020\\00003c\\00002fstyle\\00003e\\00000a\"");

    private static string WithoutStyle(string html) => Style().Replace(html, "<style></style>");

    private static string TextOf(string html) => Spaces().Replace(System.Net.WebUtility.HtmlDecode(Tags().Replace(Style().Replace(html, ""), " ")), " ");

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("</style")]
    private static partial Regex StyleEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Unfilled();
}
