using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>Hospital A and hospital B in one app, with staff's fields beside theirs: nothing of B may reach A by any call.</summary>
public sealed class RightsTests(RightsTests.Portal portal) : IClassFixture<RightsTests.Portal>
{
    [Fact]
    public async Task A_hospital_finds_its_own_records_only()
    {
        (await portal.A.Ids(portal.App, "")).ShouldBe([portal.RecordA]);
        (await portal.B.Ids(portal.App, "")).ShouldBe([portal.RecordB]);
        (await portal.Staff.Ids(portal.App, "order by $id asc")).ShouldBe([portal.RecordA, portal.RecordB]);
        ((string)Ok(await portal.A.Query(portal.App, "", "&totalCount=true")).Body["totalCount"]!).ShouldBe("1");
    }

    [Fact]
    public async Task Another_hospitals_record_is_refused_by_every_call()
    {
        var (app, id) = (portal.App, portal.RecordB);
        Refused(await portal.A.Get("record", $"app={app}&id={id}"));
        Refused(await portal.A.Put("record", new { app, id, record = Values(("title", "mine")) }));
        Refused(await portal.A.Put("records", new { app, records = new[] { new { id, record = Values(("title", "mine")) } } }));
        Refused(await portal.A.Delete("records", new { app, ids = new[] { id } }));
        Refused(await portal.A.Get("record/comments", $"app={app}&record={id}"));
        Refused(await portal.A.Post("record/comment", new { app, record = id, comment = new { text = "hello" } }));
        Refused(await portal.A.Put("record/status", new { app, id, action = "go" }));
        Refused(await portal.A.Put("record/assignees", new { app, id, assignees = Array.Empty<string>() }));
        Refused(await portal.A.Send(HttpMethod.Get, $"file.json?fileKey={portal.FileB}", null));
        (await portal.Staff.Ids(app, $"$id = {id} and title in (\"B\")")).ShouldBe([id]);
    }

    [Fact]
    public async Task A_cursor_shows_only_ones_own_records_and_to_oneself()
    {
        var own = Ok(await portal.A.Post("records/cursor", new { app = portal.App }));
        ((string)own.Body["totalCount"]!).ShouldBe("1");
        var staffs = (string)Ok(await portal.Staff.Post("records/cursor", new { app = portal.App })).Body["id"]!;
        (await portal.A.Get("records/cursor", "id=" + staffs)).Code.ShouldBe("GAIA_CN01");
        (await portal.A.Delete("records/cursor", new { id = staffs })).Code.ShouldBe("GAIA_CN01");
        Ok(await portal.Staff.Get("records/cursor", "id=" + staffs)).Body["records"]!.Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_hidden_field_is_not_shown_not_written_and_not_to_be_probed()
    {
        var (app, id) = (portal.App, portal.RecordA);
        var record = (JObject)Ok(await portal.A.Get("record", $"app={app}&id={id}")).Body["record"]!;
        record["secret"].ShouldBeNull();
        ((JObject)record["rows"]!["value"]![0]!["value"]!).Properties().Select(column => column.Name).ShouldBe(["open"]);
        ((JObject)Ok(await portal.A.Query(app, "", "&fields[0]=secret")).Body["records"]![0]!).Count.ShouldBe(0);
        (await portal.A.Ids(app, "secret = \"for staff\"")).ShouldBeEmpty();
        (await portal.A.Ids(app, "secret != \"for staff\"")).ShouldBeEmpty();
        (await portal.A.Ids(app, "hidden in (\"h\")")).ShouldBeEmpty();
        Refused(await portal.A.Put("record", new { app, id, record = Values(("secret", "mine")) }), "GAIA_FU01");
        Refused(await portal.A.Put("record", new { app, id, record = Values(("fixed", "mine")) }), "GAIA_FU01");
        ((string)Ok(await portal.Staff.Get("record", $"app={app}&id={id}")).Body["record"]!["secret"]!["value"]!).ShouldBe("for staff");
    }

    [Fact]
    public async Task A_table_written_by_one_who_does_not_see_a_column_keeps_that_column()
    {
        var (app, id) = (portal.App, portal.RecordA);
        var row = Ok(await portal.A.Get("record", $"app={app}&id={id}")).Body["record"]!["rows"]!["value"]![0]!;
        Ok(await portal.A.Put("record", new { app, id, record = Values(("rows", new[] { new { id = (string)row["id"]!, value = Values(("open", "changed")) } })) }));
        var after = Ok(await portal.Staff.Get("record", $"app={app}&id={id}")).Body["record"]!["rows"]!["value"]![0]!["value"]!;
        ((string)after["open"]!["value"]!).ShouldBe("changed");
        ((string)after["hidden"]!["value"]!).ShouldBe("h");
    }

    [Fact]
    public async Task Files_download_byte_for_byte_with_the_right_and_not_without()
    {
        using var own = await portal.B.Download(portal.FileB);
        (await own.Content.ReadAsByteArrayAsync()).ShouldBe(Encoding.UTF8.GetBytes("B's file"));
        Refused(await portal.B.Send(HttpMethod.Get, $"file.json?fileKey={portal.SecretFileB}", null));
    }

    [Fact]
    public async Task Rights_can_be_asked_for()
    {
        var rights = Ok(await portal.A.Get("records/acl/evaluate", $"app={portal.App}&ids[0]={portal.RecordA}&ids[1]={portal.RecordB}")).Body["rights"]!;
        ((bool)rights[0]!["record"]!["viewable"]!).ShouldBeTrue();
        ((bool)rights[0]!["record"]!["deletable"]!).ShouldBeFalse();
        ((bool)rights[0]!["fields"]!["secret"]!["viewable"]!).ShouldBeFalse();
        ((bool)rights[0]!["fields"]!["fixed"]!["editable"]!).ShouldBeFalse();
        ((bool)rights[1]!["record"]!["viewable"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task An_app_of_staff_does_not_exist_for_a_hospital()
    {
        var app = portal.StaffApp;
        Refused(await portal.A.Query(app, ""));
        Refused(await portal.A.Get("app", $"id={app}"));
        Refused(await portal.A.Get("app/form/fields", $"app={app}"));
        Refused(await portal.A.Post("record", new { app, record = Values(("name", "x")) }));
        Ok(await portal.A.Get("apps", "")).Body["apps"]!.Select(listed => (long)listed["appId"]!).ShouldBe([portal.App]);
    }

    [Fact]
    public async Task Settings_are_for_those_who_manage_the_app()
    {
        Refused(await portal.A.Get("preview/app/form/fields", $"app={portal.App}"));
        Refused(await portal.A.Put("app/acl", new { app = portal.App, rights = Array.Empty<object>() }));
        Refused(await portal.A.Post("preview/app", new { name = "x" }));
        Refused(await portal.A.Post("preview/app/deploy", new { apps = new[] { new { app = portal.App } } }));
        Ok(await portal.A.Get("app/form/fields", $"app={portal.App}"));
    }

    [Fact]
    public async Task Wrong_and_missing_credentials_have_kintones_codes()
    {
        (await portal.Kintone.As(null).Query(portal.App, "")).Code.ShouldBe("CB_AU01");
        (await portal.Kintone.As("hospital-a", "wrong").Query(portal.App, "")).Code.ShouldBe("CB_WA01");
        var token = portal.Kintone.As(null);
        token.Headers["X-Cybozu-API-Token"] = "unknown";
        (await token.Query(portal.App, "")).Code.ShouldBe("GAIA_IA02");
        var basic = portal.Kintone.As(null);
        basic.Headers["Authorization"] = "Basic eDp5";
        (await basic.Query(portal.App, "")).Code.ShouldBe("CB_AU01");
    }

    [Fact]
    public async Task A_token_has_its_own_rights_in_its_own_app()
    {
        var token = portal.Kintone.As(null);
        token.Headers["X-Cybozu-API-Token"] = await portal.Kintone.Emulator.Admin.AddTokenAsync(portal.App, ApiTokenRights.View, CancellationToken.None);
        (await token.Ids(portal.App, "")).Count.ShouldBe(2, "a token stands above the access lists");
        (await token.Post("record", new { app = portal.App, record = Values(("title", "x")) })).Code.ShouldBe("GAIA_NO01");
        (await token.Query(portal.StaffApp, "")).Code.ShouldBe("GAIA_IA02");
        (await token.Get("apps", "")).Code.ShouldBe("GAIA_NO01");
    }

    private static void Refused(Answer answer, string code = "CB_NO02")
    {
        answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body.ToString());
        answer.Code.ShouldBe(code);
        answer.Body.Properties().Select(property => property.Name).ShouldBe(["code", "id", "message"]);
    }

    /// <summary>An app for hospitals and one for staff.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        public KintoneFixture Kintone { get; } = new();

        public KintoneSession A { get; private set; } = null!;

        public KintoneSession B { get; private set; } = null!;

        public KintoneSession Staff { get; private set; } = null!;

        public long App { get; private set; }

        public long StaffApp { get; private set; }

        public long RecordA { get; private set; }

        public long RecordB { get; private set; }

        public string FileB { get; private set; } = "";

        public string SecretFileB { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await Kintone.InitializeAsync();
            (A, B, Staff) = (Kintone.As("hospital-a"), Kintone.As("hospital-b"), Kintone.As("coordinator"));
            App = await Kintone.App(new Dictionary<string, object>
            {
                ["title"] = new { type = "SINGLE_LINE_TEXT" },
                ["secret"] = new { type = "SINGLE_LINE_TEXT" },
                ["fixed"] = new { type = "SINGLE_LINE_TEXT" },
                ["owner"] = new { type = "USER_SELECT" },
                ["files"] = new { type = "FILE" },
                ["secretFiles"] = new { type = "FILE" },
                ["rows"] = new { type = "SUBTABLE", fields = new { open = new { type = "SINGLE_LINE_TEXT" }, hidden = new { type = "SINGLE_LINE_TEXT" } } },
            });
            await Kintone.LetStaffAndOwnersIn(App);
            (RecordA, _, _) = await Add(A, "hospital-a", "A");
            (RecordB, FileB, SecretFileB) = await Add(B, "hospital-b", "B");

            StaffApp = await Kintone.App(new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } });
            Ok(await Kintone.Admin.Put("app/acl", new { app = StaffApp, rights = new[] { KintoneFixture.AppRight("GROUP", "coordinators"), KintoneFixture.AppRight("GROUP", "everyone", all: false) } }));
        }

        public ValueTask DisposeAsync() => Kintone.DisposeAsync();

        private async Task<(long Id, string File, string Secret)> Add(KintoneSession hospital, string owner, string title)
        {
            var open = await hospital.Upload("report.txt", Encoding.UTF8.GetBytes(title + "'s file"));
            var secret = await Staff.Upload("draft.txt", Encoding.UTF8.GetBytes(title + "'s draft"));
            var id = await Kintone.AddRecord(App, Staff, ("title", title), ("secret", "for staff"), ("owner", new[] { new { code = owner } }), ("files", new[] { new { fileKey = open } }), ("secretFiles", new[] { new { fileKey = secret } }), ("rows", new[] { new { value = Values(("open", "o"), ("hidden", "h")) } }));
            var record = Ok(await Staff.Get("record", $"app={App}&id={id}")).Body["record"]!;
            return (id, (string)record["files"]!["value"]![0]!["fileKey"]!, (string)record["secretFiles"]!["value"]![0]!["fileKey"]!);
        }
    }
}
