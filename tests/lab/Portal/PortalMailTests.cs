using System.Net;
using Microsoft.Extensions.Time.Testing;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Mail;

namespace VulnDiag.Lab.Portal;

/// <summary>The mail pages: for whoever has the key, and showing hostile mail safely.</summary>
public sealed class PortalMailTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string Html = "<html><body><script>alert(1)</script><img src=\"https://evil.example/x.png\"><b>HTML です</b></body></html>";

    private readonly string _folder = Directory.CreateTempSubdirectory("portal-mail-").FullName;
    private readonly List<PortalBrowser> _browsers = [];
    private KintoneEmulator _emulator = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await KintoneEmulator.StartAsync(
            new KintoneEmulatorOptions { Portal = new PortalOptions { MailFolder = Path.Combine(_folder, "mail"), MailKey = Key }, Users = [new EmulatorUser("admin", "admin") { Administrator = true }] },
            CancellationToken.None);
        var post = new MaildirPost(Path.Combine(_folder, "mail"), new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)));
        await post.DeliverAsync("jyoho@h01.example", System.Text.Encoding.UTF8.GetBytes($"""
            From: "<script>alert(2)</script>" <a@example.jp>
            To: jyoho@h01.example
            Subject: [VD-000001-VAL] <script>alert(3)</script>
            Date: Tue, 24 Nov 2026 09:00:00 +0900
            Message-ID: <1@example.jp>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            <script>alert(4)</script> {_emulator.Uri}k/5/show#record=1 https://evil.example/

            --inner
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {Html}
            --inner--

            --outer
            Content-Type: text/calendar
            Content-Disposition: attachment; filename="../../invite.ics"

            BEGIN:VCALENDAR
            --outer--

            """.ReplaceLineEndings("\r\n")), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), "secret");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) browser.Dispose();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/mail/")]
    [InlineData("/mail/jyoho%40h01.example/")]
    [InlineData("/mail/open?key=wrong")]
    [InlineData("/mail/open?key=")]
    public async Task Without_the_key_there_are_no_mails_not_even_for_a_user(string path)
    {
        var browser = Browser();
        await browser.LogIn("admin", "admin");
        await browser.Open(path);
        browser.Status.ShouldBe(HttpStatusCode.Forbidden);
        browser.Html.ShouldNotContain("jyoho");
    }

    [Fact]
    public async Task A_mail_is_read_as_text_and_its_html_in_a_frame_that_can_do_nothing()
    {
        var browser = await WithKey();
        browser.Text.ShouldContain("jyoho@h01.example");
        await browser.Open("/mail/?q=VD-000001");
        browser.Html.ShouldNotContain("<script>alert");
        var link = System.Text.RegularExpressions.Regex.Match(browser.Html, "class=\"open\" href=\"(?<path>[^\"]+)\"").Groups["path"].Value;
        await browser.Open(link);
        browser.Html.ShouldNotContain("<script>alert");
        browser.Text.ShouldContain("<script>alert(4)</script>");
        browser.Html.ShouldContain("href=\"/k/5/show#record=1\"");
        browser.Html.ShouldNotContain("href=\"https://evil");
        browser.Html.ShouldContain("<iframe sandbox=\"\"");
        browser.Html.ShouldContain("invite.ics");

        await browser.Open(link + "/html");
        browser.Html.ShouldContain("HTML です");
        var policy = browser.Answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("sandbox; default-src 'none'");
        policy.ShouldContain("frame-ancestors 'self'");

        await browser.Open(link + "/part/0");
        browser.Answer.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("invite.ics");
        browser.Html.ShouldStartWith("BEGIN:VCALENDAR");
    }

    [Theory]
    [InlineData("/mail/../secret")]
    [InlineData("/mail/%2e%2e/secret")]
    [InlineData("/mail/..%2f/secret")]
    [InlineData("/mail/jyoho%40h01.example/..%2F..%2F..%2Fsecret")]
    [InlineData("/mail/jyoho%40h01.example/%2e%2e%2fsecret/html")]
    [InlineData("/mail/%2Fetc/passwd")]
    public async Task A_path_leads_to_mails_only(string path)
    {
        var browser = await WithKey();
        await browser.Open(path);
        browser.Status.ShouldBe(HttpStatusCode.NotFound);
        browser.Html.ShouldNotContain("secret</");
        browser.Html.ShouldNotContain("root:");
    }

    [Fact]
    public async Task An_emulator_without_mails_has_no_key_that_fits()
    {
        await using var emulator = await KintoneEmulator.StartAsync(new KintoneEmulatorOptions(), CancellationToken.None);
        using var browser = new PortalBrowser(emulator.Uri);
        foreach (var path in new[] { "/mail/", "/mail/open?key=", "/mail/open" })
        {
            await browser.Open(path);
            browser.Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private PortalBrowser Browser()
    {
        var browser = new PortalBrowser(_emulator.Uri);
        _browsers.Add(browser);
        return browser;
    }

    private async Task<PortalBrowser> WithKey()
    {
        var browser = Browser();
        await browser.Open("/mail/open?key=" + Key);
        browser.Path.ShouldBe("/mail/");
        return browser;
    }
}
