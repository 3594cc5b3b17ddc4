using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Integration.Tests.Kintone;

/// <summary>kill -9 on the running emulator, while it is being written to: whatever was acknowledged is there afterwards, whole.</summary>
[Trait("Category", "Slow")]
public sealed class EmulatorKillTests : IDisposable
{
    private const int Writers = 4;
    private const int Rounds = 3;
    private const int WritesBeforeKill = 40;

    private readonly string _data = Directory.CreateTempSubdirectory("vulndiag-emulator-kill-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task No_acknowledged_write_is_lost_by_a_kill()
    {
        var acknowledged = new Dictionary<string, string>();
        var app = await InstallAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await using var emulator = await EmulatorProcess.StartAsync(_data, Ct);
            await WriteUntilKilledAsync(emulator, app, round, acknowledged);
        }

        await using var again = await EmulatorProcess.StartAsync(_data, Ct);
        using var http = Client(again);
        var kept = await RecordsAsync(http, app);
        foreach (var (id, name) in acknowledged) kept[id].ShouldBe(name);
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(Rounds * WritesBeforeKill);
        kept.Keys.Count.ShouldBeLessThanOrEqualTo(acknowledged.Count + (Rounds * Writers), "at most the writes under way at a kill may have arrived besides");
    }

    private async Task<string> InstallAsync()
    {
        await using var emulator = await EmulatorProcess.StartAsync(_data, Ct);
        using var http = Client(emulator);
        var app = (string)(await SendAsync(http, HttpMethod.Post, "preview/app", new JObject { ["name"] = "killed" }))["app"]!;
        var fields = new JObject { ["name"] = new JObject { ["type"] = "SINGLE_LINE_TEXT" } };
        await SendAsync(http, HttpMethod.Post, "preview/app/form/fields", new JObject { ["app"] = app, ["properties"] = fields });
        await SendAsync(http, HttpMethod.Post, "preview/app/deploy", new JObject { ["apps"] = new JArray(new JObject { ["app"] = app }) });
        await emulator.KillAsync();
        return app;
    }

    /// <summary>Several writers add records; once enough are acknowledged the process is killed under them.</summary>
    private static async Task WriteUntilKilledAsync(EmulatorProcess emulator, string app, int round, Dictionary<string, string> acknowledged)
    {
        var enough = new TaskCompletionSource();
        var writes = 0;
        var writers = Enumerable.Range(0, Writers).Select(async writer =>
        {
            using var http = Client(emulator);
            for (var number = 0; ; number++)
            {
                var name = $"{round}/{writer}/{number}";
                if (await AddAsync(http, app, name) is not { } id) return;
                lock (acknowledged) acknowledged[id] = name;
                if (Interlocked.Increment(ref writes) == WritesBeforeKill) enough.SetResult();
            }
        }).ToList();
        await enough.Task.WaitAsync(Ct);
        await emulator.KillAsync();
        await Task.WhenAll(writers);
    }

    /// <summary>The new record's id, or null when the connection broke instead of an answer.</summary>
    private static async Task<string?> AddAsync(HttpClient http, string app, string name)
    {
        try
        {
            var values = new JObject { ["name"] = new JObject { ["value"] = name } };
            return (string?)(await SendAsync(http, HttpMethod.Post, "record", new JObject { ["app"] = app, ["record"] = values }))["id"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<Dictionary<string, string>> RecordsAsync(HttpClient http, string app)
    {
        var all = new Dictionary<string, string>();
        while (true)
        {
            var last = all.Keys.Select(long.Parse).DefaultIfEmpty(0).Max();
            var query = Uri.EscapeDataString($"$id > {last} order by $id asc limit 500");
            var page = JObject.Parse(await http.GetStringAsync($"records.json?app={app}&query={query}", Ct))["records"]!;
            if (!page.HasValues) return all;
            foreach (var record in page) all.Add((string)record["$id"]!["value"]!, (string)record["name"]!["value"]!);
        }
    }

    private static async Task<JObject> SendAsync(HttpClient http, HttpMethod method, string path, JObject body)
    {
        using var request = new HttpRequestMessage(method, path + ".json") { Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json") };
        using var response = await http.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JObject.Parse(text);
    }

    private static HttpClient Client(EmulatorProcess emulator)
    {
        var http = new HttpClient { BaseAddress = new Uri(emulator.Url + "/k/v1/") };
        http.DefaultRequestHeaders.Add("X-Cybozu-Authorization", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:admin")));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return http;
    }
}
