using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Stores;

/// <summary>Asking what changed, where there is much and where the clocks disagree.</summary>
public sealed class PollingTests
{
    private const int Many = 8_000;
    private const int Batch = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Among_8_000_records_a_poll_reads_only_what_changed()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(57));
        await using var tenant = await Tenant.InstalledAsync(Ct, time);
        var coordinator = tenant.As("coordinator");
        for (var added = 0; added < Many; added += Batch)
            await coordinator.Records.AddManyAsync(tenant.Apps.Engagement, [.. Enumerable.Range(added, Batch).Select(Record)], Ct);
        var worker = tenant.As("worker");
        var store = tenant.Engagements(worker);
        var all = await store.ChangedSinceAsync(null, Ct);
        all.Records.Count.ShouldBe(Many);

        time.Advance(TimeSpan.FromHours(1));
        await coordinator.Records.UpdateAsync(tenant.Apps.Engagement, 1, 1, Record(1), Ct);
        var first = await store.ChangedSinceAsync(all.Watermark, Ct);
        time.Advance(TimeSpan.FromHours(1));
        await coordinator.Records.UpdateAsync(tenant.Apps.Engagement, 4_711, 1, Record(4_711), Ct);
        var before = worker.Requests;
        var second = await store.ChangedSinceAsync(first.Watermark, Ct);
        second.Records.ShouldBe([new ChangedRecord(1, 2), new ChangedRecord(4_711, 2)], "what changed, and what lies within the overlap");
        (worker.Requests - before).ShouldBe(1);
    }

    [Theory]
    [InlineData(-26)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(26)]
    public async Task However_far_kintones_clock_is_from_ours_no_change_is_lost(int hours)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours));
        await using var tenant = await Tenant.InstalledAsync(Ct, time);
        var store = tenant.Engagements();
        var coordinator = tenant.As("coordinator");
        var watermark = (await store.ChangedSinceAsync(null, Ct)).Watermark;
        for (var round = 0; round < 5; round++)
        {
            var added = await coordinator.Records.AddAsync(tenant.Apps.Engagement, Record(round), Ct);
            var changes = await store.ChangedSinceAsync(watermark, Ct);
            changes.Records.ShouldContain(new ChangedRecord(added.Id, added.Revision));
            watermark = changes.Watermark;
            time.Advance(TimeSpan.FromSeconds(40));
        }
    }

    [Fact]
    public async Task A_change_stamped_before_the_last_one_seen_is_found_within_the_overlap()
    {
        var start = DateTimeOffset.UnixEpoch.AddYears(57);
        var time = new FakeTimeProvider(start.AddMinutes(4));
        await using var tenant = await Tenant.InstalledAsync(Ct, time);
        var store = tenant.Engagements();
        var coordinator = tenant.As("coordinator");
        await coordinator.Records.AddAsync(tenant.Apps.Engagement, Record(1), Ct);
        var seen = await store.ChangedSinceAsync(null, Ct);

        // One of kintone's servers is four minutes behind the one that stamped the first.
        time.AdjustTime(start);
        var late = await coordinator.Records.AddAsync(tenant.Apps.Engagement, Record(2), Ct);
        (await store.ChangedSinceAsync(seen.Watermark, Ct)).Records.ShouldContain(new ChangedRecord(late.Id, late.Revision));
    }

    private static JObject Record(int number) => new() { ["医療機関名"] = Tenant.Value($"病院{number}") };
}
