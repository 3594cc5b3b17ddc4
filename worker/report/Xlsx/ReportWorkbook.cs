using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
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

    private static readonly XNamespace Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Elements = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    internal static byte[] Make(ReportModel model)
    {
        var texts = TextFile.Load("sheets");
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            // Ids are named where the library would draw random ones.
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "rIdWorkbook");
            WriteProperties(document.AddNewPart<CoreFilePropertiesPart>("rIdProperties"), model);
            var styles = workbook.AddNewPart<WorkbookStylesPart>("rIdStyles");
            styles.Stylesheet = Styles.Make(texts["font"], texts["dateFormat"], texts["timeFormat"]);
            workbook.Workbook = new Workbook(Sheets(workbook, new Sheets(model).All()));
        }

        return Settled(stream);
    }

    /// <remarks>Written by hand: the library's own properties land in a part with a random name. Source: ECMA-376 part 2, 11 (core properties).</remarks>
    private static void WriteProperties(CoreFilePropertiesPart part, ReportModel model)
    {
        var made = new XElement(Terms + "created", new XAttribute(Instance + "type", "dcterms:W3CDTF"), model.Made.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var properties = new XElement(
            Core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", Core),
            new XAttribute(XNamespace.Xmlns + "dc", Elements),
            new XAttribute(XNamespace.Xmlns + "dcterms", Terms),
            new XAttribute(XNamespace.Xmlns + "xsi", Instance),
            new XElement(Elements + "title", $"{TextFile.Load("cover")["title"]} {Words.Japanese.Subject(model)}"),
            new XElement(Elements + "creator", Printable.Line(model.Operator)),
            made);
        using var stream = part.GetStream(FileMode.Create);
        properties.Save(stream, SaveOptions.DisableFormatting);
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
