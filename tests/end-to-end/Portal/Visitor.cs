using System.Reflection;
using Microsoft.Playwright;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>What all visitors of a test saw, and what was wrong with it.</summary>
internal sealed class VisitLog
{
    internal HashSet<string> Seen { get; } = [];

    internal List<string> Faults { get; } = [];
}

/// <summary>A person at the portal: sees pages, clicks and types. Every page that a person sees is audited at the width of a desk and of a hand.</summary>
/// <remarks>Pictures of the pages are kept where <c>PORTAL_PICTURES</c> names a folder, for looking at them.</remarks>
internal sealed class Visitor : IAsyncDisposable
{
    private const int Desk = 1280;
    private const int Hand = 390;

    private static readonly string Audit = ReadAudit();

    private readonly IBrowserContext _context;
    private readonly string _name;
    private readonly VisitLog _log;

    private Visitor(IBrowserContext context, IPage page, string name, VisitLog log) => (_context, Page, _name, _log) = (context, page, name, log);

    internal IPage Page { get; }

    internal static async Task<Visitor> ComeAsync(IBrowser browser, Uri portal, string name, VisitLog log)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = portal.ToString(),
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new ViewportSize { Width = Desk, Height = 900 },
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") log.Faults.Add($"{name}: {message.Text}");
        };
        return new Visitor(context, page, name, log);
    }

    internal async Task LogInAsync(string password)
    {
        await Page.GotoAsync("/");
        await LookAsync("login");
        await Page.GetByLabel("ログイン名").FillAsync(_name);
        await Page.GetByLabel("パスワード").FillAsync(password);
        await ClickAsync("ログイン");
        await LookAsync("apps");
    }

    internal Task ClickAsync(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).First.ClickAsync();

    internal Task FollowAsync(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).First.ClickAsync();

    internal Task FillAsync(string input, string value) => Input(input).FillAsync(value);

    internal Task ChooseAsync(string input, string option) => Input(input).SelectOptionAsync(option);

    internal Task TickAsync(string input, string value) => Page.Locator($"[name=\"{input}\"][value=\"{value}\"]").CheckAsync();

    /// <summary>Presses a button of process management and says yes to its question.</summary>
    internal async Task PressAsync(string action)
    {
        await Page.Locator("summary").GetByText(action, new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await LookAsync("question-" + action);
        await Page.Locator("details[open]").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "実行する" }).ClickAsync();
        await SeesAsync($"「{action}」を実行しました。");
    }

    internal async Task SaveAsync(string what)
    {
        await LookAsync(what);
        await ClickAsync("保存");
        await SeesAsync("保存しました。");
    }

    internal Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>Audits the page at both widths, unless a page of that kind was seen before.</summary>
    internal async Task LookAsync(string what)
    {
        if (!_log.Seen.Add(what)) return;
        foreach (var width in new[] { Hand, Desk })
        {
            await Page.SetViewportSizeAsync(width, 900);
            foreach (var fault in await Page.EvaluateAsync<string[]>(Audit)) _log.Faults.Add($"{_name}, {what}, {width} px, {Page.Url}: {fault}");
            if (Environment.GetEnvironmentVariable("PORTAL_PICTURES") is { Length: > 0 } folder)
                await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{_log.Seen.Count:D2}-{_name}-{what}-{width}.png"), FullPage = true });
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private ILocator Input(string name) => Page.Locator($"[name=\"{name}\"]");

    private static string ReadAudit()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("page-audit.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
