using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Hearing;
using VulnDiag.Kintone.Apps;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Lab.Kintone;

namespace VulnDiag.Kintone.Support;

/// <summary>An emulated tenant with our users; <see cref="InstalledAsync"/> also installs our apps.</summary>
public sealed class Tenant : IAsyncDisposable
{
    public static readonly string[] People = ["worker", "coordinator", "analyst", "approver", "hospital-a", "hospital-b", "stranger"];

    private readonly List<KintoneClient> clients = [];

    private Tenant(KintoneEmulator emulator) => Emulator = emulator;

    public KintoneEmulator Emulator { get; }

    public KintoneAppIds Apps { get; private set; } = new(0, 0, 0, 0, 0);

    public static async Task<Tenant> EmptyAsync(CancellationToken cancellationToken, TimeProvider? time = null) => new(await KintoneEmulator.StartAsync(
        new KintoneEmulatorOptions
        {
            Time = time ?? TimeProvider.System,
            Users =
            [
                new EmulatorUser("admin", "secret") { Administrator = true },
                new EmulatorUser("worker", "secret", "worker"),
                new EmulatorUser("coordinator", "secret", "coordinators"),
                new EmulatorUser("analyst", "secret", "analysts"),
                new EmulatorUser("approver", "secret", "approvers"),
                new EmulatorUser("hospital-a", "secret", "hospitals"),
                new EmulatorUser("hospital-b", "secret", "hospitals"),
                new EmulatorUser("stranger", "secret"),
            ],
        },
        cancellationToken));

    public static async Task<Tenant> InstalledAsync(CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var tenant = await EmptyAsync(cancellationToken, time);
        var apps = tenant.AppsAsCode();
        var result = await apps.ApplyAsync(cancellationToken);
        result.Succeeded.ShouldBeTrue(string.Join('\n', result.Lines));
        tenant.Apps = await apps.IdsAsync(cancellationToken);
        return tenant;
    }

    internal KintoneClient As(string login, TimeProvider? time = null, Func<HttpMessageHandler, HttpMessageHandler>? handler = null, int retries = 0)
    {
        var client = new KintoneClient(
            new KintoneOptions { BaseUrl = Emulator.Uri.ToString(), Login = login, Password = "secret", Retries = retries, Timeout = TimeSpan.FromSeconds(20) },
            time ?? TimeProvider.System,
            handler);
        clients.Add(client);
        return client;
    }

    internal AppsAsCode AppsAsCode(IReadOnlyList<AppDefinition>? definitions = null, AppsOptions? options = null) =>
        new(As("admin"), options ?? new AppsOptions { Tenant = Emulator.Uri.ToString() }, definitions ?? AppDefinition.Embedded());

    internal EngagementStore Engagements(KintoneClient? client = null) => new(client ?? As("worker"), Apps, "worker", static _ => new HearingRecord());

    /// <summary>A new engagement of hospital A, made by the coordinator.</summary>
    internal async Task<RecordVersion> NewEngagementAsync(JObject? record = null, string hospital = "hospital-a")
    {
        var whole = new JObject(record ?? []) { ["医療機関ユーザー"] = Value(new JArray(new JObject { ["code"] = hospital })) };
        return await As("coordinator").Records.AddAsync(Apps.Engagement, whole, CancellationToken.None);
    }

    public static JObject Value(JToken value) => new() { ["value"] = value };

    public static JObject Rows(params JObject[] rows) => Value(new JArray(rows.Select(static row => Value(row))));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await Emulator.DisposeAsync();
    }
}

/// <summary>One installed tenant for a class of tests; each test makes its own records.</summary>
public sealed class InstalledTenant : IAsyncLifetime
{
    public Tenant Tenant { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Tenant = await Tenant.InstalledAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Tenant.DisposeAsync();
}
