using System.Net;
using System.Threading.Channels;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>What is told to whoever listens, and what is not. Expectations: kintone help, "Webhookの通知内容", and ../shared/kintone/RULES.md.</summary>
public sealed class WebhookTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    private static readonly object Fields = new Dictionary<string, object> { ["title"] = new { type = "SINGLE_LINE_TEXT" } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adding_changing_and_commenting_one_record_is_told_and_batches_are_not()
    {
        var app = await kintone.App(Fields, "watched");
        await using var listener = new Listener();
        await kintone.Emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.All, Cancel);

        Ok(await kintone.Admin.Post("records", new { app, records = new[] { Values(("title", "batch")) } }));
        var id = await kintone.AddRecord(app, kintone.Admin, ("title", "one"));
        Ok(await kintone.Admin.Put("records", new { app, records = new[] { new { id, record = Values(("title", "batch")) } } }));
        Ok(await kintone.Admin.Post("bulkRequest", new { requests = new[] { new { method = "PUT", api = "/k/v1/record.json", payload = new { app, id, record = Values(("title", "bulk")) } } } }));
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("title", "two")) }));
        (await kintone.Admin.Put("record", new { app, id, revision = 1, record = Values(("title", "stale")) })).Status.ShouldBe(HttpStatusCode.Conflict);
        Ok(await kintone.Admin.Post("record/comment", new { app, record = id, comment = new { text = "three" } }));

        var added = await listener.NextAsync();
        ((string?)added["type"], (string?)added["app"]!["id"], (string?)added["app"]!["name"]).ShouldBe(("ADD_RECORD", $"{app}", "watched"));
        ((string?)added["record"]!["title"]!["value"]).ShouldBe("one");
        ((string?)added["record"]!["$id"]!["value"]).ShouldBe($"{id}");
        ((string?)added["url"]).ShouldBe($"{kintone.Emulator.Uri}k/{app}/show#record={id}");
        var changed = await listener.NextAsync();
        ((string?)changed["type"], (string?)changed["record"]!["title"]!["value"]).ShouldBe(("UPDATE_RECORD", "two"));
        ((string?)changed["id"]).ShouldNotBe((string?)added["id"]);
        var commented = await listener.NextAsync();
        ((string?)commented["type"], (string?)commented["recordId"], ((string?)commented["comment"]!["text"])?.Trim()).ShouldBe(("ADD_RECORD_COMMENT", $"{id}", "three"));
        listener.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_status_is_told_where_it_was_asked_for_and_nothing_after_the_webhook_is_gone()
    {
        var app = await kintone.App(Fields);
        Ok(await kintone.Admin.Put("preview/app/status", new
        {
            app,
            enable = true,
            states = new Dictionary<string, object> { ["new"] = new { name = "new", index = 0, assignee = new { type = "ONE", entities = Array.Empty<object>() } }, ["old"] = new { name = "old", index = 1, assignee = new { type = "ONE", entities = Array.Empty<object>() } } },
            actions = new[] { new { name = "age", from = "new", to = "old", filterCond = "" }, new { name = "back", from = "old", to = "new", filterCond = "" } },
        }));
        await kintone.Deploy(app);
        await using var listener = new Listener();
        await kintone.Emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.Status, Cancel);
        var id = await kintone.AddRecord(app, kintone.Admin, ("title", "x"));
        Ok(await kintone.Admin.Put("record/status", new { app, id, action = "age" }));
        var moved = await listener.NextAsync();
        ((string?)moved["type"], (string?)moved["record"]!["ステータス"]!["value"]).ShouldBe(("UPDATE_STATUS", "old"));

        await kintone.Emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.None, Cancel);
        Ok(await kintone.Admin.Put("record/status", new { app, id, action = "back" }));
        await kintone.Emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.Edit, Cancel);
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("title", "y")) }));
        ((string?)(await listener.NextAsync())["type"]).ShouldBe("UPDATE_RECORD");
        listener.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Sixty_a_minute_are_sent_and_the_rest_is_dropped()
    {
        var clock = new JumpClock();
        await using var emulator = await KintoneEmulator.StartAsync(new KintoneEmulatorOptions { Time = clock, Users = [new EmulatorUser("admin", "admin") { Administrator = true }] }, Cancel);
        using var admin = new KintoneSession(emulator.Uri, "admin", "admin");
        var app = (long)Ok(await admin.Post("preview/app", new { name = "busy" })).Body["app"]!;
        Ok(await admin.Post("preview/app/deploy", new { apps = new[] { new { app } } }));
        while ((string?)Ok(await admin.Get("preview/app/deploy", $"apps[0]={app}")).Body["apps"]![0]!["status"] != "SUCCESS") await Task.Yield();
        await using var listener = new Listener();
        await emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.Add, Cancel);
        for (var number = 0; number < 65; number++) Ok(await admin.Post("record", new { app, record = new { } }));
        clock.Advance(TimeSpan.FromMinutes(1));
        Ok(await admin.Post("record", new { app, record = new { } }));

        var ids = new List<string?>();
        for (var number = 0; number < 61; number++) ids.Add((string?)(await listener.NextAsync())["record"]!["$id"]!["value"]);
        ids.ShouldBe([.. Enumerable.Range(1, 60).Select(static id => $"{id}"), "66"]);
    }

    [Theory]
    [InlineData("https://localhost/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://user@example.com/localhost")]
    [InlineData("ftp://localhost/")]
    [InlineData("x")]
    public async Task Nothing_is_sent_to_another_machine(string url)
    {
        var app = await kintone.App(Fields);
        await Should.ThrowAsync<ArgumentException>(() => kintone.Emulator.Admin.SetWebhookAsync(app, url, WebhookEvents.All, Cancel));
    }

    [Fact]
    public async Task A_webhook_to_where_nobody_listens_holds_up_nothing()
    {
        var app = await kintone.App(Fields);
        await kintone.Emulator.Admin.SetWebhookAsync(app, "http://127.0.0.1:9/", WebhookEvents.All, Cancel);
        await using var listener = new Listener();
        await kintone.Emulator.Admin.SetWebhookAsync(app, listener.Url, WebhookEvents.Add, Cancel);
        var id = await kintone.AddRecord(app, kintone.Admin, ("title", "heard"));
        ((string?)(await listener.NextAsync())["record"]!["$id"]!["value"]).ShouldBe($"{id}");
    }

    /// <summary>Takes what is posted to it, in its order.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly HttpListener _http = new();
        private readonly Channel<JObject> _heard = Channel.CreateUnbounded<JObject>();
        private readonly Task _listening;

        internal Listener()
        {
            Url = $"http://localhost:{LoopbackPort.Free()}/hook/";
            _http.Prefixes.Add(Url);
            _http.Start();
            _listening = Task.Run(ListenAsync);
        }

        internal string Url { get; }

        internal int Waiting => _heard.Reader.Count;

        internal async Task<JObject> NextAsync() => await _heard.Reader.ReadAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            _http.Stop();
            await _listening;
            _http.Close();
        }

        private async Task ListenAsync()
        {
            while (_http.IsListening)
            {
                try
                {
                    var context = await _http.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, System.Text.Encoding.UTF8);
                    await _heard.Writer.WriteAsync(JObject.Parse(await reader.ReadToEndAsync()));
                    context.Response.Close();
                }
                catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
