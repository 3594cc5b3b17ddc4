using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>The report as a workbook. The same model gives the same bytes.</summary>
internal static class ReportWorkbook
{
    // The earliest moment that a zip entry can carry: the file's bytes then depend on its content alone.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Make(ReportModel model)
    {
        var texts = TextFile.Load("sheets");
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var made = model.Made.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            (document.PackageProperties.Created, document.PackageProperties.Modified) = (made, made);
            document.PackageProperties.Title = $"{TextFile.Load("cover")["title"]} {Words.Japanese.Subject(model)}";
            document.PackageProperties.Creator = Printable.Line(model.Operator);
            var workbook = document.AddWorkbookPart();
            var styles = workbook.AddNewPart<WorkbookStylesPart>("rIdStyles");
            styles.Stylesheet = Styles.Make(texts["font"], texts["dateFormat"], texts["timeFormat"]);
            workbook.Workbook = new Workbook(Sheets(workbook, new Sheets(model).All()));
        }

        return Settled(stream);
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Sheets Sheets(WorkbookPart workbook, IReadOnlyList<Sheet> sheets)
    {
        var list = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
        for (var index = 0; index < sheets.Count; index++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"rId{index + 1}");
            SheetWriter.Write(workbook.AddNewPart<WorksheetPart>(id), sheets[index]);
            list.AppendChild(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = id, SheetId = (uint)index + 1, Name = sheets[index].Name });
        }

        return list;
    }

    private static byte[] Settled(MemoryStream package)
    {
        package.Position = 0;
        using var settled = new MemoryStream();
        using (var from = new ZipArchive(package, ZipArchiveMode.Read))
        using (var to = new ZipArchive(settled, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(static entry => entry.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = EntryTime;
                using var source = entry.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }

        return settled.ToArray();
    }
}
