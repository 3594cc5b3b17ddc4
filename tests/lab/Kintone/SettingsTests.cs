using System.Net;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

public sealed class SettingsTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    private static readonly object Fields = new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT", label = "Name" } };

    [Fact]
    public async Task Nothing_is_live_before_deployment_and_one_counter_covers_all_settings()
    {
        var made = Ok(await kintone.Admin.Post("preview/app", new { name = "new" }));
        var (app, revision) = ((long)made.Body["app"]!, (int)made.Body["revision"]!);
        (await kintone.Admin.Get("app/form/fields", $"app={app}")).Code.ShouldBe("GAIA_AP01");
        (await kintone.Admin.Query(app, "")).Code.ShouldBe("GAIA_AP01");
        ((int)Ok(await kintone.Admin.Post("preview/app/form/fields", new { app, properties = Fields, revision })).Body["revision"]!).ShouldBe(revision + 1);
        (await kintone.Admin.Put("preview/app/views", new { app, views = new { }, revision })).Code.ShouldBe("GAIA_CO03");
        ((int)Ok(await kintone.Admin.Put("preview/app/settings", new { app, name = "renamed", revision = revision + 1 })).Body["revision"]!).ShouldBe(revision + 2);
        await kintone.Deploy(app);
        ((int)Ok(await kintone.Admin.Get("app/settings", $"app={app}")).Body["revision"]!).ShouldBe(revision + 2);
        ((string)Ok(await kintone.Admin.Get("app", $"id={app}")).Body["name"]!).ShouldBe("renamed");
    }

    [Fact]
    public async Task Fields_come_back_whole_with_the_defaults_of_their_type()
    {
        var app = await kintone.App(Fields);
        var field = Ok(await kintone.Admin.Get("app/form/fields", $"app={app}")).Body["properties"]!["name"]!;
        field.ToString(Newtonsoft.Json.Formatting.None).ShouldBe("""{"type":"SINGLE_LINE_TEXT","code":"name","label":"Name","noLabel":false,"required":false,"minLength":"","maxLength":"","expression":"","hideExpression":false,"unique":false,"defaultValue":""}""");
        var again = Ok(await kintone.Admin.Put("preview/app/form/fields", new { app, properties = new { name = field } }));
        again.Body["revision"].ShouldNotBeNull();
        JToken.DeepEquals(Ok(await kintone.Admin.Get("preview/app/form/fields", $"app={app}")).Body["properties"]!["name"], field).ShouldBeTrue();
        Ok(await kintone.Admin.Get("app/form/layout", $"app={app}")).Body["layout"]!.Last!["fields"]![0]!["code"]!.ToString().ShouldBe("name");
    }

    [Fact]
    public async Task A_renamed_field_keeps_its_values_and_a_deleted_one_loses_them()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "kept"));
        Ok(await kintone.Admin.Put("preview/app/form/fields", new { app, properties = new { name = new { type = "SINGLE_LINE_TEXT", code = "title" } } }));
        (await kintone.Admin.Ids(app, "name = \"kept\"")).ShouldBe([id], "the live form has the old code until deployment");
        await kintone.Deploy(app);
        (await kintone.Admin.Ids(app, "title = \"kept\"")).ShouldBe([id]);
        Ok(await kintone.Admin.Delete("preview/app/form/fields", new { app, fields = new[] { "title" } }));
        await kintone.Deploy(app);
        Ok(await kintone.Admin.Post("preview/app/form/fields", new { app, properties = new { title = new { type = "SINGLE_LINE_TEXT" } } }));
        await kintone.Deploy(app);
        ((string)Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["title"]!["value"]!).ShouldBe("");
    }

    [Fact]
    public async Task Faulty_fields_are_refused()
    {
        var app = await kintone.App(Fields);
        async Task<string?> Code(object properties) => (await kintone.Admin.Post("preview/app/form/fields", new { app, properties })).Code;
        (await Code(new { name = new { type = "SINGLE_LINE_TEXT" } })).ShouldBe("CB_VA01");
        (await Code(new Dictionary<string, object> { ["ステータス"] = new { type = "SINGLE_LINE_TEXT" } })).ShouldBe("CB_VA01");
        (await Code(new { other = new { type = "NOTHING" } })).ShouldBe("CB_VA01");
        (await kintone.Admin.Put("preview/app/form/fields", new { app, properties = new { missing = new { type = "NUMBER" } } })).Code.ShouldBe("GAIA_FC01");
        (await kintone.Admin.Put("preview/app/form/layout", new { app, layout = new[] { new { type = "ROW", fields = new[] { new { type = "NUMBER", code = "missing" } } } } })).Code.ShouldBe("GAIA_FC01");
        (await kintone.Admin.Put("preview/app/views", new { app, views = new { v = new { type = "LIST", index = 0, name = "v", fields = new[] { "name" }, filterCond = "missing = \"x\"" } } })).Code.ShouldBe("GAIA_IQ11");
    }

    [Fact]
    public async Task Settings_that_would_lock_everybody_out_are_not_deployed()
    {
        var app = await kintone.App(Fields);
        Ok(await kintone.Admin.Put("record/acl", new { app, rights = new[] { new { filterCond = "name = \"x\"", entities = Array.Empty<object>() } } }));
        Ok(await kintone.Admin.Delete("preview/app/form/fields", new { app, fields = new[] { "name" } }));
        (await kintone.Admin.Post("preview/app/deploy", new { apps = new[] { new { app } } })).Code.ShouldBe("GAIA_IQ11");
        Ok(await kintone.Admin.Query(app, ""));
    }

    [Fact]
    public async Task Revert_throws_drafts_away()
    {
        var app = await kintone.App(Fields);
        Ok(await kintone.Admin.Put("preview/app/settings", new { app, name = "draft" }));
        Ok(await kintone.Admin.Post("preview/app/deploy", new { apps = new[] { new { app } }, revert = true }));
        ((string)Ok(await kintone.Admin.Get("preview/app/settings", $"app={app}")).Body["name"]!).ShouldBe("app");
    }

    [Fact]
    public async Task Deployment_takes_its_time_and_settings_wait_for_it()
    {
        await using var slow = await KintoneEmulator.StartAsync(new KintoneEmulatorOptions { DeploymentDuration = TimeSpan.FromHours(1), Users = [new EmulatorUser("admin", "admin") { Administrator = true }] }, CancellationToken.None);
        using var admin = new KintoneSession(slow.Uri, "admin");
        var app = (long)Ok(await admin.Post("preview/app", new { name = "slow" })).Body["app"]!;
        Ok(await admin.Post("preview/app/deploy", new { apps = new[] { new { app } } }));
        ((string)Ok(await admin.Get("preview/app/deploy", $"apps={app}")).Body["apps"]![0]!["status"]!).ShouldBe("PROCESSING");
        (await admin.Put("preview/app/settings", new { app, name = "x" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.Query(app, "")).Code.ShouldBe("GAIA_AP01");
    }

    [Fact]
    public async Task A_customization_file_is_attached_and_read_by_who_manages_the_app()
    {
        var app = await kintone.App(Fields);
        var fileKey = await kintone.Admin.Upload("a.js", "1"u8.ToArray(), "text/javascript");
        Ok(await kintone.Admin.Put("preview/app/customize", new { app, scope = "ADMIN", desktop = new { js = new object[] { new { type = "URL", url = "https://example.com/x.js" }, new { type = "FILE", file = new { fileKey } } } } }));
        await kintone.Deploy(app);
        var live = Ok(await kintone.Admin.Get("app/customize", $"app={app}")).Body;
        ((string)live["scope"]!).ShouldBe("ADMIN");
        var file = live["desktop"]!["js"]![1]!["file"]!;
        ((string)file["name"]!).ShouldBe("a.js");
        using var download = await kintone.Admin.Download((string)file["fileKey"]!);
        (await download.Content.ReadAsStringAsync()).ShouldBe("1");
        using var refused = await kintone.As("hospital-a").Download((string)file["fileKey"]!);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Views_keep_their_ids_and_notifications_what_is_not_given()
    {
        var app = await kintone.App(Fields);
        object Views(string filterCond) => new { app, views = new { all = new { type = "LIST", index = 0, name = "all", fields = new[] { "name" }, filterCond, sort = "name asc" } } };
        var id = (string)Ok(await kintone.Admin.Put("preview/app/views", Views(""))).Body["views"]!["all"]!["id"]!;
        ((string)Ok(await kintone.Admin.Put("preview/app/views", Views("name like \"x\""))).Body["views"]!["all"]!["id"]!).ShouldBe(id);
        Ok(await kintone.Admin.Put("preview/app/notifications/general", new { app, notifications = Array.Empty<object>() }));
        var kept = Ok(await kintone.Admin.Get("preview/app/notifications/general", $"app={app}"));
        kept.Body["notifications"]!.Count().ShouldBe(0);
        ((bool)kept.Body["notifyToCommenter"]!).ShouldBeTrue();
    }
}
