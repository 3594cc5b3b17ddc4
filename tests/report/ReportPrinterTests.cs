using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using VulnDiag.Report.Pdf;
using VulnDiag.Report.Samples;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report;

[Trait("Category", "Slow")]
[Collection("browser")]
public sealed class ReportPrinterTests : IClassFixture<ReportPrinterTests.Printed>
{
    private readonly Printed printed;

    public ReportPrinterTests(Printed printed) => this.printed = printed;

    [Fact]
    public void The_hospital_is_named_as_in_the_record() => printed.Text.ShouldContain(Packed(SampleReport.HospitalName));

    [Fact]
    public void The_six_counts_can_be_searched_for()
    {
        foreach (var count in new[] { "緊急（9.0～10.0）1件", "重要（7.0～8.9）1件", "警告（4.0～6.9）1件", "注意（0.1～3.9）1件", "対処要（点数なし）6件", "対処推奨（点数なし）1件" })
        {
            printed.Text.ShouldContain(count);
        }
    }

    [Fact]
    public void Every_finding_of_the_model_is_printed_with_its_advice()
    {
        foreach (var finding in printed.Model.Lines.SelectMany(static line => line.Findings))
        {
            printed.Text.ShouldContain(Packed(finding.Text.Title));
            printed.Text.ShouldContain(Packed(finding.Text.Action));
        }
    }

    [Fact]
    public void Chapters_are_bookmarks_on_the_page_that_the_contents_name()
    {
        printed.Document.TryGetBookmarks(out var bookmarks).ShouldBeTrue();
        var nodes = bookmarks.GetNodes().OfType<DocumentBookmarkNode>().ToList();

        foreach (var section in SectionCatalogue.All.Where(static section => section is not (CoverSection or ContentsSection)))
        {
            var title = TextFile.Load(section.Id)["title"];
            var node = nodes.Single(node => node.Title.EndsWith(title, StringComparison.Ordinal));
            Packed(printed.Document.GetPage(2).Text).ShouldContain(Packed($"{node.Title}{node.PageNumber}"));
        }
    }

    [Fact]
    public void Every_page_but_the_cover_is_numbered_of_all()
    {
        var pages = printed.Document.NumberOfPages;
        for (var page = 2; page <= pages; page++) Packed(printed.Document.GetPage(page).Text).ShouldContain($"{page}/{pages}");
    }

    [Fact]
    public void Every_page_but_the_cover_is_headed_by_hospital_and_edition()
    {
        foreach (var page in printed.Document.GetPages().Skip(1))
        {
            var text = Packed(page.Text);
            text.ShouldContain(Packed(SampleReport.HospitalName));
            text.ShouldContain("第1版");
        }
    }

    [Fact]
    public void The_file_is_a4_tagged_japanese_and_titled()
    {
        var bytes = Encoding.Latin1.GetString(printed.Report.Pdf.Content.Span);

        bytes.ShouldContain("/Marked true");
        bytes.ShouldContain("/Lang (ja)");
        bytes.ShouldContain("/DisplayDocTitle true");
        printed.Document.Information.Title!.ShouldStartWith("脆弱性診断結果報告書 " + SampleReport.HospitalName);
        printed.Document.GetPages().ShouldAllBe(static page => Math.Abs(page.Width - 595) < 1 && Math.Abs(page.Height - 842) < 1);
    }

    [Fact]
    public void No_page_is_nearly_empty()
    {
        foreach (var page in printed.Document.GetPages()) page.Letters.Count.ShouldBeGreaterThan(150, $"page {page.Number}");
    }

    [Fact]
    public async Task Hostile_names_and_banners_are_printed_as_text()
    {
        const string Evil = "<script>alert(1)</script>\u202E 病院";
        var model = ReportModelBuilder.OfEngagement(SampleReport.Input() with { Engagement = SampleReport.Engagement(Evil) });

        var pdf = await printed.Printer.PrintPdfAsync(model, TestContext.Current.CancellationToken);

        using var document = PdfDocument.Open(pdf.Content.ToArray());
        Packed(document.GetPage(1).Text).ShouldContain(Packed("<script>alert(1)</script>\\u{202e} 病院"));
    }

    [Fact]
    public void Each_vendor_of_a_scanned_line_gets_a_file_of_its_own_lines_and_nobody_elses()
    {
        var vendors = printed.Model.Vendors.ToList();
        printed.Report.Slices.Select(static slice => slice.Name).ShouldBe(printed.Model.Slices.Select(slice => $"脆弱性診断結果報告書_VD-000123_第1版_ベンダ別{vendors.IndexOf(slice.ForVendor!) + 1}.pdf"));
        printed.Report.Slices.Count.ShouldBeGreaterThan(1);
        foreach (var (file, slice) in printed.Report.Slices.Zip(printed.Model.Slices))
        {
            printed.Text.ShouldContain(Packed(file.Name));
            using var document = PdfDocument.Open(file.Content.ToArray());
            var text = Packed(string.Concat(document.GetPages().Select(static page => page.Text)));
            text.ShouldContain(Packed(slice.ForVendor!.Company));
            text.ShouldContain(Packed(SampleReport.HospitalName));
            foreach (var other in vendors.Where(other => other.Mail != slice.ForVendor.Mail)) text.ShouldNotContain(Packed(other.Company));
            foreach (var line in printed.Model.Lines.Where(line => line.Scan is not null && slice.Lines.All(own => own.Id != line.Id)))
                text.ShouldNotContain(line.Scan!.Target.Address);
            foreach (var finding in slice.Lines.SelectMany(static line => line.Findings)) text.ShouldContain(Packed(finding.Text.Action));
        }
    }

    [Fact]
    public async Task A_draft_says_so_on_every_page_and_has_no_file_for_vendors()
    {
        var draft = await printed.Printer.PrintAsync(SampleReport.Model(draft: true), TestContext.Current.CancellationToken);
        draft.Slices.ShouldBeEmpty();
        using var document = PdfDocument.Open(draft.Pdf.Content.ToArray());
        foreach (var page in document.GetPages()) page.Letters.ShouldContain(static letter => letter.Value == "案" && letter.PointSize > 100, $"page {page.Number}");
        document.NumberOfPages.ShouldBe(printed.Document.NumberOfPages, "the mark moves nothing");
        printed.Document.GetPages().SelectMany(static page => page.Letters).ShouldAllBe(static letter => letter.PointSize < 100);
    }

    [Fact]
    public void Files_are_named_for_people_without_the_hospitals_name()
    {
        printed.Report.Pdf.Name.ShouldBe("脆弱性診断結果報告書_VD-000123_第1版.pdf");
        printed.Report.Xlsx.Name.ShouldBe("脆弱性診断結果報告書_VD-000123_第1版.xlsx");
    }

    internal static string Packed(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));

    /// <summary>One print for all tests of this class.</summary>
    public sealed class Printed : IAsyncLifetime
    {
        internal ReportModel Model { get; } = SampleReport.Model();

        internal ReportPrinter Printer { get; } = new(new PrinterSettings());

        internal PrintedReport Report { get; private set; } = null!;

        internal PdfDocument Document { get; private set; } = null!;

        internal string Text { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Browser.Require();
            Report = await Printer.PrintAsync(Model, TestContext.Current.CancellationToken);
            Document = PdfDocument.Open(Report.Pdf.Content.ToArray());
            Text = Packed(string.Concat(Document.GetPages().Select(static page => page.Text)));
        }

        public async ValueTask DisposeAsync()
        {
            Document?.Dispose();
            await Printer.DisposeAsync();
        }
    }
}
