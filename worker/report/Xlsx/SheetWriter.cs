using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>Writes one sheet: heads, rows, widths by content, a frozen head with a filter.</summary>
internal static partial class SheetWriter
{
    /// <summary>Excel's limit of a cell.</summary>
    private const int MostLetters = 32767;

    private const double Narrowest = 9;
    private const double Widest = 60;

    internal static void Write(WorksheetPart part, Sheet sheet)
    {
        var last = ColumnName(sheet.Columns.Count - 1);
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1,
            TopLeftCell = "A2",
            ActivePane = PaneValues.BottomLeft,
            State = PaneStateValues.Frozen,
        })
        { WorkbookViewId = 0 }));
        writer.WriteElement(Columns(sheet));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, sheet.Columns.Select(static head => Text(head, Styles.Head)));
        for (var row = 0; row < sheet.Rows.Count; row++) WriteRow(writer, row + 2, sheet.Rows[row].Select(Element));
        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A1:{last}{sheet.Rows.Count + 1}" });
        writer.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        writer.WriteEndElement();
    }

    /// <summary>A, B … Z, AA …</summary>
    internal static string ColumnName(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + ((rest - 1) % 26)) + name;
        return name;
    }

    private static void WriteRow(OpenXmlWriter writer, int number, IEnumerable<DocumentFormat.OpenXml.Spreadsheet.Cell> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        var column = 0;
        foreach (var cell in cells)
        {
            cell.CellReference = $"{ColumnName(column++)}{number}";
            writer.WriteElement(cell);
        }

        writer.WriteEndElement();
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Element(Cell cell) => cell switch
    {
        Cell.TextCell text => Text(text.Text, Styles.Text),
        Cell.NumberCell number => Value(number.Number.ToString(CultureInfo.InvariantCulture), Styles.Number),
        Cell.TimeCell time => Value(Serial(Jst.Of(time.Instant).DateTime), Styles.Time),
        Cell.DateCell date => Value(Serial(date.Day.ToDateTime(TimeOnly.MinValue)), Styles.Date),
        _ => throw new InvalidOperationException($"{cell.GetType().Name} is no known cell."),
    };

    private static string Serial(DateTime local) => Math.Round(local.ToOADate(), 5).ToString(CultureInfo.InvariantCulture);

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Value(string value, uint style) => new() { StyleIndex = style, CellValue = new CellValue(value) };

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Text(string text, uint style) => new()
    {
        StyleIndex = style,
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(Escaped().Replace(Printable.Cut(text, MostLetters), "_x005F_")) { Space = SpaceProcessingModeValues.Preserve }),
    };

    private static Columns Columns(Sheet sheet)
    {
        var columns = new Columns();
        for (var column = 0; column < sheet.Columns.Count; column++)
        {
            var width = sheet.Rows.Select(row => WidthOf(row[column])).Append(LettersWide(sheet.Columns[column]) + 4).Max();
            columns.AppendChild(new Column { Min = (uint)column + 1, Max = (uint)column + 1, Width = Math.Round(Math.Clamp(width, Narrowest, Widest), 1), CustomWidth = true });
        }

        return columns;
    }

    private static double WidthOf(Cell cell) => cell switch
    {
        Cell.TextCell text => text.Text.Split('\n').Max(LettersWide) + 2,
        Cell.TimeCell => 26,
        Cell.DateCell => 20,
        _ => Narrowest,
    };

    // A Japanese letter is as wide as two digits, the unit of Excel's column width.
    private static double LettersWide(string line) => line.Sum(static letter => letter < 0x2000 ? 1.1 : 2.1);

    // Excel reads _x0041_ as "A" (ECMA-376, 22.9.2.19): such text is written so that it reads back as it was.
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escaped();
}
