using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

public sealed class PollingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_idle_round_costs_one_request_per_app()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        await tenant.SubmitAsync(Hearings.Simple(), Cancel);
        for (var round = 0; round < 6; round++) (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();

        for (var round = 0; round < 4; round++)
        {
            tenant.Emulator.Requests.Reset();
            (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();
            long[] apps = [tenant.Apps.Engagement, tenant.Apps.Finding, tenant.Apps.Communication, tenant.Apps.Exclusion];
            apps.ShouldAllBe(app => tenant.Emulator.Requests.Total(app) == 1, string.Join('\n', tenant.Emulator.Requests.Snapshot()));
            tenant.Emulator.Requests.All.ShouldBe(apps.Length);
        }
    }

    [Fact]
    public async Task A_whole_record_is_read_once_per_revision_that_is_not_our_own()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        await tenant.SubmitAsync(Hearings.Simple(), Cancel);
        tenant.Emulator.Requests.Reset();
        for (var round = 0; round < 3; round++) await worker.Round.RunOnceAsync(Cancel);
        Reads().ShouldBe(1, string.Join('\n', tenant.Emulator.Requests.Snapshot()));

        int Reads() => tenant.Emulator.Requests.Snapshot().Where(static entry => entry.Request == "GET record.json").Sum(static entry => entry.Count);
    }
}
