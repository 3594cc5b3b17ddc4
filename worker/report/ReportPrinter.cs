using VulnDiag.Report.Pdf;
using VulnDiag.Report.Templates;
using VulnDiag.Report.Texts;
using VulnDiag.Report.Xlsx;

namespace VulnDiag.Report;

/// <summary>Makes a report's files from its model: the entry point of this project.</summary>
/// <remarks>One printer serves a whole process: its browser starts at the first print and is used again. Thread-safe.</remarks>
public sealed class ReportPrinter : IAsyncDisposable
{
    private readonly ChromiumPrinter chromium;

    /// <summary>A printer; nothing starts before the first print.</summary>
    public ReportPrinter(PrinterSettings settings) => chromium = new ChromiumPrinter(settings);

    /// <summary>The PDF and the xlsx of a report. The same model gives the same bytes on the same browser.</summary>
    /// <exception cref="ReportException">The browser is missing, may not run safely here, or failed; the message says what to do.</exception>
    public async Task<PrintedReport> PrintAsync(ReportModel model, CancellationToken cancellationToken) =>
        new(await PrintPdfAsync(model, cancellationToken), MakeXlsx(model));

    /// <summary>The PDF alone.</summary>
    /// <exception cref="ReportException">The browser is missing, may not run safely here, or failed; the message says what to do.</exception>
    public async Task<ReportFile> PrintPdfAsync(ReportModel model, CancellationToken cancellationToken)
    {
        // Printed twice: only the first print tells the contents' page numbers.
        var draft = await chromium.PrintAsync(await ReportHtml.RenderAsync(model, new Dictionary<string, int>()), model.Made, cancellationToken);
        var pdf = await chromium.PrintAsync(await ReportHtml.RenderAsync(model, PdfAnchors.PagesOf(draft)), model.Made, cancellationToken);
        return new ReportFile(FileNames.Of(model, "pdf"), pdf);
    }

    /// <summary>The xlsx alone; needs no browser.</summary>
    public static ReportFile MakeXlsx(ReportModel model) => new(FileNames.Of(model, "xlsx"), ReportWorkbook.Make(model));

    /// <summary>Ends the browser.</summary>
    public ValueTask DisposeAsync() => chromium.DisposeAsync();
}
