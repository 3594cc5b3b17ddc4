using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Apps;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;
using VulnDiag.Kintone.Support;
using VulnDiag.TestSupport;

namespace VulnDiag.Kintone.Client;

public sealed class OpenApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_request_that_we_send_is_as_kintone_describes_it_and_so_is_the_answer()
    {
        var description = OpenApiDescription.OfKintone();
        await using var tenant = await Tenant.InstalledAsync(Ct);
        var handlers = new List<ContractHandler>();
        KintoneClient As(string login) => tenant.As(login, handler: inner =>
        {
            var handler = new ContractHandler(inner, description);
            handlers.Add(handler);
            return handler;
        });

        await new AppsAsCode(As("admin"), new AppsOptions { Tenant = "t" }, [.. AppDefinition.Embedded().Select(Renamed)]).ApplyAsync(Ct);
        var (worker, coordinator) = (As("worker"), As("coordinator"));
        var record = await coordinator.Records.AddAsync(tenant.Apps.Engagement, new JObject { ["医療機関ユーザー"] = Tenant.Value(new JArray(new JObject { ["code"] = "hospital-a" })) }, Ct);
        await As("hospital-a").Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, record.Revision, "提出", Ct);
        var store = tenant.Engagements(worker);
        var stored = (await store.LoadAsync(new EngagementId(record.Id), Ct))!;
        stored = (await store.SaveAsync(stored, stored.Engagement.Facts with { Lines = [new LineFacts { Id = new LineId("L1") }] }, Trigger.TriagePassed, Ct)).ShouldBeOfType<Saved>().Stored;
        (await store.SaveAsync(stored, stored.Engagement.Facts with { NoticeToStaff = "x" }, null, Ct)).ShouldBeOfType<Saved>();
        await store.ChangedSinceAsync(DateTimeOffset.UnixEpoch, Ct);
        await new CommunicationStore(worker, tenant.Apps).ClaimAsync(new CommunicationRecord { Key = "k", Holder = "w", Direction = CommunicationDirection.Outgoing, State = CommunicationState.Claimed }, Ct);
        await worker.Records.AddManyAsync(tenant.Apps.Finding, [new JObject { ["指摘キー"] = Tenant.Value("1") }, new JObject { ["指摘キー"] = Tenant.Value("2") }], Ct);
        await worker.Records.UpdateManyAsync(tenant.Apps.Finding, [(new RecordVersion(1, 1), new JObject { ["ポート"] = Tenant.Value("1") })], Ct);
        (await worker.Records.CountAsync(tenant.Apps.Finding, KintoneQuery.All, Ct)).ShouldBe(2);
        (await worker.Cursors.ReadAsync(tenant.Apps.Finding, KintoneQuery.All, [], Ct).CountAsync(Ct)).ShouldBe(2);
        await coordinator.Comments.AddAsync(tenant.Apps.Engagement, record.Id, "ご確認ください", Ct);
        (await coordinator.Comments.ListAsync(tenant.Apps.Engagement, record.Id, Ct)).ShouldHaveSingleItem().Text.ShouldBe("ご確認ください");
        await Should.ThrowAsync<KintoneException>(() => worker.Records.DeleteAsync(tenant.Apps.Finding, [new RecordVersion(1, 2)], Ct));

        handlers.SelectMany(static handler => handler.Faults).ShouldBeEmpty();
        handlers.SelectMany(static handler => handler.Seen).Distinct().Count().ShouldBeGreaterThan(50);
    }

    // The apps are there already: made again under other names, every writing call of the settings is seen.
    private static AppDefinition Renamed(AppDefinition app)
    {
        var settings = app.Settings.ToDictionary();
        settings[AppSetting.General] = new JObject(settings[AppSetting.General]) { ["name"] = app.Name + "2" };
        return app with { Settings = settings };
    }
}
