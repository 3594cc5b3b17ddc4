using Microsoft.Playwright;
using VulnDiag.Report.Pdf;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>Debian's Chromium for the tests: sandboxed, and never as root, as the printer starts it too.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly string _folder;

    private Chromium(IPlaywright playwright, IBrowser browser, string folder) => (_playwright, Browser, _folder) = (playwright, browser, folder);

    internal IBrowser Browser { get; }

    internal static async Task<Chromium> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("vulndiag-browse-").FullName;
        var downloads = Directory.CreateDirectory(Path.Combine(folder, "downloads")).FullName;
        // The browser that runs as somebody else writes its downloads here.
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, read | UnixFileMode.UserWrite);
        File.SetUnixFileMode(downloads, read | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        var command = BrowserCommand.For(new PrinterSettings(), Environment.IsPrivilegedProcess, folder);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = command.Executable,
            Env = command.Environment,
            ChromiumSandbox = true,
            Headless = true,
            Timeout = 120_000,
            DownloadsPath = downloads,
            Args = ["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
        });
        return new Chromium(playwright, browser, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
