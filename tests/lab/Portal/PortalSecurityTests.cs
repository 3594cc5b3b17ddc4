using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Visits;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Portal;

/// <summary>What strangers, other sites and other users try on the portal.</summary>
public sealed class PortalSecurityTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Script = "\"><script>alert('x')</script><img src=x onerror=alert(1)>' {{7*7}} </textarea></title>&";

    public static TheoryData<string> UserPages => ["/k/", "/k/5/", "/k/5/show?record=1", "/k/5/edit?record=1", "/k/file?key=x"];

    [Theory]
    [MemberData(nameof(UserPages))]
    public async Task Nobody_sees_a_page_without_a_login(string path)
    {
        var browser = portal.Browser();
        await browser.OpenOnly(path);
        browser.Status.ShouldBe(HttpStatusCode.SeeOther);
        browser.Answer.Headers.Location!.ToString().ShouldStartWith("/login?to=");
        browser.Html.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(UserPages))]
    [InlineData("/login")]
    [InlineData("/portal/portal.js")]
    [InlineData("/mail/")]
    public async Task Every_answer_carries_the_headers_that_bind_the_browser(string path)
    {
        var browser = portal.Browser();
        await browser.OpenOnly(path);
        var policy = browser.Answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("form-action 'self'");
        policy.ShouldNotContain("unsafe");
        browser.Answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        browser.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task No_page_has_a_script_or_style_of_its_own()
    {
        var id = await portal.Engagement("hospital-a");
        var coordinator = await portal.LoggedIn("coordinator");
        foreach (var path in new[] { "/k/", $"/k/{portal.Engagements}/", $"/k/{portal.Engagements}/show?record={id}", $"/k/{portal.Engagements}/edit?record={id}" })
        {
            await coordinator.Open(path);
            coordinator.Html.ShouldNotContain("<script>");
            coordinator.Html.ShouldNotContain("<style");
            coordinator.Html.ShouldNotContain(" style=");
            coordinator.Html.ShouldNotContain(" onclick");
        }
    }

    [Fact]
    public async Task Hostile_text_in_every_place_that_a_hospital_can_write_stays_text()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/edit?record={id}");
        foreach (var table in new[] { "対象回線", "ベンダ", "回避時間帯", "当日IP確認" }) await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "add:" + table));
        var texts = PortalBrowser.Values(hospital.Html).Select(static value => value.Name)
            .Where(static name => name.StartsWith("f:", StringComparison.Ordinal) || name.StartsWith("t:", StringComparison.Ordinal))
            .Where(static name => !name.EndsWith('日') && !name.EndsWith("日時", StringComparison.Ordinal) && !name.Contains("回避開始", StringComparison.Ordinal) && !name.Contains("回避終了", StringComparison.Ordinal))
            .Where(static name => name != "f:受領確認").ToList();
        texts.Count.ShouldBeGreaterThan(20);
        await hospital.Submit($"/k/{portal.Engagements}/edit", [("do", "save"), .. texts.Select(static name => (name, Script))]);
        hospital.Text.ShouldContain("保存しました");
        await hospital.Submit($"/k/{portal.Engagements}/comment", ("text", Script));

        var coordinator = await portal.LoggedIn("coordinator");
        foreach (var path in new[] { $"/k/{portal.Engagements}/?view=all", $"/k/{portal.Engagements}/show?record={id}", $"/k/{portal.Engagements}/edit?record={id}", $"/k/{portal.Engagements}/?q={Uri.EscapeDataString(Script)}&view={Uri.EscapeDataString(Script)}&sort={Uri.EscapeDataString(Script)}" })
        {
            await coordinator.Open(path);
            coordinator.Status.ShouldBe(HttpStatusCode.OK);
            coordinator.Html.ShouldNotContain("<script>alert");
            coordinator.Html.ShouldNotContain("<img");
            coordinator.Text.ShouldContain("alert('x')");
        }

        var kept = (await portal.Read(portal.Engagements, id))["医療機関名"]!["value"]!;
        ((string?)kept).ShouldBe(Script);
    }

    [Fact]
    public async Task Hostile_text_comes_back_from_a_refused_login_and_a_refused_form_as_text()
    {
        var browser = portal.Browser();
        await browser.LogIn(Script, Script);
        browser.Html.ShouldNotContain("<script>alert");
        browser.Value("name").ShouldBe(Script);
        await portal.AddRecord(portal.Vendors, portal.As("coordinator"), ("メールアドレス", "hostile@example.jp"));
        var coordinator = await portal.LoggedIn("coordinator");
        await coordinator.Open($"/k/{portal.Vendors}/edit");
        await coordinator.Submit($"/k/{portal.Vendors}/edit", ("do", "save"), ("f:メールアドレス", "hostile@example.jp"), ("f:備考", Script));
        coordinator.Html.ShouldNotContain("<script>alert");
        coordinator.Value("f:備考").ShouldBe(Script);
    }

    [Fact]
    public async Task Rich_text_is_shown_without_what_could_act_and_a_script_is_no_link()
    {
        var app = await portal.App(new
        {
            rich = new { type = "RICH_TEXT", code = "rich", label = "rich" },
            link = new { type = "LINK", code = "link", label = "link", protocol = "WEB" },
        });
        var id = await portal.AddRecord(app, portal.Admin, ("rich", "<b onmouseover=alert(1)>bold</b><br><script>alert(2)</script>"), ("link", "https://example.jp/?a=\"b"));
        var admin = await portal.LoggedIn("admin");
        await LayOut(app, "RICH_TEXT", "rich", "LINK", "link");
        await admin.Open($"/k/{app}/show?record={id}");
        admin.Html.ShouldNotContain("onmouseover");
        admin.Html.ShouldNotContain("<script>alert");
        admin.Html.ShouldContain("<b>bold</b><br>");
        admin.Html.ShouldContain("href=\"https://example.jp/?a=&quot;b\"");
        await portal.Admin.Put("record", new { app, id, record = Values(("link", "javascript:alert(1)")) });
        await admin.Open($"/k/{app}/show?record={id}");
        admin.Html.ShouldNotContain("href=\"javascript");
    }

    [Theory]
    [InlineData("action", "action", "提出")]
    [InlineData("comment", "text", "hello")]
    [InlineData("comment/delete", "comment", "1")]
    [InlineData("assign", "assignee", "hospital-b")]
    [InlineData("edit", "f:医療機関名", "changed")]
    public async Task A_form_that_another_site_sends_does_nothing(string page, string name, string value)
    {
        var id = await portal.Engagement("hospital-a", ("医療機関名", "before"));
        var before = await portal.Read(portal.Engagements, id);
        var hospital = await portal.LoggedIn("hospital-a");
        foreach (var token in new[] { "", "0000000000000000000000000000000000000000000000000000000000000000" })
        {
            await hospital.Post($"/k/{portal.Engagements}/{page}?record={id}", ("token", token), (name, value), ("revision", (string)before["$revision"]!["value"]!), ("do", "save"), ("original", "{}"));
            hospital.Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        JToken.DeepEquals(await portal.Read(portal.Engagements, id), before).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_users_token_does_not_serve()
    {
        var id = await portal.Engagement("hospital-a");
        var (hospital, other) = (await portal.LoggedIn("hospital-a"), await portal.LoggedIn("hospital-b"));
        await other.Open("/k/");
        await hospital.Post($"/k/{portal.Engagements}/comment?record={id}", ("token", other.Value("token")), ("text", "x"));
        hospital.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites_and_new_after_the_login()
    {
        var browser = portal.Browser();
        await browser.OpenOnly("/login");
        var header = browser.Answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        header.ShouldContain("httponly");
        header.ShouldContain("samesite=lax");
        header.ShouldContain("path=/");
        var before = Cookie(browser);
        await browser.LogIn("hospital-a", "hospital-a");
        var after = Cookie(browser);
        after.ShouldNotBe(before);

        // A browser that somebody gave a session before the login is not logged in by it.
        var fixedOne = portal.Browser();
        fixedOne.Cookies.Add(portal.Emulator.Uri, new System.Net.Cookie(CookieName, before));
        await fixedOne.OpenOnly("/k/");
        fixedOne.Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_session_chosen_by_the_browser_is_not_taken()
    {
        var browser = portal.Browser();
        browser.Cookies.Add(portal.Emulator.Uri, new System.Net.Cookie(CookieName, "chosen"));
        await browser.LogIn("hospital-a", "hospital-a");
        Cookie(browser).ShouldNotBe("chosen");
    }

    [Fact]
    public async Task Logging_out_ends_the_session_also_for_who_kept_the_cookie()
    {
        var browser = await portal.LoggedIn("hospital-a");
        var kept = Cookie(browser);
        await browser.Submit("/logout");
        var thief = portal.Browser();
        thief.Cookies.Add(portal.Emulator.Uri, new System.Net.Cookie(CookieName, kept));
        await thief.OpenOnly("/k/");
        thief.Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public void A_session_ends_when_it_is_silent_and_when_it_is_old()
    {
        var time = new FakeTimeProvider();
        var shelf = new SessionShelf(time);
        var (_, silent) = shelf.Begin("a", null);
        time.Advance(SessionShelf.IdleLimit - TimeSpan.FromSeconds(1));
        shelf.Find(silent).ShouldNotBeNull();
        time.Advance(SessionShelf.IdleLimit);
        shelf.Find(silent).ShouldBeNull();

        var (_, old) = shelf.Begin("a", null);
        for (var spent = TimeSpan.Zero; spent < SessionShelf.AgeLimit; spent += TimeSpan.FromMinutes(30))
        {
            shelf.Find(old).ShouldNotBeNull();
            time.Advance(TimeSpan.FromMinutes(30));
        }

        shelf.Find(old).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_was_tried_too_often_rests_and_says_nothing_about_itself()
    {
        await portal.Emulator.Admin.AddUserAsync(new EmulatorUser("tried", "right"), CancellationToken.None);
        foreach (var name in new[] { "tried", "no-such-user" })
        {
            var browser = portal.Browser();
            for (var attempt = 0; attempt < LoginThrottle.MostFailures; attempt++) await browser.LogIn(name, "wrong");
            await browser.LogIn(name, "right");
            browser.Status.ShouldBe(HttpStatusCode.Unauthorized);
            browser.Text.ShouldContain("ログインできませんでした");
        }

        (await portal.LoggedIn("hospital-a")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_name_that_rested_may_try_again()
    {
        var time = new FakeTimeProvider();
        var throttle = new LoginThrottle(time);
        for (var attempt = 0; attempt < LoginThrottle.MostFailures; attempt++) throttle.Failed("name");
        throttle.Rests("name").ShouldBeTrue();
        throttle.Rests("other").ShouldBeFalse();
        time.Advance(LoginThrottle.Rest);
        throttle.Rests("name").ShouldBeFalse();
        throttle.Failed("name");
        throttle.Succeeded("name");
        throttle.Rests("name").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/k/\r\nSet-Cookie: a=b")]
    public async Task A_login_leads_nowhere_else(string to)
    {
        var browser = portal.Browser();
        await browser.Open("/login?to=" + Uri.EscapeDataString(to));
        await browser.Submit("/login", ("name", "hospital-a"), ("password", "hospital-a"), ("to", to));
        browser.Path.ShouldBe("/k/");
    }

    [Fact]
    public async Task A_page_under_a_name_that_is_not_ours_is_not_served()
    {
        var browser = portal.Browser();
        await browser.OpenOnly("/login", ("Host", "evil.example"));
        browser.Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
        browser.Html.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hidden_fields_are_not_in_the_page_and_cannot_be_written()
    {
        var id = await portal.Engagement("hospital-a", ("医療機関名", "あさひ病院"));
        Ok(await portal.As("coordinator").Put("record", new { app = portal.Engagements, id, record = Values(("事務局メモ", "内緒の話")) }));
        var hospital = await portal.LoggedIn("hospital-a");
        foreach (var page in new[] { "show", "edit" })
        {
            await hospital.Open($"/k/{portal.Engagements}/{page}?record={id}");
            foreach (var hidden in new[] { "内緒の話", "事務局メモ", "対応事項", "回線結果", "書込印", "分析担当", "自動処理用" }) hospital.Html.ShouldNotContain(hidden);
        }

        // Read-only: shown, but no input; and an input made up changes nothing.
        hospital.Html.ShouldContain("確認事項");
        hospital.Html.ShouldNotContain("name=\"f:確認事項\"");
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "save"), ("f:確認事項", "自分で書いた"), ("f:事務局メモ", "自分で書いた"), ("f:担当者名", "山田"));
        var record = await portal.Read(portal.Engagements, id);
        ((string?)record["確認事項"]!["value"]).ShouldBe("");
        ((string?)record["事務局メモ"]!["value"]).ShouldBe("内緒の話");
        ((string?)record["担当者名"]!["value"]).ShouldBe("山田");
    }

    [Fact]
    public async Task Another_hospitals_record_files_and_comments_are_out_of_reach()
    {
        var id = await portal.Engagement("hospital-b", ("医療機関名", "べにばな病院"));
        var key = await portal.As("robot").Upload("report.pdf", [1, 2, 3]);
        Ok(await portal.As("robot").Put("record", new { app = portal.Engagements, id, record = Values(("報告書", new[] { new { fileKey = key } })) }));
        var file = (string)(await portal.Read(portal.Engagements, id))["報告書"]!["value"]![0]!["fileKey"]!;
        var hospital = await portal.LoggedIn("hospital-a");
        foreach (var path in new[] { $"/k/{portal.Engagements}/show?record={id}", $"/k/{portal.Engagements}/edit?record={id}", "/k/file?key=" + file, $"/k/{portal.Findings}/", $"/k/{portal.Engagements}/edit" })
        {
            await hospital.Open(path);
            hospital.Status.ShouldBe(HttpStatusCode.Forbidden, path);
            hospital.Html.ShouldNotContain("べにばな病院");
        }

        await hospital.Open("/k/");
        var token = hospital.Value("token");
        foreach (var page in new[] { "comment", "action", "edit" })
        {
            await hospital.Post($"/k/{portal.Engagements}/{page}?record={id}", ("token", token), ("text", "x"), ("action", "提出"), ("revision", "2"), ("f:医療機関名", "x"), ("original", "{}"));
            hospital.Status.ShouldBe(HttpStatusCode.Forbidden, page);
        }
    }

    [Fact]
    public async Task An_upload_of_somebody_else_cannot_be_taken()
    {
        var key = await portal.As("coordinator").Upload("内緒のファイル.txt", [1]);
        var app = await portal.App(new { files = new { type = "FILE", code = "files", label = "files" } });
        await LayOut(app, "FILE", "files");
        var admin = await portal.LoggedIn("admin");
        await admin.Open($"/k/{app}/edit");
        await admin.Submit($"/k/{app}/edit", ("do", "save"), ("k:f:files", key));
        admin.Status.ShouldBe(HttpStatusCode.NotFound);
        admin.Html.ShouldNotContain("内緒のファイル");
        Ok(await portal.Admin.Query(app, "")).Body["records"]!.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_waits_stays_when_the_form_comes_back_and_is_saved_with_it()
    {
        var app = await portal.App(new
        {
            files = new { type = "FILE", code = "files", label = "files" },
            must = new { type = "NUMBER", code = "must", label = "must", required = true },
        });
        await LayOut(app, "FILE", "files", "NUMBER", "must");
        var admin = await portal.LoggedIn("admin");
        await admin.Open($"/k/{app}/edit");
        var values = PortalBrowser.Values(admin.Html).Where(static value => value.Name is "token" or "revision" or "original").DistinctBy(static value => value.Name).ToList();
        await admin.Post($"/k/{app}/edit", [.. values, ("do", "save"), ("f:must", "")], [("n:f:files", "..\\\\..\\\\etc\\\\報告.txt", "内容"u8.ToArray())]);
        admin.Status.ShouldBe(HttpStatusCode.BadRequest);
        admin.Text.ShouldContain("報告.txt");
        admin.Html.ShouldContain("id=\"f:must-fault\"");
        await admin.Submit($"/k/{app}/edit", ("do", "save"), ("f:must", "1"));
        admin.Text.ShouldContain("保存しました");
        var record = Ok(await portal.Admin.Query(app, "")).Body["records"]![0]!;
        ((string?)record["files"]!["value"]![0]!["name"]).ShouldBe("報告.txt");
        using var download = await portal.Admin.Download((string)record["files"]!["value"]![0]!["fileKey"]!);
        (await download.Content.ReadAsStringAsync()).ShouldBe("内容");
    }

    [Theory]
    [InlineData("..", "file")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.txt", "a.txt")]
    [InlineData("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf")]
    [InlineData("report\u202Efdp.exe", "reportfdp.exe")]
    [InlineData("\"; filename=\"evil.exe", "\"; filename=\"evil.exe")]
    [InlineData("診断報告書.pdf", "診断報告書.pdf")]
    public void A_files_name_is_only_a_name(string given, string kept)
    {
        FileNames.Tidy(given).ShouldBe(kept);
        var header = FileNames.Disposition(given);
        header.ShouldStartWith("attachment; filename=\"");
        header.Any(char.IsControl).ShouldBeFalse();
        header.Count(static letter => letter == '"').ShouldBe(2);
        System.Net.Http.Headers.ContentDispositionHeaderValue.Parse(header).FileNameStar.ShouldBe(kept);
    }

    [Fact]
    public void Any_name_makes_a_header_that_cannot_be_left() => CsCheck.Check.Sample(CsCheck.Gen.String, static name =>
    {
        var header = FileNames.Disposition(name);
        return header.All(static letter => letter is >= ' ' and <= '~') && header.Count(static letter => letter == '"') == 2 && !FileNames.Tidy(name).Contains('/', StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_form_that_is_too_large_before_the_login_is_not_read()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Emulator.Uri, "login"))
        {
            Content = new FormUrlEncodedContent([new KeyValuePair<string, string>("name", new string('x', 100_000))]),
        };
        request.Headers.ExpectContinue = true;
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private string CookieName => "portal_session_" + portal.Emulator.Uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Cookie(PortalBrowser browser) => browser.Cookies.GetCookies(portal.Emulator.Uri)[CookieName]!.Value;

    private async Task LayOut(long app, params string[] typesAndCodes)
    {
        var fields = typesAndCodes.Chunk(2).Select(static pair => new { type = pair[0], code = pair[1], size = new { width = "200" } });
        Ok(await portal.Admin.Put("preview/app/form/layout", new { app, layout = new[] { new { type = "ROW", fields } } }));
        await portal.Deploy(app);
    }
}
