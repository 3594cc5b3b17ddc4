using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone;

/// <summary>An emulator of its own for a test, with an administrator, two hospitals, a coordinator and the worker. Passwords are the login names.</summary>
public class KintoneFixture : IAsyncLifetime
{
    private readonly List<KintoneSession> _sessions = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 1, 2, 3, 456, TimeSpan.Zero));

    public KintoneEmulator Emulator { get; private set; } = null!;

    public KintoneSession Admin => As("admin");

    public async ValueTask InitializeAsync() => Emulator = await KintoneEmulator.StartAsync(
        new KintoneEmulatorOptions
        {
            Time = Time,
            DeploymentDuration = TimeSpan.Zero,
            Users =
            [
                new EmulatorUser("admin", "admin", "Administrators") { Administrator = true },
                new EmulatorUser("hospital-a", "hospital-a", "hospitals") { Name = "A" },
                new EmulatorUser("hospital-b", "hospital-b", "hospitals") { Name = "B" },
                new EmulatorUser("coordinator", "coordinator", "coordinators"),
                new EmulatorUser("worker", "worker", "workers"),
            ],
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions) session.Dispose();
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Requests as a user; null for nobody.</summary>
    public KintoneSession As(string? user, string? password = null)
    {
        var session = new KintoneSession(Emulator.Uri, user, password);
        _sessions.Add(session);
        return session;
    }

    /// <summary>A live app with fields.</summary>
    public async Task<long> App(object fields, string name = "app")
    {
        var app = (long)Ok(await Admin.Post("preview/app", new { name })).Body["app"]!;
        Ok(await Admin.Post("preview/app/form/fields", new { app, properties = fields }));
        await Deploy(app);
        return app;
    }

    public async Task Deploy(long app)
    {
        Ok(await Admin.Post("preview/app/deploy", new { apps = new[] { new { app } } }));
        var status = Ok(await Admin.Get("preview/app/deploy", $"apps[0]={app}"));
        ((string)status.Body["apps"]![0]!["status"]!).ShouldBe("SUCCESS");
    }

    /// <summary>Rights as in the product: staff see all, whoever the field <c>owner</c> names sees the record, but not staff's fields.</summary>
    public async Task LetStaffAndOwnersIn(long app)
    {
        Ok(await Admin.Put("app/acl", new { app, rights = new[] { AppRight("GROUP", "coordinators"), AppRight("GROUP", "workers"), AppRight("GROUP", "hospitals"), AppRight("GROUP", "everyone", all: false) } }));
        object Entry(string type, string code, bool edit) => new { entity = new { type, code }, viewable = true, editable = edit, deletable = false };
        Ok(await Admin.Put("record/acl", new
        {
            app,
            rights = new[] { new { filterCond = "", entities = new[] { Entry("GROUP", "coordinators", true), Entry("GROUP", "workers", true), Entry("FIELD_ENTITY", "owner", true) } } },
        }));
        object Field(string code, string hospitals) => new
        {
            code,
            entities = new[] { new { accessibility = "WRITE", entity = new { type = "GROUP", code = "coordinators" } }, new { accessibility = hospitals, entity = new { type = "GROUP", code = "everyone" } } },
        };
        Ok(await Admin.Put("field/acl", new { app, rights = new[] { Field("secret", "NONE"), Field("hidden", "NONE"), Field("secretFiles", "NONE"), Field("fixed", "READ") } }));
    }

    /// <summary>An entry of an app's rights: all of them about records, or none.</summary>
    public static object AppRight(string type, string code, bool all = true) => new
    {
        entity = new { type, code },
        recordViewable = all,
        recordAddable = all,
        recordEditable = all,
        recordDeletable = all,
        appEditable = false,
    };

    public static Answer Ok(Answer answer)
    {
        ((int)answer.Status).ShouldBe(200, answer.Body.ToString());
        return answer;
    }

    /// <summary>A record's values in the form a request has them.</summary>
    public static JObject Values(params (string Code, object? Value)[] values) =>
        new(values.Select(value => new JProperty(value.Code, new JObject { ["value"] = value.Value is null ? null : JToken.FromObject(value.Value) })));

    public async Task<long> AddRecord(long app, KintoneSession session, params (string Code, object? Value)[] values) =>
        (long)Ok(await session.Post("record", new { app, record = Values(values) })).Body["id"]!;
}
