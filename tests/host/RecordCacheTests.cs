using VulnDiag.Domain;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>What is remembered of a record is never older than what was last read or written.</summary>
public sealed class RecordCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_that_a_write_overtook_replaces_nothing_and_a_listed_change_hides_the_record_but_for_its_last_state()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var id = new EngagementId(await tenant.SubmitAsync(Hearings.Simple(), Cancel));
        await using var worker = await bench.StartAsync();
        var records = worker.Get<EngagementStore>();
        var old = (await records.LoadAsync(id, Cancel)).ShouldNotBeNull();
        await tenant.WriteAsync("coordinator", id.Value, new Newtonsoft.Json.Linq.JObject { ["事務局メモ"] = Hearings.Value("確認済み") }, Cancel);
        var now = (await records.LoadAsync(id, Cancel)).ShouldNotBeNull();

        var cache = new RecordCache();
        cache.Keep(now);
        cache.Keep(old);
        cache.Find(id).ShouldBe(now);
        cache.Listed(id, now.Engagement.Revision);
        cache.Find(id).ShouldBe(now);
        cache.Listed(id, now.Engagement.Revision + 1);
        cache.Find(id).ShouldBeNull();
        cache.Last(id).ShouldBe(now);
    }
}
