using System.Collections.Concurrent;
using VulnDiag.Report.Pdf;
using VulnDiag.Report.Templates;
using VulnDiag.Report.Texts;
using VulnDiag.Report.Xlsx;

namespace VulnDiag.Report;

/// <summary>Makes a report's files from its model: the entry point of this project.</summary>
/// <remarks>One printer serves a whole process: its browser starts at the first print and is used again. Thread-safe.</remarks>
public sealed class ReportPrinter : IAsyncDisposable
{
    private const int MostPrints = 3;
    private const int MostGuesses = 1000;
    private readonly ChromiumPrinter chromium;
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, int>> lastPages = new(StringComparer.Ordinal);

    /// <summary>A printer; nothing starts before the first print.</summary>
    public ReportPrinter(PrinterSettings settings) => chromium = new ChromiumPrinter(settings);

    /// <summary>The PDF and the xlsx of a report, and a PDF per vendor unless it is a draft. The same model gives the same bytes on the same browser.</summary>
    /// <exception cref="ReportException">The browser is missing, may not run safely here, or failed; the message says what to do.</exception>
    public async Task<PrintedReport> PrintAsync(ReportModel model, CancellationToken cancellationToken)
    {
        var pdf = await PrintPdfAsync(model, cancellationToken);
        var slices = new List<ReportFile>();
        foreach (var slice in model.Slices) slices.Add(await PrintSliceAsync(slice, cancellationToken));
        return new PrintedReport(pdf, MakeXlsx(model), slices);
    }

    /// <summary>A vendor's slice; it has no contents, so one print is enough.</summary>
    private async Task<ReportFile> PrintSliceAsync(ReportModel slice, CancellationToken cancellationToken) => new(
        FileNames.Of(slice, "pdf"),
        await chromium.PrintAsync(await ReportHtml.RenderAsync(slice, new Dictionary<string, int>()), slice.Made, cancellationToken));

    /// <summary>The PDF alone.</summary>
    /// <exception cref="ReportException">The browser is missing, may not run safely here, or failed; the message says what to do.</exception>
    public async Task<ReportFile> PrintPdfAsync(ReportModel model, CancellationToken cancellationToken)
    {
        // Only a print tells the contents' page numbers. Those of the report's draft are a good guess: a guess that fits saves the second print.
        var name = FileNames.Of(model with { Draft = false }, "pdf");
        var pages = lastPages.GetValueOrDefault(name) ?? new Dictionary<string, int>();
        for (var print = 1; ; print++)
        {
            var pdf = await chromium.PrintAsync(await ReportHtml.RenderAsync(model, pages), model.Made, cancellationToken);
            var found = PdfAnchors.PagesOf(pdf);
            if (print == MostPrints || Same(found, pages))
            {
                if (lastPages.Count >= MostGuesses) lastPages.Clear();
                lastPages[name] = found;
                return new ReportFile(FileNames.Of(model, "pdf"), pdf);
            }

            pages = found;
        }
    }

    private static bool Same(IReadOnlyDictionary<string, int> found, IReadOnlyDictionary<string, int> guessed) =>
        found.Count > 0 && found.Count == guessed.Count && found.All(page => guessed.TryGetValue(page.Key, out var number) && number == page.Value);

    /// <summary>The xlsx alone; needs no browser.</summary>
    public static ReportFile MakeXlsx(ReportModel model) => new(FileNames.Of(model, "xlsx"), ReportWorkbook.Make(model));

    /// <summary>Ends the browser.</summary>
    public ValueTask DisposeAsync() => chromium.DisposeAsync();
}
