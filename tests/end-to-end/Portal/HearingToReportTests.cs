using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>An engagement from the hearing to the received report, by clicking: hospital, coordinator, analyst and approver in a real browser, the vendor by mail.</summary>
[Trait("Category", "Slow")]
public sealed partial class HearingToReportTests
{
    private readonly VisitLog _log = new();

    [Fact]
    public async Task Four_roles_bring_an_engagement_from_the_hearing_to_the_report_by_clicking()
    {
        var token = TestContext.Current.CancellationToken;
        await using var stage = await PortalStage.OpenAsync(token);
        await using var chromium = await Chromium.StartAsync();
        await using var coordinator = await ComeAsync(chromium, stage, "coordinator");
        await using var hospital = await ComeAsync(chromium, stage, "h01");

        var record = await OpenRecordAsync(coordinator);
        await AnswerAsync(hospital, stage);
        await stage.UntilAsync(record, "分析中", token);

        await AssignAsync(coordinator, record);
        await stage.UntilAsync(record, "分析中", token);
        await using var analyst = await ComeAsync(chromium, stage, "analyst");
        await AnalyseAsync(analyst, stage, record);
        await stage.UntilAsync(record, "報告書確認中", token);

        await using var approver = await ComeAsync(chromium, stage, "approver");
        await ApproveAsync(approver, stage, record);
        await stage.UntilAsync(record, "報告済", token);

        await ReceiveAsync(hospital, stage, record);
        await stage.UntilAsync(record, "完了", token);
        await SeeTheEndAsync(coordinator, stage, record);
        await ReadMailAsync(coordinator);
        _log.Faults.ShouldBeEmpty();
    }

    private async Task<Visitor> ComeAsync(Chromium chromium, PortalStage stage, string name)
    {
        var visitor = await Visitor.ComeAsync(chromium.Browser, stage.Emulator.Uri, name, _log);
        await visitor.LogInAsync(PortalStage.Password);
        return visitor;
    }

    private static async Task<long> OpenRecordAsync(Visitor coordinator)
    {
        await coordinator.FollowAsync("案件");
        await coordinator.LookAsync("list-empty");
        await coordinator.FollowAsync("レコードを追加");
        await coordinator.TickAsync("f:医療機関ユーザー", "h01");
        await coordinator.FillAsync("f:医療機関名", "さくら総合病院");
        await coordinator.SaveAsync("form-new");
        return long.Parse(RecordNumber().Match(coordinator.Page.Url).Groups["number"].Value, CultureInfo.InvariantCulture);
    }

    private static async Task AnswerAsync(Visitor hospital, PortalStage stage)
    {
        var day = stage.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9));
        string At(int days, string time) => day.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + time;

        await hospital.FollowAsync("案件");
        await hospital.FollowAsync("さくら総合病院");
        await hospital.LookAsync("record-new");
        await hospital.FollowAsync("編集");
        foreach (var (input, value) in new[]
        {
            ("f:医療機関コード", "1310000011"), ("f:担当者名", "鈴木 和子"), ("f:担当者役職", "主任"), ("f:担当者メールアドレス", "jyoho@h01.example"), ("f:担当者電話番号", "03-0000-0001"),
        }) await hospital.FillAsync(input, value);
        await hospital.ChooseAsync("f:都道府県", "東京都");
        await hospital.ChooseAsync("f:静観対応", "依頼する");
        foreach (var table in new[] { "対象回線", "ベンダ", "ベンダ", "診断候補日時" }) await hospital.ClickAsync($"{table}に行を追加");

        foreach (var (column, value) in new[]
        {
            ("回線ID", "L1"), ("回線名", "本館インターネット回線"), ("グローバルIPアドレス", PortalStage.Address), ("機器種別", "UTM"), ("メーカー", "Fortinet"), ("型番", "FortiGate 60F"),
            ("同意者", "山本 太郎"), ("同意者役職", "院長"), ("同意日", At(-4, "")),
        }) await hospital.FillAsync($"t:対象回線:0:{column}", value);
        foreach (var (column, option) in new[]
        {
            ("グローバルIP利用", "あり"), ("通信形態", "インターネット"), ("接続方式", "PPPoE"), ("固定IP動的IP", "固定IP"), ("グローバルIPアドレス連携", "連携あり"), ("FQDN連携", "連携なし"),
            ("電子カルテ接続", "あり"), ("監視", "なし"), ("アカウント診断", "可"),
        }) await hospital.ChooseAsync($"t:対象回線:0:{column}", option);
        foreach (var (row, role) in new[] { (0, "保守"), (1, "回線") })
        {
            await hospital.FillAsync($"t:ベンダ:{row}:ベンダ回線ID", "L1");
            await hospital.ChooseAsync($"t:ベンダ:{row}:ベンダ役割", role);
            await hospital.FillAsync($"t:ベンダ:{row}:ベンダ名", "東都ネットワークス株式会社");
            await hospital.FillAsync($"t:ベンダ:{row}:ベンダ担当者", "佐藤");
            await hospital.FillAsync($"t:ベンダ:{row}:ベンダメールアドレス", PortalStage.VendorMail);
        }

        await hospital.FillAsync("t:診断候補日時:0:候補開始", At(17, "T22:00"));
        await hospital.FillAsync("t:診断候補日時:0:候補終了", At(18, "T05:00"));
        await hospital.SaveAsync("form-hearing");
        await hospital.Page.GetByLabel("コメントを書く").FillAsync("夜間の診断を希望します。\nよろしくお願いします。");
        await hospital.ClickAsync("書き込む");
        await hospital.SeesAsync("コメントを書き込みました。");
        await DeleteAsync(hospital, "書き間違えた文です。");
        await hospital.PressAsync("提出");
        await hospital.LookAsync("record-submitted");
    }

    /// <summary>A comment that should not have been written.</summary>
    private static async Task DeleteAsync(Visitor hospital, string text)
    {
        await hospital.Page.GetByLabel("コメントを書く").FillAsync(text);
        await hospital.ClickAsync("書き込む");
        await hospital.SeesAsync(text);
        await hospital.Page.Locator(".comments .delete summary").First.ClickAsync();
        await hospital.LookAsync("comment-delete");
        await hospital.ClickAsync("削除する");
        await hospital.SeesAsync("コメントを削除しました。");
        await Assertions.Expect(hospital.Page.Locator("main")).Not.ToContainTextAsync(text);
    }

    private static async Task AssignAsync(Visitor coordinator, long record)
    {
        await coordinator.Page.ReloadAsync();
        await coordinator.SeesAsync("分析中");
        await coordinator.LookAsync("record-analysis");
        await coordinator.Page.Locator(".assign summary").ClickAsync();
        await coordinator.LookAsync("assignees");
        await coordinator.Page.Locator(".assign summary").ClickAsync();
        await coordinator.FollowAsync("編集");
        await coordinator.TickAsync("f:分析担当", "analyst");
        await coordinator.TickAsync("f:承認者", "approver");
        await coordinator.SaveAsync("form-assign");
        await coordinator.Page.GotoAsync($"/k/");
        record.ShouldBe(1);
    }

    private static async Task AnalyseAsync(Visitor analyst, PortalStage stage, long record)
    {
        await analyst.FollowAsync("指摘事項");
        await analyst.Page.GetByLabel("一覧", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "未確認" });
        await analyst.ClickAsync("表示");
        await analyst.LookAsync("findings");
        var findings = await analyst.Page.Locator("a.open").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        findings.ShouldNotBeEmpty();
        foreach (var finding in findings)
        {
            await analyst.Page.GotoAsync(finding);
            await analyst.FollowAsync("編集");
            await analyst.ChooseAsync("f:判定", "確認済");
            await analyst.FillAsync("f:理由", "画面と応答の内容を確認しました。");
            await analyst.TickAsync("f:判定者", "analyst");
            await analyst.SaveAsync("form-finding");
        }

        await analyst.LookAsync("finding");
        await analyst.Page.GotoAsync($"/k/{stage.Apps.Engagement}/show#record={record}");
        await analyst.FollowAsync("編集");
        await analyst.FillAsync("f:総評", "不要な公開ポートがあります。緊急・重要の項目から順に対処してください。");
        await analyst.SaveAsync("form-summary");
        await analyst.PressAsync("分析完了");
    }

    private static async Task ApproveAsync(Visitor approver, PortalStage stage, long record)
    {
        await approver.Page.GotoAsync($"/k/{stage.Apps.Engagement}/show?record={record}");
        var draft = await DownloadAsync(approver, "報告書案");
        draft[..5].ShouldBe("%PDF-"u8.ToArray());
        await approver.PressAsync("承認");
        await approver.LookAsync("record-approved");
    }

    private static async Task ReceiveAsync(Visitor hospital, PortalStage stage, long record)
    {
        await hospital.Page.GotoAsync($"/k/{stage.Apps.Engagement}/show?record={record}");
        await hospital.LookAsync("record-reported");
        (await DownloadAsync(hospital, "報告書"))[..5].ShouldBe("%PDF-"u8.ToArray());
        await hospital.FollowAsync("編集");
        await hospital.FillAsync("f:受領確認", stage.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await hospital.SaveAsync("form-receipt");
        await hospital.ClickAsync("ログアウト");
        await hospital.SeesAsync("ログイン名");
    }

    private static async Task SeeTheEndAsync(Visitor coordinator, PortalStage stage, long record)
    {
        await coordinator.Page.GotoAsync($"/k/{stage.Apps.Engagement}/");
        await coordinator.LookAsync("list");
        await coordinator.FollowAsync("さくら総合病院");
        await coordinator.SeesAsync("完了");
        await coordinator.SeesAsync("夜間の診断を希望します。");
        foreach (var action in new[] { "提出", "分析完了", "承認", "発行完了", "受領確認" }) await Assertions.Expect(coordinator.Page.Locator(".history")).ToContainTextAsync(action);
        await coordinator.LookAsync("record-done");
    }

    private static async Task ReadMailAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync($"/mail/open?key={PortalStage.MailKey}");
        await visitor.LookAsync("mail-folders");
        await visitor.Page.GetByLabel("件名で探す").FillAsync("VD-000001");
        await visitor.ClickAsync("表示");
        await visitor.LookAsync("mail-engagement");
        await visitor.FollowAsync("jyoho@h01.example");
        await visitor.LookAsync("mail-folder");
        await visitor.Page.Locator("a.open").First.ClickAsync();
        await visitor.LookAsync("mail");
        var html = visitor.Page.FrameLocator("iframe");
        await Assertions.Expect(html.Locator("body")).Not.ToBeEmptyAsync();
    }

    private static async Task<byte[]> DownloadAsync(Visitor visitor, string field)
    {
        var link = visitor.Page.Locator("dl.field").Filter(new LocatorFilterOptions { Has = visitor.Page.Locator($"dt:text-is('{field}')") }).Locator("a[download]").Filter(new LocatorFilterOptions { HasText = ".pdf" });
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => link.First.ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    [GeneratedRegex(@"record=(?<number>\d+)")]
    private static partial Regex RecordNumber();
}
