using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VulnDiag.Report.Xlsx;

/// <summary>The workbook's few cell formats.</summary>
internal static class Styles
{
    internal const uint Text = 1;
    internal const uint Number = 2;
    internal const uint Head = 3;
    internal const uint Time = 4;
    internal const uint Date = 5;

    private const uint DateFormat = 164;
    private const uint TimeFormat = 165;

    /// <param name="font">Name of the font of all cells.</param>
    /// <param name="dateFormat">Excel's format of a day.</param>
    /// <param name="timeFormat">Excel's format of a moment.</param>
    internal static Stylesheet Make(string font, string dateFormat, string timeFormat) => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DateFormat, FormatCode = dateFormat },
            new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = timeFormat })
        { Count = 2 },
        new Fonts(FontOf(font, bold: false), FontOf(font, bold: true)) { Count = 2 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FF12395B" }) { PatternType = PatternValues.Solid }))
        { Count = 3 },
        new Borders(new Border(), Thin()) { Count = 2 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(
            new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0 },
            // quotePrefix keeps "=..." text even when somebody edits the cell.
            Format(numberFormat: 49, quotePrefix: true),
            Format(numberFormat: 0),
            new CellFormat(Wrapped()) { NumberFormatId = 49, FontId = 1, FillId = 2, BorderId = 1, FormatId = 0, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyAlignment = true },
            Format(TimeFormat),
            Format(DateFormat))
        { Count = 6 },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    private static CellFormat Format(uint numberFormat, bool quotePrefix = false) => new(Wrapped())
    {
        NumberFormatId = numberFormat,
        FontId = 0,
        FillId = 0,
        BorderId = 1,
        FormatId = 0,
        ApplyNumberFormat = true,
        ApplyBorder = true,
        ApplyAlignment = true,
        QuotePrefix = quotePrefix ? true : null,
    };

    private static Alignment Wrapped() => new() { Vertical = VerticalAlignmentValues.Top, WrapText = true };

    private static Font FontOf(string name, bool bold) => bold
        ? new Font(new Bold(), new FontSize { Val = 10 }, new Color { Rgb = "FFFFFFFF" }, new FontName { Val = name })
        : new Font(new FontSize { Val = 10 }, new FontName { Val = name });

    private static Border Thin()
    {
        static T Side<T>(T side)
            where T : BorderPropertiesType
        {
            side.Style = BorderStyleValues.Thin;
            side.AppendChild(new Color { Rgb = "FFB9C3CC" });
            return side;
        }

        return new Border(Side(new LeftBorder()), Side(new RightBorder()), Side(new TopBorder()), Side(new BottomBorder()), new DiagonalBorder());
    }
}
