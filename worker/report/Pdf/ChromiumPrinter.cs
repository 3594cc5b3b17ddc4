using Microsoft.Playwright;

namespace VulnDiag.Report.Pdf;

/// <summary>Prints HTML to PDF by a Chromium that is started once, sandboxed, and given nothing but the page.</summary>
/// <remarks>
/// Every print gets a new, empty browsing context: no script, no network, no service worker, and every request is refused,
/// so that a hospital's or a scanned host's text can neither run nor fetch nor read a file. Thread-safe; prints run one at a time.
/// Source: docs/decisions/0150-printing-with-chromium.md.
/// </remarks>
public sealed class ChromiumPrinter : IAsyncDisposable
{
    /// <remarks>
    /// The rule maps every address to none: a frame's address would else be connected to (though not asked for) before the request
    /// itself is refused, as seen with Chromium 156.
    /// </remarks>
    private static readonly string[] Arguments = ["--disable-gpu", "--disable-remote-fonts", "--font-render-hinting=none", "--host-resolver-rules=MAP * ~NOTFOUND"];

    /// <remarks>On a busy machine the first start was seen to take longer than Playwright's own 30 s.</remarks>
    private const float StartTimeoutMilliseconds = 120_000;

    /// <remarks>Playwright's own 30 s are too few for a report of thousands of pages on a busy machine.</remarks>
    private const float LayoutTimeoutMilliseconds = 300_000;

    private readonly PrinterSettings settings;
    private readonly SemaphoreSlim turn = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? folder;

    /// <summary>A printer; the browser starts at the first print.</summary>
    public ChromiumPrinter(PrinterSettings settings) => this.settings = settings;

    /// <summary>Prints a whole HTML document (its own styles, no outside files) as A4.</summary>
    /// <param name="html">The document.</param>
    /// <param name="made">Date that the file carries as its creation and change.</param>
    /// <param name="cancellationToken">Gives up before the next step.</param>
    /// <returns>The PDF file: tagged, with outline; the same document and date give the same bytes on the same browser.</returns>
    /// <exception cref="ReportException">No browser, no safe way to run it, a font is missing, or the browser failed.</exception>
    public async Task<byte[]> PrintAsync(string html, DateOnly made, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var pdf = await PrintOnceAsync(html, cancellationToken);
            PdfMetadata.RequireFont(pdf);
            return PdfMetadata.Normalise(pdf, made);
        }
        catch (PlaywrightException fault)
        {
            throw new ReportException($"The browser could not print the report: {FirstLine(fault)}", fault);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends the browser and removes what it left. Waits for a print that is under way; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        try
        {
            if (browser is not null) await browser.DisposeAsync();
            playwright?.Dispose();
            if (folder is not null) Directory.Delete(folder, recursive: true);
            (browser, playwright, folder) = (null, null, null);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<byte[]> PrintOnceAsync(string html, CancellationToken cancellationToken)
    {
        var running = browser is { IsConnected: true } ? browser : browser = await StartAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await using var context = await running.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false,
            Offline = true,
            ServiceWorkers = ServiceWorkerPolicy.Block,
            AcceptDownloads = false,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
        });
        await context.RouteAsync("**/*", static route => route.AbortAsync());
        var page = await context.NewPageAsync();
        await page.SetContentAsync(html, new PageSetContentOptions { WaitUntil = WaitUntilState.Load, Timeout = LayoutTimeoutMilliseconds })
            .WaitAsync(cancellationToken);
        // A print that is given up ends with its context.
        return await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true, Tagged = true, Outline = true })
            .WaitAsync(cancellationToken);
    }

    private async Task<IBrowser> StartAsync()
    {
        folder ??= Directory.CreateTempSubdirectory("vulndiag-print-").FullName;
        var command = BrowserCommand.For(settings, Environment.IsPrivilegedProcess, folder);
        playwright ??= await Playwright.CreateAsync();
        try
        {
            return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = command.Executable,
                Env = command.Environment,
                ChromiumSandbox = true,
                Headless = true,
                Timeout = StartTimeoutMilliseconds,
                Args = Arguments,
            });
        }
        catch (PlaywrightException fault) when (fault.Message.Contains("sandbox", StringComparison.OrdinalIgnoreCase))
        {
            throw new ReportException(
                "The browser's sandbox does not work on this machine, and without it a report is not printed. "
                + "Allow unprivileged user namespaces (kernel.unprivileged_userns_clone, container settings) or install Debian's package chromium-sandbox.",
                fault);
        }
    }

    private static string FirstLine(PlaywrightException fault) => fault.Message.Split('\n', 2)[0].Trim();
}
