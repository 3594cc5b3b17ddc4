using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Worker.Scans;
using VulnDiag.Worker.Store;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>What becomes of a scan whose worker died, that could not be started, or that the engine refused.</summary>
public sealed class ScanSurvivalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scan_that_was_complete_when_its_worker_died_is_not_run_again()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await scene.Scan.CompleteAsync(FakeScan.Telnet);
        await scene.SucceedAsync();
        await scene.RoundsAsync(4);
        scene.Launcher.Started.ShouldHaveSingleItem();
        (await scene.StateAsync()).ShouldBe("分析中");
    }

    [Fact]
    public async Task A_host_that_became_another_while_the_worker_died_is_not_touched_again()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await scene.Scan.EndsAsync("identity-changed");
        await scene.SucceedAsync();
        await scene.RoundsAsync(4);
        scene.Launcher.Started.ShouldHaveSingleItem();
        (await scene.OutcomeAsync()).ShouldBe("中止");
    }

    [Fact]
    public async Task While_the_scan_of_a_dead_worker_still_writes_no_second_one_is_started()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        using (ScanHold.TryTake(scene.Scan.Folder.ResultFile).ShouldNotBeNull())
        {
            await scene.SucceedAsync();
            await scene.RoundsAsync(3);
            scene.Launcher.Started.ShouldHaveSingleItem();
        }

        await scene.RoundsAsync(2);
        scene.Launcher.Started.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_scan_whose_folder_is_gone_with_its_worker_is_started_afresh()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        Directory.Delete(scene.Scan.Folder.Path, recursive: true);
        await scene.SucceedAsync();
        await scene.RoundsAsync(4);
        scene.Launcher.Started.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_scan_that_could_not_be_started_is_asked_for_again_after_a_rest()
    {
        await using var scene = await ScanScene.BeforeScanAsync(Hearings.Simple());
        scene.Launcher.Fault = new IOException("No space left on device");
        await scene.Worker.Round.RunOnceAsync(Cancel);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        scene.Launcher.Fault = null;
        await scene.RoundsAsync(2);
        scene.Launcher.Started.ShouldBeEmpty();

        await scene.PassTimeAsync();
        await scene.RoundsAsync(2);
        scene.Launcher.Started.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("fqdn-unresolved")]
    [InlineData("fqdn-mismatch")]
    [InlineData("address-excluded")]
    public async Task A_line_that_the_engine_refused_is_asked_for_again_in_the_same_window_though_nothing_changed(string word)
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await scene.Scan.EndsAsync(word);
        await scene.RoundsAsync(3);
        scene.Launcher.Started.ShouldHaveSingleItem("not at once");

        await scene.PassTimeAsync();
        scene.Tenant.Clock.GetUtcNow().ShouldBeLessThan(Hearings.WindowStart.AddMinutes(15));
        await scene.RoundsAsync(2);
        scene.Launcher.Started.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_exclusion_that_is_lifted_within_the_window_lets_the_scan_start()
    {
        await using var scene = await ScanScene.BeforeScanAsync(Hearings.Simple());
        var row = await scene.Tenant.As("coordinator").Records.AddAsync(scene.Tenant.Apps.Exclusion, new JObject { ["除外範囲"] = Hearings.Value("127.0.0.0/8"), ["理由"] = Hearings.Value("試験") }, Cancel);
        await scene.RoundsAsync(3);
        scene.Launcher.Started.ShouldBeEmpty();
        (await scene.StateAsync()).ShouldBe("診断中");

        await scene.Tenant.As("coordinator").Records.UpdateAsync(scene.Tenant.Apps.Exclusion, row.Id, row.Revision, new JObject { ["除外範囲"] = Hearings.Value("192.0.2.0/24") }, Cancel);
        await scene.PassTimeAsync();
        await scene.RoundsAsync(2);
        scene.Launcher.Started.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_rings_while_an_engagement_is_looked_at_is_heard()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        var seen = worker.Get<SeenStore>();
        var id = new EngagementId(7);
        await seen.LookAtOnceAsync([id], Cancel);
        var rung = await seen.RungAsync(id, Cancel);
        await seen.LookAtOnceAsync([id], Cancel);
        await seen.LookedAsync(id, 1, rung, null, Cancel);
        (await seen.ChangedAsync(Cancel)).ShouldBe([id]);

        await seen.LookedAsync(id, 1, await seen.RungAsync(id, Cancel), null, Cancel);
        (await seen.ChangedAsync(Cancel)).ShouldBeEmpty();
    }
}
