using System.Net;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

public sealed class ProcessTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    [Fact]
    public async Task A_record_moves_by_its_buttons_and_each_counts_two_revisions()
    {
        var app = await App();
        var id = await kintone.AddRecord(app, kintone.As("hospital-a"), ("name", "x"));
        (await Status(app, id)).ShouldBe(("open", ""));
        ((string)Ok(await Press("hospital-a", app, id, "submit", revision: 1)).Body["revision"]!).ShouldBe("3");
        (await Status(app, id)).ShouldBe(("received", "coordinator,worker"));
        ((string)Ok(await Press("worker", app, id, "review")).Body["revision"]!).ShouldBe("5");
    }

    [Fact]
    public async Task What_is_not_possible_from_here_is_refused()
    {
        var app = await App();
        var id = await kintone.AddRecord(app, kintone.As("hospital-a"), ("name", "x"));
        (await Press("hospital-a", app, id, "review")).Code.ShouldBe("GAIA_IL03");
        (await Press("hospital-a", app, id, "nothing")).Code.ShouldBe("GAIA_IL03");
        (await Press("hospital-a", app, id, "submit", revision: 7)).Code.ShouldBe("GAIA_CO02");
        Ok(await Press("hospital-a", app, id, "submit"));
        var refused = await Press("hospital-a", app, id, "review");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Code.ShouldBe("GAIA_NT01");
        (await Press("worker", app, id, "blocked")).Code.ShouldBe("GAIA_IL03", "its condition is not met");
    }

    [Fact]
    public async Task A_status_for_one_asks_who_and_takes_only_a_candidate()
    {
        var app = await App();
        var id = await kintone.AddRecord(app, kintone.As("hospital-a"), ("name", "x"));
        Ok(await Press("hospital-a", app, id, "submit"));
        (await Press("worker", app, id, "give")).Code.ShouldBe("GAIA_SA01");
        (await Press("worker", app, id, "give", assignee: "hospital-b")).Code.ShouldBe("CB_VA01");
        Ok(await Press("worker", app, id, "give", assignee: "worker"));
        (await Status(app, id)).ShouldBe(("single", "worker"));
        Ok(await kintone.As("worker").Put("record/assignees", new { app, id, assignees = new[] { "coordinator" } })).Body["revision"]!.ToString().ShouldBe("6");
        (await Status(app, id)).ShouldBe(("single", "coordinator"));
    }

    [Fact]
    public async Task A_status_for_all_moves_when_the_last_has_acted()
    {
        var app = await App();
        var id = await kintone.AddRecord(app, kintone.As("hospital-a"), ("name", "x"));
        Ok(await Press("hospital-a", app, id, "submit"));
        Ok(await Press("worker", app, id, "review"));
        (await Status(app, id)).ShouldBe(("everybody", "coordinator,worker"));
        Ok(await Press("worker", app, id, "done"));
        (await Status(app, id)).ShouldBe(("everybody", "coordinator"));
        (await Press("worker", app, id, "done")).Code.ShouldBe("GAIA_NT01");
        Ok(await Press("coordinator", app, id, "done"));
        (await Status(app, id)).ShouldBe(("open", ""));
    }

    [Fact]
    public async Task Many_records_move_together_or_not_at_all()
    {
        var app = await App();
        var first = await kintone.AddRecord(app, kintone.Admin, ("name", "x"));
        var second = await kintone.AddRecord(app, kintone.Admin, ("name", "y"));
        (await kintone.Admin.Put("records/status", new { app, records = new[] { new { id = first, action = "submit" }, new { id = second, action = "review" } } })).Code.ShouldBe("GAIA_IL03");
        (await Status(app, first)).State.ShouldBe("open");
        Ok(await kintone.Admin.Put("records/status", new { app, records = new[] { new { id = first, action = "submit" }, new { id = second, action = "submit" } } })).Body["records"]!.Count().ShouldBe(2);
        (await kintone.Admin.Ids(app, "ステータス in (\"received\")")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_process_management_a_record_has_no_status_and_no_button()
    {
        var app = await kintone.App(new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } });
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "x"));
        (await Press("admin", app, id, "submit")).Code.ShouldBe("GAIA_ST02");
        Ok(await kintone.Admin.Get("app/status", $"app={app}")).Body["states"]!.Type.ShouldBe(JTokenType.Null);
        ((bool)Ok(await kintone.Admin.Get("app/form/fields", $"app={app}")).Body["properties"]!["ステータス"]!["enabled"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_status_is_for_one_and_a_status_without_assignee_means_the_creator()
    {
        var app = await kintone.App(new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } });
        (await kintone.Admin.Put("preview/app/status", new { app, enable = true, states = new { first = new { name = "first", index = 0, assignee = new { type = "ANY", entities = Array.Empty<object>() } } } })).Code.ShouldBe("CB_VA01");
        Ok(await kintone.Admin.Put("preview/app/status", new { app, enable = true, states = new { first = new { name = "first", index = 0 } } }));
        await kintone.Deploy(app);
        var id = await kintone.AddRecord(app, kintone.As("hospital-a"), ("name", "x"));
        (await Status(app, id)).ShouldBe(("first", "hospital-a"));
    }

    [Fact]
    public async Task Records_follow_a_renamed_status_and_one_made_before_process_management_gets_the_first()
    {
        var app = await kintone.App(new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } });
        var early = await kintone.AddRecord(app, kintone.Admin, ("name", "early"));
        object None() => new { type = "ONE", entities = Array.Empty<object>() };
        var actions = new[] { new { name = "go", from = "first", to = "second" } };
        Ok(await kintone.Admin.Put("preview/app/status", new { app, enable = true, states = new { first = new { name = "first", index = 0, assignee = None() }, second = new { name = "second", index = 1, assignee = None() } }, actions }));
        await kintone.Deploy(app);
        (await kintone.Admin.Ids(app, "ステータス = \"first\"")).ShouldBe([early]);
        Ok(await Press("admin", app, early, "go"));
        foreach (var (from, to) in new[] { ("second", "middle"), ("middle", "last") })
            Ok(await kintone.Admin.Put("preview/app/status", new { app, states = new Dictionary<string, object> { ["first"] = new { name = "first", index = 0, assignee = None() }, [from] = new { name = to, index = 1, assignee = None() } }, actions = Array.Empty<object>() }));
        await kintone.Deploy(app);
        (await Status(app, early)).State.ShouldBe("last");
    }

    private async Task<long> App()
    {
        var app = await kintone.App(new Dictionary<string, object> { ["name"] = new { type = "SINGLE_LINE_TEXT" } });
        object Assignee(string type, params string[] groups) => new { type, entities = groups.Select(code => new { entity = new { type = "GROUP", code } }) };
        object Action(string name, string from, string to, string filterCond = "") => new { name, from, to, filterCond };
        Ok(await kintone.Admin.Put("preview/app/status", new
        {
            app,
            enable = true,
            states = new
            {
                open = new { name = "open", index = 0, assignee = Assignee("ONE") },
                received = new { name = "received", index = 1, assignee = Assignee("ANY", "coordinators", "workers") },
                everybody = new { name = "everybody", index = 2, assignee = Assignee("ALL", "coordinators", "workers") },
                single = new { name = "single", index = 3, assignee = Assignee("ONE", "coordinators", "workers") },
            },
            actions = new[]
            {
                Action("submit", "open", "received"), Action("review", "received", "everybody"), Action("give", "received", "single"),
                Action("blocked", "received", "open", "name = \"never\""), Action("done", "everybody", "open"), Action("back", "single", "open"),
            },
        }));
        await kintone.Deploy(app);
        return app;
    }

    private Task<Answer> Press(string user, long app, long id, string action, string? assignee = null, int? revision = null) =>
        kintone.As(user).Put("record/status", new { app, id, action, assignee = assignee ?? "", revision = revision ?? -1 });

    private async Task<(string State, string Assignees)> Status(long app, long id)
    {
        var record = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!;
        var assignees = record["作業者"]!["value"]!.Select(user => (string)user["code"]!);
        return ((string)record["ステータス"]!["value"]!, string.Join(',', assignees));
    }
}
