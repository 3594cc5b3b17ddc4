using System.Reflection;
using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Triage;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Stores;

public sealed class EngagementStoreTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 1, 30, 0, TimeSpan.Zero);

    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_fact_survives_the_round_trip()
    {
        var store = tenant.Engagements();
        var id = await SubmittedAsync();
        var stored = await LoadAsync(store, id);
        var file = await store.UploadAsync("L1-0123456789abcdef.json", static () => new MemoryStream("{}"u8.ToArray()), 2, Ct);
        var written = EveryFact(file);
        await SavedAsync(store, stored, written);
        await tenant.As("coordinator").Records.UpdateAsync(
            tenant.Apps.Engagement, id.Value, (await LoadAsync(store, id)).Engagement.Revision,
            new JObject
            {
                ["分析担当"] = Tenant.Value(new JArray(new JObject { ["code"] = "analyst" })),
                ["承認者"] = Tenant.Value(new JArray(new JObject { ["code"] = "approver" })),
                ["受領確認"] = Tenant.Value("2026-11-24T01:30:00Z"),
                ["元案件"] = Tenant.Value("77"),
            },
            Ct);
        await SetSummaryAsync(id);
        var read = (await LoadAsync(store, id)).Engagement.Facts;

        var expected = written with { Analyst = "analyst", Approver = "approver", Summary = "一行目\n二行目", ReceivedAt = At, Follows = new EngagementId(77) };
        ShouldHoldEverything(expected);
        expected.Lines.ToList().ForEach(ShouldHoldEverything);
        expected.Vendors.ToList().ForEach(ShouldHoldEverything);
        foreach (var property in typeof(EngagementFacts).GetProperties().Where(static property => property.PropertyType != typeof(IReadOnlyList<AttachedFile>)))
            property.GetValue(read).ShouldBe(property.GetValue(expected), property.Name);
        read.ResultFiles.ShouldHaveSingleItem().Name.ShouldBe(file.Name);
    }

    [Fact]
    public async Task What_the_hospital_typed_is_read_exactly_as_typed()
    {
        var version = await tenant.NewEngagementAsync();
        var typed = new JObject
        {
            ["医療機関名"] = Tenant.Value("　甲病院"),
            ["医療機関コード"] = Tenant.Value("１３１２３４５６７８"),
            ["都道府県"] = Tenant.Value("東京都"),
            ["担当者名"] = Tenant.Value("山田 太郎"),
            ["担当者役職"] = Tenant.Value("情報課"),
            ["担当者メールアドレス"] = Tenant.Value("YAMADA@example.jp "),
            ["担当者電話番号"] = Tenant.Value("03-0000-0000"),
            ["静観対応"] = Tenant.Value("依頼する"),
            ["対象回線"] = Tenant.Rows(new JObject
            {
                ["回線ID"] = Tenant.Value("Ｌ１"),
                ["回線名"] = Tenant.Value("本館"),
                ["グローバルIP利用"] = Tenant.Value("あり"),
                ["通信形態"] = Tenant.Value("インターネットVPN"),
                ["接続方式"] = Tenant.Value("MAP-E"),
                ["固定IP動的IP"] = Tenant.Value("動的IP"),
                ["グローバルIPアドレス連携"] = Tenant.Value("連携あり"),
                ["グローバルIPアドレス"] = Tenant.Value("８．８．８．８"),
                ["FQDN連携"] = Tenant.Value("連携なし"),
                ["FQDN"] = Tenant.Value("https://example.jp/"),
                ["機器種別"] = Tenant.Value("ルータ"),
                ["メーカー"] = Tenant.Value("某社"),
                ["型番"] = Tenant.Value("X-1"),
                ["電子カルテ接続"] = Tenant.Value("わからない"),
                ["監視"] = Tenant.Value("なし"),
                ["自院管理"] = Tenant.Value(new JArray("自院で管理")),
                ["同意者"] = Tenant.Value("院長"),
                ["同意者役職"] = Tenant.Value("長"),
                ["同意日"] = Tenant.Value("2026-11-01"),
                ["アカウント診断"] = Tenant.Value("不可"),
            }),
            ["ベンダ"] = Tenant.Rows(new JObject
            {
                ["ベンダ回線ID"] = Tenant.Value("L1"),
                ["ベンダ役割"] = Tenant.Value("保守"),
                ["ベンダ名"] = Tenant.Value("乙社"),
                ["ベンダ担当者"] = Tenant.Value("佐藤"),
                ["ベンダメールアドレス"] = Tenant.Value("v@example.jp"),
            }),
            ["診断候補日時"] = Tenant.Rows(new JObject { ["候補開始"] = Tenant.Value("2026-12-01T10:00:00+09:00"), ["候補終了"] = Tenant.Value("") }),
            ["回避時間帯"] = Tenant.Rows(new JObject { ["回避開始"] = Tenant.Value("2026-12-01T01:00:00Z"), ["回避終了"] = Tenant.Value("2026-12-01T02:00:00Z"), ["回避理由"] = Tenant.Value("法定停電") }),
            ["当日IP確認"] = Tenant.Rows(new JObject
            {
                ["確認回線ID"] = Tenant.Value("L1"),
                ["確認IPアドレス"] = Tenant.Value("8.8.4.4"),
                ["確認日時"] = Tenant.Value("2026-12-01T00:00:00Z"),
                ["確認者"] = Tenant.Value("山田"),
            }),
        };
        await tenant.As("hospital-a").Records.UpdateAsync(tenant.Apps.Engagement, version.Id, version.Revision, typed, Ct);
        var answers = (await LoadAsync(tenant.Engagements(), new EngagementId(version.Id))).Engagement.Answers;

        ShouldHoldEverything(answers);
        ShouldHoldEverything(answers.Lines[0]);
        answers.HospitalName.ShouldBe("　甲病院");
        answers.ContactMail.ShouldBe("YAMADA@example.jp ");
        answers.Lines[0].ShouldBe(new LineAnswers
        {
            Id = "Ｌ１", Name = "本館", GlobalIp = "あり", Communication = "インターネットVPN", Access = "MAP-E", Addressing = "動的IP",
            AddressProvided = "連携あり", Address = "８．８．８．８", FqdnProvided = "連携なし", Fqdn = "https://example.jp/",
            DeviceKind = "ルータ", Maker = "某社", Model = "X-1", MedicalRecords = "わからない", Monitored = "なし", SelfManaged = "自院で管理",
            ConsentGiver = "院長", ConsentPost = "長", ConsentDate = new DateOnly(2026, 11, 1), AccountChecks = "不可",
        });
        answers.Vendors.ShouldBe([new VendorAnswer("L1", "保守", "乙社", "佐藤", "v@example.jp")]);
        answers.CandidateWindows.ShouldBe([new PeriodAnswer(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero), null)]);
        answers.TimesToAvoid.ShouldHaveSingleItem().Reason.ShouldBe("法定停電");
        answers.SameDayConfirmations.ShouldBe([new SameDayAnswer("L1", "8.8.4.4", new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), "山田")]);
    }

    [Fact]
    public async Task Facts_and_move_go_together_and_the_record_need_not_be_read_again()
    {
        var client = tenant.As("worker");
        var store = tenant.Engagements(client);
        var id = await SubmittedAsync();
        var stored = await LoadAsync(store, id);
        var before = client.Requests;
        var saved = (await store.SaveAsync(stored, stored.Engagement.Facts with { NoticeToStaff = "見てください" }, Trigger.TriagePassed, Ct)).ShouldBeOfType<Saved>();
        (client.Requests - before).ShouldBe(1);
        var read = await LoadAsync(store, id);
        read.Engagement.State.ShouldBe(EngagementState.VendorReview);
        saved.Stored.Engagement.Revision.ShouldBe(read.Engagement.Revision);
        saved.Stored.Engagement.State.ShouldBe(read.Engagement.State);
        saved.Stored.Engagement.ModifiedBy.ShouldBe(read.Engagement.ModifiedBy);
        saved.Stored.Engagement.Facts.NoticeToStaff.ShouldBe(read.Engagement.Facts.NoticeToStaff);
        (await SavedAsync(store, saved.Stored, saved.Stored.Engagement.Facts with { NoticeToStaff = "" })).Engagement.Facts.NoticeToStaff.ShouldBe("");
    }

    [Fact]
    public async Task Nothing_to_write_costs_no_request()
    {
        var client = tenant.As("worker");
        var store = tenant.Engagements(client);
        var stored = await LoadAsync(store, new EngagementId((await tenant.NewEngagementAsync()).Id));
        var before = client.Requests;
        await SavedAsync(store, stored, stored.Engagement.Facts with { Lines = [] });
        client.Requests.ShouldBe(before);
    }

    [Fact]
    public async Task A_record_that_somebody_changed_meanwhile_is_a_conflict_and_stays_as_it_is()
    {
        var store = tenant.Engagements();
        var id = await SubmittedAsync();
        var stored = await LoadAsync(store, id);
        await tenant.As("coordinator").Records.UpdateAsync(tenant.Apps.Engagement, id.Value, stored.Engagement.Revision, new JObject { ["事務局メモ"] = Tenant.Value("x") }, Ct);
        (await store.SaveAsync(stored, stored.Engagement.Facts with { NoticeToStaff = "a" }, Trigger.TriagePassed, Ct)).ShouldBeOfType<SaveConflict>();
        (await store.SaveAsync(stored, stored.Engagement.Facts with { NoticeToStaff = "a" }, null, Ct)).ShouldBeOfType<SaveConflict>();
        var read = (await LoadAsync(store, id)).Engagement;
        read.State.ShouldBe(EngagementState.HearingReceived);
        read.Facts.NoticeToStaff.ShouldBe("");
    }

    [Fact]
    public async Task An_action_that_kintone_does_not_know_is_no_conflict_but_a_failure()
    {
        var id = await SubmittedAsync();
        var store = tenant.Engagements(tenant.As("worker", handler: static inner => new NoSuchAction(inner)));
        var stored = await LoadAsync(store, id);
        (await Should.ThrowAsync<KintoneException>(() => store.SaveAsync(stored, stored.Engagement.Facts, Trigger.TriagePassed, Ct))).Code.ShouldBe("GAIA_IL03");
        await tenant.As("worker").Statuses.MoveAsync(tenant.Apps.Engagement, id.Value, stored.Engagement.Revision, "打合せ依頼", Ct);
        (await store.SaveAsync(stored, stored.Engagement.Facts, Trigger.TriagePassed, Ct)).ShouldBeOfType<SaveConflict>();
    }

    [Fact]
    public async Task After_a_move_of_ours_the_assignees_are_read_again_before_somebody_joins_them()
    {
        var store = tenant.Engagements();
        var id = await SubmittedAsync();
        var outOfScope = await MovedAsync(store, id, Trigger.NoLineLeft);
        outOfScope.Engagement.Assignees.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => store.AssignAsync(outOfScope, "analyst", Ct));
        (await LoadAsync(store, id)).Engagement.Assignees.ShouldBe(["worker", "hospital-a", "coordinator"], ignoreOrder: true);

        await MovedAsync(store, id, Trigger.DeadlinePassed);
        var analysis = await LoadAsync(store, id);
        analysis.Engagement.Assignees.ShouldBe(["worker", "coordinator"], ignoreOrder: true);
        var assigned = (await store.AssignAsync(analysis, "analyst", Ct)).ShouldBeOfType<Saved>().Stored.Engagement;
        var read = (await LoadAsync(store, id)).Engagement;
        read.Assignees.ShouldBe(["worker", "coordinator", "analyst"], ignoreOrder: true);
        (assigned.Revision, assigned.State, assigned.ModifiedBy).ShouldBe((read.Revision, read.State, read.ModifiedBy));
        assigned.Assignees.ShouldBe(read.Assignees, ignoreOrder: true);
        (await store.AssignAsync(analysis, "approver", Ct)).ShouldBeOfType<SaveConflict>();
    }

    [Fact]
    public async Task Rows_keep_their_ids_when_one_of_them_changes()
    {
        var store = tenant.Engagements();
        var id = await SubmittedAsync();
        var stored = await LoadAsync(store, id);
        await SavedAsync(store, stored, stored.Engagement.Facts with { Lines = [new LineFacts { Id = new LineId("L1") }, new LineFacts { Id = new LineId("L2") }] });
        var first = await RowIdsAsync(id);
        stored = await LoadAsync(store, id);
        await SavedAsync(store, stored, stored.Engagement.Facts.With(new LineFacts { Id = new LineId("L2"), Outcome = LineOutcome.Done }).With(new LineFacts { Id = new LineId("L3") }));
        var second = await RowIdsAsync(id);
        second.Take(2).ShouldBe(first);
        second.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_hospital_can_edit_its_answers_in_its_three_states_only()
    {
        var store = tenant.Engagements();
        var version = await tenant.NewEngagementAsync();
        var id = new EngagementId(version.Id);
        (await HospitalWritesAsync(id, "医療機関名", "回答待ち")).ShouldBeTrue();
        await tenant.As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), "提出", Ct);
        (await HospitalWritesAsync(id, "医療機関名", "ヒアリング受付")).ShouldBeFalse();
        var stored = await MovedAsync(store, id, Trigger.HearingFaulty);
        (await HospitalWritesAsync(id, "医療機関名", "確認依頼中")).ShouldBeTrue();
        await tenant.As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), "再提出", Ct);
        foreach (var trigger in new[] { Trigger.TriagePassed, Trigger.VendorsApproved, Trigger.WindowFixedWithoutSilence })
        {
            stored = await MovedAsync(store, id, trigger);
            (await HospitalWritesAsync(id, "医療機関名", trigger.ToString())).ShouldBeFalse(trigger.ToString());
        }

        stored.Engagement.State.ShouldBe(EngagementState.Ready);
        var confirmation = Tenant.Rows(new JObject { ["確認回線ID"] = Tenant.Value("L1") });
        await tenant.As("hospital-a").Records.UpdateAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), new JObject { ["当日IP確認"] = confirmation }, Ct);
        await MovedAsync(store, id, Trigger.NoLineLeft);
        (await HospitalWritesAsync(id, "医療機関名", "診断対象外")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_idle_round_costs_one_request_and_a_change_is_seen_with_its_revision()
    {
        var client = tenant.As("worker");
        var store = tenant.Engagements(client);
        var id = await SubmittedAsync();
        var all = await store.ChangedSinceAsync(null, Ct);
        all.Records.ShouldContain(new ChangedRecord(id.Value, await RevisionAsync(id)));
        var before = client.Requests;
        var idle = await store.ChangedSinceAsync(all.Watermark, Ct);
        (client.Requests - before).ShouldBe(1);
        idle.Watermark.ShouldBe(all.Watermark);
        var revision = await tenant.As("coordinator").Records.UpdateAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), new JObject { ["事務局メモ"] = Tenant.Value("x") }, Ct);
        (await store.ChangedSinceAsync(idle.Watermark, Ct)).Records.ShouldContain(new ChangedRecord(id.Value, revision));
    }

    [Fact]
    public async Task A_step_that_changes_what_is_peoples_own_is_our_mistake()
    {
        var store = tenant.Engagements();
        var stored = await LoadAsync(store, new EngagementId((await tenant.NewEngagementAsync()).Id));
        await Should.ThrowAsync<InvalidOperationException>(() => store.SaveAsync(stored, stored.Engagement.Facts with { Summary = "x" }, null, Ct));
        await Should.ThrowAsync<InvalidOperationException>(() => store.SaveAsync(stored, stored.Engagement.Facts, Trigger.Issued, Ct));
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_null() => (await tenant.Engagements().LoadAsync(new EngagementId(999_999), Ct)).ShouldBeNull();

    [Fact]
    public async Task A_file_comes_back_byte_for_byte_and_an_earlier_one_stays()
    {
        var store = tenant.Engagements();
        var id = await SubmittedAsync();
        var bytes = Enumerable.Range(0, 300_000).Select(static each => (byte)(each * 31)).ToArray();
        var stored = await LoadAsync(store, id);
        var first = await store.UploadAsync("診断結果 報告書(第1版).pdf", () => new MemoryStream(bytes), bytes.Length, Ct);
        stored = await SavedAsync(store, stored, stored.Engagement.Facts with { ReportFiles = [first] });
        var second = await store.UploadAsync("b.xlsx", static () => new MemoryStream([1, 2, 3]), 3, Ct);
        stored = await SavedAsync(store, stored, stored.Engagement.Facts with { ReportFiles = [.. stored.Engagement.Facts.ReportFiles, second] });
        stored.Engagement.Facts.ReportFiles.Select(static file => (file.Name, file.Size)).ShouldBe([("診断結果 報告書(第1版).pdf", 300_000), ("b.xlsx", 3)]);
        var target = new MemoryStream();
        await store.DownloadAsync(stored.Engagement.Facts.ReportFiles[0], target, Ct);
        target.ToArray().ShouldBe(bytes);
    }

    private static EngagementFacts EveryFact(AttachedFile file) => new()
    {
        Lines =
        [
            new LineFacts
            {
                Id = new LineId("L1"), Triage = new TriageResult(6, Decision.Conditional, Requirement.SameDayIpCheck, "理由"), Meeting = MeetingOutcome.NotFeasible,
                MeetingNote = "メモ", MeetingHash = "aa", Deferred = true, DeferredReason = "都合", Outcome = LineOutcome.Stopped, OutcomeReason = "停止", GivenUpWindow = At, ScanFinished = At,
            },
        ],
        Vendors =
        [
            new VendorFacts
            {
                Question = VendorQuestion.Silence, Line = new LineId("L1"), VendorMail = "v@example.jp", AboutHash = "bb", Round = 2,
                AskedAt = At, Reply = VendorReply.No, RepliedAt = At, Remark = "不可です",
            },
        ],
        Invitations = [new Invitation { VendorMail = "v@example.jp", Number = 2, Window = new Period(At, At.AddHours(4)), Sequence = 3, Withdrawn = true }],
        Windows = [new Period(At, At.AddHours(4))],
        UsedWindowsHash = "cc", SilenceRound = 1, StateSince = At, StateSeen = EngagementState.Scheduling, Deadline = At,
        NoticeToHospital = "一\n二", NoticeToStaff = "三\n四", SentBackBecause = "五\n六", AnswersHash = "dd",
        ReviewedBy = "analyst", ApprovedBy = "approver", ReviewHash = "ee", FindingsHash = "ff", DraftHash = "gg", Edition = 2,
        ReportDue = new DateOnly(2027, 1, 8), IssuedAt = At, IssuedHash = "hh", ResultFiles = [file],
        StopReason = "中断", WriteMark = "mark", StopsHandledUntil = new DateTimeOffset(2026, 11, 24, 1, 30, 15, 123, TimeSpan.Zero),
    };

    // A property added later and forgotten in the mapping must not slip through with its default.
    private static void ShouldHoldEverything<T>(T value)
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite && property.PropertyType != typeof(IReadOnlyList<AttachedFile>)))
        {
            var actual = property.GetValue(value);
            actual.ShouldNotBe(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null, property.Name);
            actual.ShouldNotBe("", property.Name);
            if (actual is System.Collections.ICollection list) list.Count.ShouldBePositive(property.Name);
        }
    }

    private static async Task<StoredEngagement> LoadAsync(EngagementStore store, EngagementId id) => (await store.LoadAsync(id, Ct)).ShouldNotBeNull();

    private static async Task<StoredEngagement> SavedAsync(EngagementStore store, StoredEngagement stored, EngagementFacts facts) =>
        (await store.SaveAsync(stored, facts, null, Ct)).ShouldBeOfType<Saved>().Stored;

    private async Task<StoredEngagement> MovedAsync(EngagementStore store, EngagementId id, Trigger trigger)
    {
        var stored = await LoadAsync(store, id);
        return (await store.SaveAsync(stored, stored.Engagement.Facts, trigger, Ct)).ShouldBeOfType<Saved>().Stored;
    }

    private async Task<EngagementId> SubmittedAsync()
    {
        var version = await tenant.NewEngagementAsync();
        await tenant.As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, version.Id, version.Revision, "提出", Ct);
        return new EngagementId(version.Id);
    }

    private async Task SetSummaryAsync(EngagementId id)
    {
        // Only the record's analyst may, and only in 分析中: the shortest way there.
        var store = tenant.Engagements();
        await MovedAsync(store, id, Trigger.NoLineLeft);
        await MovedAsync(store, id, Trigger.DeadlinePassed);
        await tenant.As("analyst").Records.UpdateAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), new JObject { ["総評"] = Tenant.Value("一行目\n二行目") }, Ct);
    }

    private async Task<long> RevisionAsync(EngagementId id) => (await tenant.As("coordinator").Records.GetAsync(tenant.Apps.Engagement, id.Value, Ct))!.RecordRevision();

    private async Task<IReadOnlyList<string>> RowIdsAsync(EngagementId id) =>
        [.. (await tenant.As("worker").Records.GetAsync(tenant.Apps.Engagement, id.Value, Ct))!["回線結果"]!["value"]!.Select(static row => row["id"]!.ToString())];

    private async Task<bool> HospitalWritesAsync(EngagementId id, string field, string value)
    {
        try
        {
            await tenant.As("hospital-a").Records.UpdateAsync(tenant.Apps.Engagement, id.Value, await RevisionAsync(id), new JObject { [field] = Tenant.Value(value) }, Ct);
            return true;
        }
        catch (KintoneException refused)
        {
            refused.Transient.ShouldBeFalse();
            return false;
        }
    }

    /// <summary>Answers every move as kintone does when the action is not possible.</summary>
    private sealed class NoSuchAction(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.Method == HttpMethod.Get
            ? base.SendAsync(request, cancellationToken)
            : Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new StringContent("{\"code\":\"GAIA_IL03\",\"id\":\"x\",\"message\":\"m\"}") });
    }
}
