using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Apps;

/// <summary>Who sees and writes what, asked through the API as each role.</summary>
public sealed class RightsTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    /// <summary>All that a hospital may see of its record, beside kintone's own fields.</summary>
    private static readonly string[] HospitalSees =
    [
        "医療機関ユーザー", "医療機関名", "医療機関コード", "都道府県", "担当者名", "担当者役職", "担当者メールアドレス", "担当者電話番号", "静観対応",
        "対象回線", "ベンダ", "診断候補日時", "回避時間帯", "当日IP確認", "確認事項", "期限", "確定日程", "報告書", "受領確認",
    ];

    private static readonly string[] KintonesOwn = ["$id", "$revision", "レコード番号", "作成者", "作成日時", "更新者", "更新日時", "ステータス", "作業者"];

    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hospital_sees_of_its_record_exactly_what_is_meant_for_it()
    {
        var record = await tenant.NewEngagementAsync();
        var seen = (await tenant.As("hospital-a").Records.GetAsync(tenant.Apps.Engagement, record.Id, Ct))!;
        seen.Properties().Select(static field => field.Name).ShouldBe([.. KintonesOwn, .. HospitalSees], ignoreOrder: true);
    }

    [Fact]
    public async Task A_hospital_sees_its_own_records_only()
    {
        var (ours, theirs) = (await tenant.NewEngagementAsync(), await tenant.NewEngagementAsync(hospital: "hospital-b"));
        var seen = await tenant.As("hospital-a").Records.AllAsync(tenant.Apps.Engagement, KintoneQuery.All, ["$id"], Ct).Select(static record => record.RecordId()).ToListAsync(Ct);
        seen.ShouldContain(ours.Id);
        seen.ShouldNotContain(theirs.Id);
        await RefusedAsync(() => tenant.As("hospital-a").Records.GetAsync(tenant.Apps.Engagement, theirs.Id, Ct));
        await RefusedAsync(() => tenant.As("hospital-a").Comments.ListAsync(tenant.Apps.Engagement, theirs.Id, Ct));
        await RefusedAsync(() => tenant.As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, theirs.Id, theirs.Revision, "提出", Ct));
        (await tenant.As("hospital-a").Records.CountAsync(tenant.Apps.Engagement, KintoneQuery.All.In("医療機関ユーザー", "hospital-b"), Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_hospital_cannot_make_itself_the_hospital_of_another_record_nor_hand_its_own_on()
    {
        var record = await tenant.NewEngagementAsync();
        await RefusedAsync(() => tenant.As("hospital-a").Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, new JObject { ["医療機関ユーザー"] = Tenant.Value(new JArray(new JObject { ["code"] = "hospital-b" })) }, Ct));
        await RefusedAsync(() => tenant.As("hospital-a").Records.AddAsync(tenant.Apps.Engagement, [], Ct));
        await RefusedAsync(() => tenant.As("hospital-a").Records.DeleteAsync(tenant.Apps.Engagement, [record], Ct));
    }

    [Theory]
    [InlineData("確認事項")]
    [InlineData("確定日程")]
    [InlineData("報告書")]
    [InlineData("期限")]
    [InlineData("回線結果")]
    [InlineData("回答締切ユーザー")]
    [InlineData("分析担当")]
    public async Task A_hospital_cannot_write_what_is_not_its_own(string field)
    {
        var record = await tenant.NewEngagementAsync();
        JToken empty = field is "確定日程" or "報告書" or "回線結果" or "回答締切ユーザー" or "分析担当" ? new JArray() : "";
        await RefusedAsync(() => tenant.As("hospital-a").Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, new JObject { [field] = Tenant.Value(empty) }, Ct));
    }

    [Theory]
    [InlineData("hospital-a")]
    [InlineData("stranger")]
    public async Task Whoever_is_not_staff_has_no_access_to_the_staffs_apps(string login)
    {
        foreach (var app in new[] { tenant.Apps.Finding, tenant.Apps.Communication, tenant.Apps.Exclusion, tenant.Apps.Vendor })
        {
            await RefusedAsync(() => tenant.As(login).Records.QueryAsync(app, KintoneQuery.All, [], Ct));
            await RefusedAsync(() => tenant.As(login).Records.AddAsync(app, [], Ct));
        }
    }

    [Fact]
    public async Task A_stranger_sees_no_engagement() => await RefusedAsync(() => tenant.As("stranger").Records.QueryAsync(tenant.Apps.Engagement, KintoneQuery.All, [], Ct));

    [Fact]
    public async Task The_worker_cannot_write_what_a_hospital_writes()
    {
        var record = await tenant.NewEngagementAsync();
        foreach (var field in new[] { "対象回線", "ベンダ", "診断候補日時", "回避時間帯", "当日IP確認" })
            await RefusedAsync(() => tenant.As("worker").Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, new JObject { [field] = Tenant.Rows() }, Ct));
        await RefusedAsync(() => tenant.As("worker").Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, new JObject { ["医療機関名"] = Tenant.Value("x") }, Ct));
    }

    [Fact]
    public async Task Only_coordinators_name_the_analyst_and_the_approver()
    {
        var record = await tenant.NewEngagementAsync();
        var analyst = new JObject { ["分析担当"] = Tenant.Value(new JArray(new JObject { ["code"] = "analyst" })) };
        foreach (var login in new[] { "worker", "analyst", "approver" })
            await RefusedAsync(() => tenant.As(login).Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, analyst, Ct));
        await tenant.As("coordinator").Records.UpdateAsync(tenant.Apps.Engagement, record.Id, record.Revision, analyst, Ct);
    }

    [Fact]
    public async Task A_draft_report_cannot_be_downloaded_by_its_hospital_and_the_issued_one_can()
    {
        var store = tenant.Engagements();
        var record = await tenant.NewEngagementAsync();
        var stored = (await store.LoadAsync(new EngagementId(record.Id), Ct))!;
        var (draft, report) = (await UploadAsync("案.pdf"), await UploadAsync("報告書.pdf"));
        stored = ((Stores.Saved)await store.SaveAsync(stored, stored.Engagement.Facts with { DraftFiles = [draft], ReportFiles = [report] }, null, Ct)).Stored;
        await RefusedAsync(() => tenant.As("hospital-a").Files.DownloadAsync(stored.Engagement.Facts.DraftFiles[0].FileKey, new MemoryStream(), Ct));
        await RefusedAsync(() => tenant.As("hospital-b").Files.DownloadAsync(stored.Engagement.Facts.ReportFiles[0].FileKey, new MemoryStream(), Ct));
        await tenant.As("hospital-a").Files.DownloadAsync(stored.Engagement.Facts.ReportFiles[0].FileKey, new MemoryStream(), Ct);

        async Task<Domain.Facts.AttachedFile> UploadAsync(string name) => await store.UploadAsync(name, static () => new MemoryStream([1]), 1, Ct);
    }

    [Theory]
    [InlineData("事務局メモ like \"secret\"")]
    [InlineData("中断・中止理由 = \"secret\"")]
    [InlineData("結果回線ID in (\"secret\")")]
    [InlineData("分析担当 in (\"analyst\")")]
    [InlineData("元案件 = \"77\"")]
    public async Task A_hospital_cannot_feel_for_the_staffs_fields_by_asking(string condition)
    {
        await tenant.NewEngagementAsync(new JObject
        {
            ["事務局メモ"] = Tenant.Value("secret"),
            ["中断・中止理由"] = Tenant.Value("secret"),
            ["回線結果"] = Tenant.Rows(new JObject { ["結果回線ID"] = Tenant.Value("secret") }),
            ["分析担当"] = Tenant.Value(new JArray(new JObject { ["code"] = "analyst" })),
            ["元案件"] = Tenant.Value("77"),
        });
        (await AskAsync("coordinator", condition)).ShouldBePositive();
        (await AskAsync("hospital-a", condition)).ShouldBe(0);
    }

    private async Task<int> AskAsync(string login, string condition)
    {
        using var connection = new KintoneConnection(new KintoneOptions { BaseUrl = tenant.Emulator.Uri.ToString(), Login = login, Password = "secret", Retries = 0 }, TimeProvider.System);
        try
        {
            var answer = await connection.SendAsync(KintoneCall.Read("records.json", new JObject { ["app"] = tenant.Apps.Engagement, ["query"] = condition }), Ct);
            return answer.Required<JArray>("records").Count;
        }
        catch (KintoneException refused) when (refused is { Transient: false, Status: not null })
        {
            return 0;
        }
    }

    [Fact]
    public async Task After_submission_the_worker_moves_the_record_and_neither_hospital_nor_analyst_can()
    {
        foreach (var row in EngagementLifecycle.Transitions.Where(static row => row.From == EngagementState.HearingReceived && row.By == Mover.Worker))
        {
            var record = await tenant.NewEngagementAsync();
            var revision = await tenant.As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, record.Revision, "提出", Ct);
            foreach (var login in new[] { "hospital-a", "hospital-b", "analyst", "approver", "stranger" })
                await RefusedAsync(() => tenant.As(login).Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, revision, row.ActionJa, Ct));
            await tenant.As("worker").Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, revision, row.ActionJa, Ct);
        }
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = await Should.ThrowAsync<KintoneException>(call);
        refused.Transient.ShouldBeFalse(refused.Message);
        refused.Status.ShouldNotBeNull();
    }
}
