using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;
using VulnDiag.Report.Samples;
using VulnDiag.TestSupport;

namespace VulnDiag.Report.Xlsx;

public sealed class ReportWorkbookTests
{
    [Fact]
    public void The_cells_read_as_reviewed() => Golden.Matches("report/full.xlsx.txt", Dump(ReportPrinter.MakeXlsx(SampleReport.Model())));

    [Fact]
    public void Excel_finds_nothing_to_repair()
    {
        foreach (var model in new[] { SampleReport.Model(), SampleReport.OwnScan(), SampleReport.Model() with { Lines = [] } })
        {
            using var document = Open(ReportPrinter.MakeXlsx(model));
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(document).Select(static fault => $"{fault.Path?.XPath}: {fault.Description}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() =>
        ReportPrinter.MakeXlsx(SampleReport.Model()).Sha256.ShouldBe(ReportPrinter.MakeXlsx(SampleReport.Model()).Sha256);

    [Fact]
    public void The_sheets_hold_the_same_rows_as_the_pdf()
    {
        var model = SampleReport.Model();
        var rows = new Sheets(model).All().ToDictionary(static sheet => sheet.Name, static sheet => sheet.Rows);

        rows.Keys.ShouldBe(["概要", "回線", "ポート", "指摘事項", "前回比較", "診断条件"]);
        rows["回線"].Count.ShouldBe(model.Lines.Count);
        rows["指摘事項"].Count.ShouldBe(model.Counts.Total);
        rows["ポート"].Count.ShouldBe(model.Lines.Sum(static line => line.Scan?.Ports.Count ?? 0));
        rows["前回比較"].Count.ShouldBe(model.Lines.Sum(static line => line.Findings.Count + line.Fixed.Count + line.NotExamined.Count));
    }

    [Fact]
    public void Every_row_is_as_long_as_its_head()
    {
        foreach (var sheet in new Sheets(SampleReport.Model()).All()) sheet.Rows.ShouldAllBe(row => row.Count == sheet.Columns.Count);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x.example\",\"y\")")]
    [InlineData("+1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)")]
    [InlineData("_x0041_ stays as it is")]
    [InlineData("<b>&\u0001</b>")]
    public void Text_from_outside_stays_text(string evil)
    {
        var finding = SampleFindings.Record("L1", SampleFindings.Other("x", FindingKind.Exposure, Transport.Tcp, 1, Severity.Act, evil, evil), FindingChange.New);
        var file = ReportPrinter.MakeXlsx(ReportModelBuilder.OfEngagement(SampleReport.Input() with { Findings = [finding] }));

        using var document = Open(file);
        var sheet = SheetNamed(document, "指摘事項");
        sheet.Descendants<CellFormula>().ShouldBeEmpty();
        var title = sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(static cell => cell.CellReference == "G2");
        title.DataType!.Value.ShouldBe(CellValues.InlineString);
        title.InnerText.ShouldBe(evil.Replace("\u0001", "\\u{1}").Replace("_x0041_", "_x005F_x0041_"));
        var format = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ElementAt((int)title.StyleIndex!.Value);
        format.QuotePrefix!.Value.ShouldBeTrue();
    }

    [Fact]
    public void A_cell_holds_no_more_than_excel_takes()
    {
        var finding = SampleFindings.Record("L1", SampleFindings.Other("x", FindingKind.Exposure, Transport.Tcp, 1, Severity.Act, "t", new string('字', 40_000)), FindingChange.New);

        using var document = Open(ReportPrinter.MakeXlsx(ReportModelBuilder.OfEngagement(SampleReport.Input() with { Findings = [finding] })));

        SheetNamed(document, "指摘事項").Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Max(static cell => cell.InnerText.Length).ShouldBe(32_767);
    }

    [Fact]
    public void The_head_is_frozen_and_has_a_filter()
    {
        using var document = Open(ReportPrinter.MakeXlsx(SampleReport.Model()));
        var sheet = SheetNamed(document, "指摘事項");

        sheet.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
        sheet.Descendants<AutoFilter>().Single().Reference!.Value.ShouldBe("A1:Z12");
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_are_named_as_excel_names_them(int index, string name) => SheetWriter.ColumnName(index).ShouldBe(name);

    private static SpreadsheetDocument Open(ReportFile file) => SpreadsheetDocument.Open(new MemoryStream(file.Content.ToArray()), isEditable: false);

    private static Worksheet SheetNamed(SpreadsheetDocument document, string name)
    {
        var workbook = document.WorkbookPart!;
        var id = workbook.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(sheet => sheet.Name == name).Id!;
        return ((WorksheetPart)workbook.GetPartById(id!)).Worksheet!;
    }

    private static string Dump(ReportFile file)
    {
        using var document = Open(file);
        var text = new StringBuilder();
        foreach (var sheet in document.WorkbookPart!.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>())
        {
            text.Append("# ").Append(sheet.Name).Append('\n');
            foreach (var row in SheetNamed(document, sheet.Name!).Descendants<Row>())
            {
                text.AppendJoin('\t', row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(static cell => cell.InnerText.Replace("\n", "⏎"))).Append('\n');
            }
        }

        return text.ToString();
    }
}
