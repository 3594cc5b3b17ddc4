using System.Net;
using System.Net.Sockets;
using System.Text;
using UglyToad.PdfPig;

namespace VulnDiag.Report.Pdf;

[Trait("Category", "Slow")]
[Collection("browser")]
public sealed class ChromiumPrinterTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly ChromiumPrinter printer = new(new PrinterSettings());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Browser.Require();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await printer.DisposeAsync();

    [Fact]
    public async Task Neither_script_nor_network_nor_file_is_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "SECRETFILE", Token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        var pdf = await printer.PrintAsync(Page($"""
            <link rel="stylesheet" href="http://127.0.0.1:{port}/a.css"><img src="http://127.0.0.1:{port}/b.png">
            <iframe src="http://127.0.0.1:{port}/c"></iframe><iframe src="file://{secret}"></iframe><object data="file://{secret}"></object><embed src="file://{secret}">
            <style>@import url(http://127.0.0.1:{port}/d.css); @font-face {"{"} font-family: x; src: url(http://127.0.0.1:{port}/e.woff) {"}"} i {"{"} font-family: x; background: url(http://127.0.0.1:{port}/f.png) {"}"}</style><i>i</i>
            <script>document.body.append('SCRIPTRAN'); fetch('http://127.0.0.1:{port}/g')</script><img src=x onerror="document.body.append('SCRIPTRAN')">
            <p>本文</p>
            """), Day, Token);

        var text = TextOf(pdf);
        File.Delete(secret);
        text.ShouldContain("本文");
        text.ShouldNotContain("SCRIPTRAN");
        text.ShouldNotContain("SECRETFILE");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task The_browser_runs_sandboxed_and_never_as_root()
    {
        await printer.PrintAsync(Page("一"), Day, Token);

        var browsers = ProcessTree.Browsers();
        browsers.ShouldNotBeEmpty();
        browsers.ShouldAllBe(static process => process.UserId != 0);
        browsers.ShouldAllBe(static process => !process.CommandLine.Contains("--no-sandbox", StringComparison.Ordinal));
        browsers.ShouldContain(static process => process.Filtered);
    }

    [Fact]
    public async Task Nothing_of_the_workers_environment_reaches_the_browser()
    {
        Environment.SetEnvironmentVariable("VULNDIAG__Kintone__Password", "hidden-from-browser");
        try
        {
            await printer.PrintAsync(Page("一"), Day, Token);
            var environments = ProcessTree.Browsers().Select(static process => process.Environment).ToList();
            environments.ShouldContain(static environment => environment.Contains("LANG=C.UTF-8", StringComparison.Ordinal));
            environments.ShouldAllBe(static environment => !environment.Contains("hidden-from-browser", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("VULNDIAG__Kintone__Password", null);
        }
    }

    [Fact]
    public async Task One_browser_serves_many_prints_and_ends_with_the_printer()
    {
        await printer.PrintAsync(Page("一"), Day, Token);
        var first = Main().ShouldHaveSingleItem();
        await printer.PrintAsync(Page("二"), Day, Token);
        Main().ShouldBe([first]);

        await printer.DisposeAsync();

        ProcessTree.Browsers().ShouldBeEmpty();

        static IEnumerable<int> Main() => ProcessTree.Browsers()
            .Where(static process => !process.CommandLine.Contains("--type=", StringComparison.Ordinal)).Select(static process => process.Id);
    }

    [Fact]
    public async Task The_same_page_on_another_browser_gives_the_same_bytes()
    {
        await using var other = new ChromiumPrinter(new PrinterSettings());

        var one = await printer.PrintAsync(Page("<h1>同じ</h1>"), Day, Token);
        await printer.PrintAsync(Page("<h1>間に別の印刷</h1>"), Day, Token);

        (await printer.PrintAsync(Page("<h1>同じ</h1>"), Day, Token)).ShouldBe(one);
        (await other.PrintAsync(Page("<h1>同じ</h1>"), Day, Token)).ShouldBe(one);
    }

    [Fact]
    public async Task Every_font_is_embedded_as_a_subset_of_biz_ud_gothic()
    {
        var pdf = Encoding.Latin1.GetString(await printer.PrintAsync(Page("<p>漢字 かな ABC <b>太字</b></p>"), Day, Token));

        var names = System.Text.RegularExpressions.Regex.Matches(pdf, @"/FontName /(\S+)").Select(static match => match.Groups[1].Value).ToList();
        names.ShouldAllBe(static name => name.Contains("+BIZUD", StringComparison.Ordinal));
        System.Text.RegularExpressions.Regex.Count(pdf, "/FontFile2 ").ShouldBe(names.Count);
    }

    [Fact]
    public async Task A_missing_browser_is_one_sentence()
    {
        await using var broken = new ChromiumPrinter(new PrinterSettings { Chromium = "/nowhere/chromium" });

        (await Should.ThrowAsync<ReportException>(() => broken.PrintAsync("", Day, Token))).Message.ShouldContain("Report:Chromium");
    }

    [Fact]
    public async Task A_program_that_is_no_browser_is_one_sentence()
    {
        await using var broken = new ChromiumPrinter(new PrinterSettings { Chromium = "/bin/false" });

        (await Should.ThrowAsync<ReportException>(() => broken.PrintAsync("", Day, Token))).Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_page_without_the_reports_font_is_refused()
    {
        var html = "<html lang=ja><body style=\"font-family:monospace\">x</body></html>";

        (await Should.ThrowAsync<ReportException>(() => printer.PrintAsync(html, Day, Token))).Message.ShouldContain("fonts-morisawa-bizud-gothic");
    }

    private static string Page(string body) =>
        $"<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>試験</title></head><body style=\"font-family:'BIZ UDPGothic'\">{body}</body></html>";

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().Select(static page => page.Text));
    }
}
