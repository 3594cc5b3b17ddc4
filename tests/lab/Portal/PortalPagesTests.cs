using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Portal;

/// <summary>What people do in the portal, and that it is what the REST API would have done.</summary>
public sealed class PortalPagesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Each_role_sees_the_apps_that_it_may_see()
    {
        (await portal.LoggedIn("hospital-a")).Text.ShouldNotContain("指摘事項");
        var coordinator = await portal.LoggedIn("coordinator");
        foreach (var app in new[] { "案件", "指摘事項", "通信記録", "除外リスト", "ベンダ台帳" }) coordinator.Text.ShouldContain(app);
    }

    [Fact]
    public async Task A_list_shows_the_hospital_its_own_records_only_and_no_hidden_column()
    {
        await portal.Engagement("hospital-a", ("医療機関名", "あさひ病院"));
        await portal.Engagement("hospital-b", ("医療機関名", "べにばな病院"));
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/?view=all");
        hospital.Text.ShouldContain("あさひ病院");
        hospital.Html.ShouldNotContain("べにばな病院");
        hospital.Html.ShouldNotContain("対応事項");
    }

    [Fact]
    public async Task A_list_seeks_sorts_and_turns_pages()
    {
        var coordinator = await portal.LoggedIn("coordinator");
        for (var number = 0; number < 23; number++) await portal.AddRecord(portal.Vendors, portal.As("coordinator"), ("ベンダ名", $"回線会社{number:D2}"), ("メールアドレス", $"v{number}@example.jp"));
        // Other tests of this class leave vendors too, none of which has a name.
        var all = (string)Ok(await portal.As("coordinator").Get("records", $"app={portal.Vendors}&totalCount=true")).Body["totalCount"]!;
        await coordinator.Open($"/k/{portal.Vendors}/?sort={Uri.EscapeDataString("ベンダ名")}");
        coordinator.Text.ShouldContain($"1 - 20（{all}件中）");
        coordinator.Html.IndexOf("回線会社00", StringComparison.Ordinal).ShouldBeLessThan(coordinator.Html.IndexOf("回線会社01", StringComparison.Ordinal));
        await coordinator.Open($"/k/{portal.Vendors}/?sort={Uri.EscapeDataString("ベンダ名")}&dir=desc&page=2");
        coordinator.Text.ShouldContain($"21 - {all}（{all}件中）");
        coordinator.Text.ShouldContain("回線会社00");
        await coordinator.Open($"/k/{portal.Vendors}/?q={Uri.EscapeDataString("回線会社07")}");
        coordinator.Text.ShouldContain("1 - 1（1件中）");
    }

    [Fact]
    public async Task What_is_typed_is_saved_as_the_API_keeps_it()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/edit?record={id}");
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "add:対象回線"));
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "add:診断候補日時"), ("t:対象回線:0:回線ID", "L1"), ("f:医療機関名", "ひのき病院"));
        hospital.Value("t:対象回線:0:回線ID").ShouldBe("L1");
        hospital.Value("f:医療機関名").ShouldBe("ひのき病院");
        await hospital.Submit(
            $"/k/{portal.Engagements}/edit",
            ("do", "save"),
            ("f:都道府県", "東京都"),
            ("t:対象回線:0:固定IP動的IP", "固定IP"),
            ("t:対象回線:0:自院管理", "自院で管理"),
            ("t:対象回線:0:同意日", "2026-11-20"),
            ("t:診断候補日時:0:候補開始", "2026-12-01T22:00"));
        hospital.Text.ShouldContain("保存しました");
        var record = await portal.Read(portal.Engagements, id);
        ((string?)record["都道府県"]!["value"]).ShouldBe("東京都");
        var line = record["対象回線"]!["value"]![0]!["value"]!;
        ((string?)line["固定IP動的IP"]!["value"]).ShouldBe("固定IP");
        line["自院管理"]!["value"]!.Select(static value => (string?)value).ShouldBe(["自院で管理"]);
        ((string?)line["同意日"]!["value"]).ShouldBe("2026-11-20");
        ((string?)record["診断候補日時"]!["value"]![0]!["value"]!["候補開始"]!["value"]).ShouldBe("2026-12-01T13:00:00Z");
        hospital.Text.ShouldContain("2026-12-01 22:00");
    }

    [Fact]
    public async Task Only_what_was_changed_is_written()
    {
        var id = await portal.Engagement("hospital-a", ("医療機関名", "かえで病院"));
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/edit?record={id}");
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "save"), ("f:担当者名", "山田"));
        var record = await portal.Read(portal.Engagements, id);
        ((string?)record["担当者名"]!["value"]).ShouldBe("山田");
        ((string?)record["医療機関名"]!["value"]).ShouldBe("かえで病院");
    }

    [Fact]
    public async Task Somebody_else_was_faster_and_nothing_typed_is_lost()
    {
        var id = await portal.Engagement("hospital-a", ("担当者名", "前"), ("担当者役職", "前"), ("担当者電話番号", "前"));
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/edit?record={id}");
        var form = PortalBrowser.Values(hospital.Html).ToList();
        Ok(await portal.As("coordinator").Put("record", new { app = portal.Engagements, id, record = Values(("担当者名", "事務局が書いた"), ("担当者役職", "事務局も書いた")) }));
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "save"), ("f:担当者名", "病院が書いた"), ("f:担当者電話番号", "03-0000-0000"));
        hospital.Status.ShouldBe(HttpStatusCode.Conflict);
        hospital.Text.ShouldContain("ほかの人が先に更新しました");
        hospital.Text.ShouldContain("事務局が書いた");
        hospital.Value("f:担当者名").ShouldBe("病院が書いた");
        hospital.Value("f:担当者役職").ShouldBe("事務局も書いた");
        hospital.Value("f:担当者電話番号").ShouldBe("03-0000-0000");
        form.ShouldNotBeEmpty();
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "save"));
        var record = await portal.Read(portal.Engagements, id);
        ((string?)record["担当者名"]!["value"]).ShouldBe("病院が書いた");
        ((string?)record["担当者役職"]!["value"]).ShouldBe("事務局も書いた");
    }

    [Fact]
    public async Task A_form_that_comes_after_the_status_moved_shows_what_was_typed()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/edit?record={id}");
        Ok(await portal.As("coordinator").Put("record/status", new { app = portal.Engagements, id, action = "提出" }));
        await hospital.Submit($"/k/{portal.Engagements}/edit", ("do", "save"), ("f:担当者名", "まだ書いている"));
        hospital.Status.ShouldBe(HttpStatusCode.Conflict);
        hospital.Text.ShouldContain("まだ書いている");
    }

    [Fact]
    public async Task A_fault_stands_beside_its_field()
    {
        await portal.AddRecord(portal.Vendors, portal.As("coordinator"), ("メールアドレス", "twice@example.jp"));
        var coordinator = await portal.LoggedIn("coordinator");
        await coordinator.Open($"/k/{portal.Vendors}/edit");
        await coordinator.Submit($"/k/{portal.Vendors}/edit", ("do", "save"), ("f:メールアドレス", "twice@example.jp"), ("f:ベンダ名", "残る名前"));
        coordinator.Html.ShouldContain("id=\"f:メールアドレス-fault\"");
        coordinator.Html.ShouldContain("aria-describedby=\"f:メールアドレス-fault\"");
        coordinator.Text.ShouldContain("値がほかのレコードと重複しています");
        coordinator.Value("f:ベンダ名").ShouldBe("残る名前");
    }

    [Fact]
    public async Task A_button_is_pressed_and_the_history_says_so()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/show?record={id}");
        hospital.Text.ShouldContain("「提出」を実行します");
        await hospital.Submit($"/k/{portal.Engagements}/action");
        hospital.Text.ShouldContain("「提出」を実行しました");
        ((string?)(await portal.Read(portal.Engagements, id))["ステータス"]!["value"]).ShouldBe("ヒアリング受付");
        hospital.Text.ShouldContain("ステータスの履歴");
        hospital.Html.ShouldNotContain($"/k/{portal.Engagements}/edit?record={id}");
    }

    [Fact]
    public async Task A_button_pressed_on_an_old_page_does_nothing_and_says_why()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/show?record={id}");
        Ok(await portal.As("coordinator").Put("record", new { app = portal.Engagements, id, record = Values(("担当者名", "別の人")) }));
        await hospital.Submit($"/k/{portal.Engagements}/action");
        hospital.Status.ShouldBe(HttpStatusCode.Conflict);
        hospital.Text.ShouldContain("ほかの人が先に更新した");
        ((string?)(await portal.Read(portal.Engagements, id))["ステータス"]!["value"]).ShouldBe("回答待ち");
    }

    [Fact]
    public async Task A_comment_reaches_whom_it_names()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/show?record={id}");
        hospital.Html.ShouldNotContain("hospital-b");
        await hospital.Submit($"/k/{portal.Engagements}/comment", ("text", "確認をお願いします"), ("mention", "coordinator"));
        hospital.Text.ShouldContain("確認をお願いします");
        var comments = Ok(await portal.As("coordinator").Get("record/comments", $"app={portal.Engagements}&record={id}")).Body["comments"]!;
        ((string?)comments[0]!["mentions"]![0]!["code"]).ShouldBe("coordinator");
    }

    [Fact]
    public async Task A_comment_is_deleted_by_its_writer_and_by_no_other()
    {
        var id = await portal.Engagement("hospital-a");
        var (show, delete) = ($"/k/{portal.Engagements}/show?record={id}", $"/k/{portal.Engagements}/comment/delete");
        Ok(await portal.As("hospital-a").Post("record/comment", new { app = portal.Engagements, record = id, comment = new { text = "取り消す文" } }));
        var coordinator = await portal.LoggedIn("coordinator");
        await coordinator.Open(show);
        coordinator.Html.ShouldNotContain(delete);
        await coordinator.Post($"{delete}?record={id}", ("token", coordinator.Value("token")), ("comment", "1"));
        coordinator.Status.ShouldBe(HttpStatusCode.Forbidden);

        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open(show);
        hospital.Text.ShouldContain("このコメントを削除します");
        await hospital.Submit(delete);
        hospital.Text.ShouldContain("コメントを削除しました");
        hospital.Text.ShouldNotContain("取り消す文");
        Ok(await portal.As("coordinator").Get("record/comments", $"app={portal.Engagements}&record={id}")).Body["comments"]!.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_assignee_hands_the_record_on_to_others_who_may_view_it()
    {
        var id = await portal.Engagement("hospital-a");
        var show = $"/k/{portal.Engagements}/show?record={id}";
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open(show);
        hospital.Text.ShouldNotContain("作業者を変更", customMessage: "nobody is assigned, so nobody hands it on");
        await hospital.Submit($"/k/{portal.Engagements}/action");

        Ok(await portal.As("robot").Put("record/assignees", new { app = portal.Engagements, id, assignees = new[] { "coordinator" } }));
        await hospital.Open(show);
        hospital.Html.ShouldNotContain($"/k/{portal.Engagements}/assign");
        await hospital.Post($"/k/{portal.Engagements}/assign?record={id}", ("token", hospital.Value("token")), ("assignee", "hospital-a"), ("revision", (string)(await portal.Read(portal.Engagements, id))["$revision"]!["value"]!));
        hospital.Status.ShouldBe(HttpStatusCode.Forbidden);

        var coordinator = await portal.LoggedIn("coordinator");
        await coordinator.Open(show);
        coordinator.Text.ShouldContain("作業者を変更");
        coordinator.Html.ShouldNotContain("value=\"hospital-b\"");
        await coordinator.Submit($"/k/{portal.Engagements}/assign", ("assignee", "robot"));
        coordinator.Text.ShouldContain("作業者を変更しました");
        var assigned = (await portal.Read(portal.Engagements, id))["作業者"]!["value"]!.Select(static user => (string)user["code"]!);
        assigned.ShouldContain("robot");
    }

    [Fact]
    public async Task Files_go_up_and_down_byte_for_byte_under_their_names()
    {
        var content = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        var id = await portal.Engagement("hospital-a");
        var key = await portal.As("robot").Upload("診断報告書 第1版.pdf", content);
        Ok(await portal.As("robot").Put("record", new { app = portal.Engagements, id, record = Values(("報告書", new[] { new { fileKey = key } })) }));
        var hospital = await portal.LoggedIn("hospital-a");
        await hospital.Open($"/k/{portal.Engagements}/show?record={id}");
        var file = (await portal.Read(portal.Engagements, id))["報告書"]!["value"]![0]!;
        await hospital.Open("/k/file?key=" + (string)file["fileKey"]!);
        (await hospital.Answer.Content.ReadAsByteArrayAsync()).ShouldBe(content);
        hospital.Answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        var disposition = hospital.Answer.Content.Headers.ContentDisposition!;
        disposition.DispositionType.ShouldBe("attachment");
        disposition.FileNameStar.ShouldBe("診断報告書 第1版.pdf");
    }
}
