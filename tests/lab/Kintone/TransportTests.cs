using System.Net;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Faults;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

public sealed class TransportTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    private static readonly object Fields = new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public async Task It_answers_by_v4_by_v6_and_by_name(string host)
    {
        using var session = new KintoneSession(new UriBuilder(kintone.Emulator.Uri) { Host = host }.Uri, "admin");
        Ok(await session.Get("apps", ""));
    }

    [Fact]
    public async Task A_get_takes_a_body_and_a_post_may_stand_for_it()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "x"));
        Ok(await kintone.Admin.Send(HttpMethod.Get, "record.json", new { app, id }));
        var session = kintone.As("admin");
        session.Headers["X-HTTP-Method-Override"] = "GET";
        Ok(await session.Post("record", new { app, id })).Body["record"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_get_that_announces_json_and_sends_none_is_refused() =>
        (await kintone.Admin.Send(HttpMethod.Get, "apps.json", "")).Code.ShouldBe("CB_IL02");

    [Fact]
    public async Task Broken_json_has_its_own_code()
    {
        (await kintone.Admin.Send(HttpMethod.Post, "record.json", "{\"app\":")).Code.ShouldBe("CB_IJ01");
        (await kintone.Admin.Send(HttpMethod.Post, "record.json", "[1]")).Code.ShouldBe("CB_IJ01");
    }

    [Fact]
    public async Task A_missing_parameter_is_named_in_the_language_asked_for()
    {
        (await kintone.Admin.Get("record", "id=1")).Errors("app").ShouldBe(["必須です。"]);
        var english = kintone.As("admin");
        english.Headers["Accept-Language"] = "en-US,en;q=0.9";
        var answer = await english.Get("record", "id=1");
        answer.Errors("app").ShouldBe(["Required field."]);
        ((string)answer.Body["message"]!).ShouldBe("Missing or invalid input.");
        ((string)answer.Body["id"]!).ShouldNotBe((string)(await english.Get("record", "id=1")).Body["id"]!);
    }

    [Fact]
    public async Task Every_answer_tells_the_limit_of_concurrent_requests()
    {
        var answer = await kintone.Admin.Get("apps", "");
        answer.Message.Headers.GetValues("X-ConcurrencyLimit-Limit").ShouldBe(["100"]);
        answer.Message.Headers.GetValues("X-ConcurrencyLimit-Running").Single().ShouldNotBe("0");
    }

    [Fact]
    public async Task A_guest_spaces_app_is_reached_by_its_own_path_only()
    {
        var made = Ok(await kintone.Admin.Send(HttpMethod.Post, "/k/guest/3/v1/preview/app.json", new { name = "guest" }));
        var app = (long)made.Body["app"]!;
        Ok(await kintone.Admin.Send(HttpMethod.Get, $"/k/guest/3/v1/preview/app/settings.json?app={app}", null));
        (await kintone.Admin.Get("preview/app/settings", $"app={app}")).Code.ShouldBe("GAIA_IL23");
        (await kintone.Admin.Send(HttpMethod.Get, $"/k/guest/4/v1/preview/app/settings.json?app={app}", null)).Code.ShouldBe("CB_NO02");
    }

    [Fact]
    public async Task An_unknown_path_is_not_found() =>
        (await kintone.Admin.Send(HttpMethod.Get, "nothing.json", null)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Requests_are_counted_per_app()
    {
        var app = await kintone.App(Fields);
        var before = kintone.Emulator.Requests.Total(app);
        await kintone.Admin.Ids(app, "");
        await kintone.AddRecord(app, kintone.Admin, ("name", "x"));
        kintone.Emulator.Requests.Total(app).ShouldBe(before + 2);
        kintone.Emulator.Requests.OnDay(app, new DateOnly(2026, 11, 24)).ShouldBe(before + 2);
    }

    [Fact]
    public async Task The_counts_are_shown_to_an_administrator_only()
    {
        var app = await kintone.App(Fields);
        await kintone.Admin.Ids(app, "");
        using var plain = new HttpClient { BaseAddress = kintone.Emulator.Uri };
        async Task<HttpResponseMessage> Ask(string user)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "lab/requests.json");
            request.Headers.Add("X-Cybozu-Authorization", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{user}")));
            return await plain.SendAsync(request);
        }

        using var shown = await Ask("admin");
        var counts = JObject.Parse(await shown.Content.ReadAsStringAsync())["requests"]!;
        counts.Single(count => (long)count["app"]! == app && (string)count["request"]! == "GET records.json")["count"]!.ToString().ShouldBe("1");
        using var refused = await Ask("hospital-a");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Faults_come_as_ordered_and_then_go()
    {
        await using var own = new KintoneFixture();
        await own.InitializeAsync();
        var app = await own.App(Fields);
        own.Emulator.Faults.Add(new Fault(FaultKind.TooManyRequests, Times: 2, PathContains: "record.json"));
        own.Emulator.Faults.Add(new Fault(FaultKind.DatabaseLocked, Method: "POST"));
        (await own.Admin.Post("record", new { app })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await own.Admin.Post("record", new { app })).Code.ShouldBe("GAIA_TO04");
        (await own.Admin.Post("record", new { app })).Code.ShouldBe("GAIA_DA02");
        (await own.Admin.Ids(app, "")).ShouldBeEmpty();
        Ok(await own.Admin.Post("record", new { app, record = Values() }));

        own.Emulator.Faults.Add(new Fault(FaultKind.Maintenance));
        using var plain = new HttpClient { BaseAddress = own.Emulator.Uri };
        using var down = await plain.GetAsync("k/v1/apps.json");
        down.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        down.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task A_cut_before_does_nothing_and_a_cut_after_has_done_it()
    {
        await using var own = new KintoneFixture();
        await own.InitializeAsync();
        var app = await own.App(Fields);
        own.Emulator.Faults.Add(new Fault(FaultKind.CutBefore));
        await Should.ThrowAsync<HttpRequestException>(own.Admin.Post("record", new { app, record = Values() }));
        (await own.Admin.Ids(app, "")).ShouldBeEmpty();
        own.Emulator.Faults.Add(new Fault(FaultKind.CutAfter));
        await Should.ThrowAsync<HttpRequestException>(own.Admin.Post("record", new { app, record = Values() }));
        (await own.Admin.Ids(app, "")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Comments_come_newest_first_with_mentions_before_the_text()
    {
        var app = await kintone.App(Fields);
        var record = await kintone.AddRecord(app, kintone.Admin, ("name", "x"));
        for (var number = 1; number <= 12; number++)
            Ok(await kintone.Admin.Post("record/comment", new { app, record, comment = new { text = $"no {number}", mentions = number == 12 ? new[] { new { code = "hospital-a", type = "USER" } } : [] } }));
        var newest = Ok(await kintone.Admin.Get("record/comments", $"app={app}&record={record}"));
        newest.Body["comments"]!.Count().ShouldBe(10);
        ((string)newest.Body["comments"]![0]!["text"]!).ShouldBe("A \nno 12 ");
        ((bool)newest.Body["older"]!).ShouldBeTrue();
        ((bool)newest.Body["newer"]!).ShouldBeFalse();
        var oldest = Ok(await kintone.Admin.Get("record/comments", $"app={app}&record={record}&order=asc&offset=10"));
        oldest.Body["comments"]!.Select(comment => (string)comment["id"]!).ShouldBe(["11", "12"]);
        (await kintone.As("hospital-b").Delete("record/comment", new { app, record, comment = 1 })).Code.ShouldBe("CB_NO02");
        Ok(await kintone.Admin.Delete("record/comment", new { app, record, comment = 1 }));
        (await kintone.Admin.Delete("record/comment", new { app, record, comment = 1 })).Code.ShouldBe("GAIA_RE02");
        (await kintone.Admin.Get("record/comments", $"app={app}&record={record}&limit=11")).Errors("limit").ShouldNotBeEmpty();
        ((string)((JObject)Ok(await kintone.Admin.Get("record", $"app={app}&id={record}")).Body["record"]!)["$revision"]!["value"]!).ShouldBe("1", "comments change no revision");
    }
}
