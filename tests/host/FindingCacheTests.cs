using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>Findings are read once, and again as soon as anything may have made them others.</summary>
public sealed class FindingCacheTests
{
    private static readonly EngagementId Id = new(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_are_asked_of_kintone_once_until_something_may_have_changed_them()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);
        await using var worker = await bench.StartAsync();
        (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();
        var cache = worker.Get<FindingCache>();
        await cache.LoadAsync(Id, Cancel);
        await Asks(0, () => cache.LoadAsync(Id, Cancel));
        await Asks(1, () => cache.ReadAsync(Id, Cancel));

        cache.Listed(new ChangedFinding(99, 1, new EngagementId(2)));
        await Asks(0, () => cache.LoadAsync(Id, Cancel));
        cache.Listed(new ChangedFinding(99, 1, Id));
        await Asks(1, () => cache.LoadAsync(Id, Cancel));
        await worker.Get<EngagementRunner>().LoadAsync(new EngagementId(record), Cancel, fresh: true);
        await Asks(1, () => cache.LoadAsync(Id, Cancel));
        cache.Forget(Id);
        await Asks(1, () => cache.LoadAsync(Id, Cancel));

        async Task Asks(int requests, Func<Task<IReadOnlyList<FindingRecord>>> reading)
        {
            var before = tenant.Emulator.Requests.Of("worker");
            (await reading()).ShouldBeEmpty();
            (tenant.Emulator.Requests.Of("worker") - before).ShouldBe(requests);
        }
    }
}
