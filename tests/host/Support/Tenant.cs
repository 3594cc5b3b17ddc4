using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Apps;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Lab;
using VulnDiag.Lab.Kintone;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>An emulated tenant with our apps and users, on a clock that jumps. People act through kintone's REST API.</summary>
internal sealed class Tenant : IAsyncDisposable
{
    internal const string Password = "secret";
    private readonly List<KintoneClient> _clients = [];

    private Tenant(KintoneEmulator emulator, JumpClock clock) => (Emulator, Clock) = (emulator, clock);

    internal KintoneEmulator Emulator { get; }

    internal JumpClock Clock { get; }

    internal KintoneAppIds Apps { get; private set; } = new(0, 0, 0, 0, 0);

    internal static async Task<Tenant> StartAsync(CancellationToken cancellationToken)
    {
        var clock = new JumpClock();
        clock.JumpTo(new DateTimeOffset(2027, 2, 2, 10, 0, 0, TimeSpan.FromHours(9)));
        var emulator = await KintoneEmulator.StartAsync(
            new KintoneEmulatorOptions
            {
                Time = clock,
                Users =
                [
                    new EmulatorUser("admin", Password) { Administrator = true },
                    new EmulatorUser("worker", Password, "worker"),
                    new EmulatorUser("coordinator", Password, "coordinators"),
                    new EmulatorUser("deputy", Password, "worker", "coordinators"),
                    new EmulatorUser("onlooker", Password, "worker"),
                    new EmulatorUser("analyst", Password, "analysts"),
                    new EmulatorUser("approver", Password, "approvers"),
                    new EmulatorUser("hospital", Password, "hospitals"),
                ],
            },
            cancellationToken);
        var tenant = new Tenant(emulator, clock);
        var apps = new AppsAsCode(tenant.As("admin"), new AppsOptions { Tenant = emulator.Uri.ToString() });
        var applied = await apps.ApplyAsync(cancellationToken);
        applied.Succeeded.ShouldBeTrue(string.Join('\n', applied.Lines));
        tenant.Apps = await apps.IdsAsync(cancellationToken);
        return tenant;
    }

    internal KintoneClient As(string login)
    {
        var client = new KintoneClient(new KintoneOptions { BaseUrl = Emulator.Uri.ToString(), Login = login, Password = Password }, TimeProvider.System);
        _clients.Add(client);
        return client;
    }

    /// <summary>A coordinator makes the record and the hospital answers and submits it.</summary>
    internal async Task<long> SubmitAsync(JObject hearing, CancellationToken cancellationToken)
    {
        var users = new JObject { ["医療機関ユーザー"] = Hearings.Value(new JArray(new JObject { ["code"] = "hospital" })) };
        var record = await As("coordinator").Records.AddAsync(Apps.Engagement, users, cancellationToken);
        var revision = await As("hospital").Records.UpdateAsync(Apps.Engagement, record.Id, record.Revision, hearing, cancellationToken);
        await As("hospital").Statuses.MoveAsync(Apps.Engagement, record.Id, revision, "提出", cancellationToken);
        return record.Id;
    }

    /// <summary>Somebody presses a button, having written fields first where given.</summary>
    internal async Task PressAsync(string login, long record, string action, CancellationToken cancellationToken, JObject? fields = null)
    {
        var client = As(login);
        var revision = await RevisionAsync(record, cancellationToken);
        if (fields is not null) revision = await client.Records.UpdateAsync(Apps.Engagement, record, revision, fields, cancellationToken);
        await client.Statuses.MoveAsync(Apps.Engagement, record, revision, action, cancellationToken);
    }

    /// <summary>An administrator makes a text field of a live app shorter, by hand and unasked.</summary>
    internal async Task ShortenFieldAsync(long app, string code, int most, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Emulator.Uri };
        http.DefaultRequestHeaders.Add("X-Cybozu-Authorization", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{Password}")));
        var properties = new JObject { [code] = new JObject { ["type"] = "SINGLE_LINE_TEXT", ["maxLength"] = $"{most}" } };
        await SendAsync(HttpMethod.Put, "k/v1/preview/app/form/fields.json", new JObject { ["app"] = app, ["properties"] = properties });
        await SendAsync(HttpMethod.Post, "k/v1/preview/app/deploy.json", new JObject { ["apps"] = new JArray(new JObject { ["app"] = app }) });
        while (!(await http.GetStringAsync($"k/v1/preview/app/deploy.json?apps[0]={app}", cancellationToken)).Contains("SUCCESS", StringComparison.Ordinal)) Clock.Advance(TimeSpan.FromSeconds(1));

        async Task SendAsync(HttpMethod method, string path, JObject content)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(content.ToString(), System.Text.Encoding.UTF8, "application/json") };
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    internal async Task WriteAsync(string login, long record, JObject fields, CancellationToken cancellationToken) =>
        await As(login).Records.UpdateAsync(Apps.Engagement, record, await RevisionAsync(record, cancellationToken), fields, cancellationToken);

    internal async Task<JObject> ReadAsync(long record, CancellationToken cancellationToken, string login = "onlooker") =>
        (await As(login).Records.GetAsync(Apps.Engagement, record, cancellationToken))!;

    internal async Task<string> StateAsync(long record, CancellationToken cancellationToken) =>
        (string)(await ReadAsync(record, cancellationToken))["ステータス"]!["value"]!;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await Emulator.DisposeAsync();
    }

    private async Task<long> RevisionAsync(long record, CancellationToken cancellationToken) =>
        long.Parse((string)(await ReadAsync(record, cancellationToken))["$revision"]!["value"]!, System.Globalization.CultureInfo.InvariantCulture);
}
