using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

public sealed class EngagementRunnerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hearing_goes_to_the_scan_and_on_to_analysis_by_itself()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var launcher = new FakeScanLauncher();
        await using var worker = await bench.StartAsync(launcher: launcher);
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);

        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("診断待ち", (string?)(await tenant.ReadAsync(record, Cancel))["確認事項"]!["value"]);
        bench.MailsTo("jyoho@hospital.example").Count.ShouldBeGreaterThan(0);

        tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("診断中");
        await launcher.Started.ShouldHaveSingleItem().CompleteAsync();

        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("分析中");
        var read = await tenant.ReadAsync(record, Cancel);
        ((string)read["診断結果データ"]!["value"]![0]!["name"]!).ShouldStartWith("L1-");
    }

    private static async Task RoundsAsync(VulnDiag.Worker.Composition.WorkerComposition worker, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty(worker.ToString());
    }
}
