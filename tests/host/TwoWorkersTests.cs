using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

public sealed class TwoWorkersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_workers_of_one_folder_do_not_do_one_thing_twice()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var launcher = new FakeScanLauncher();
        await using var first = await bench.StartAsync(launcher: launcher);
        await using var second = await bench.StartAsync(launcher: launcher);
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);

        await TogetherAsync(first, second, 4);
        tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        await TogetherAsync(first, second, 4);

        (await tenant.StateAsync(record, Cancel)).ShouldBe("診断中");
        launcher.Started.ShouldHaveSingleItem();
        var mails = bench.Recipients().SelectMany(address => bench.MailsTo(address).Select(name => bench.SubjectOf(address, name))).ToList();
        mails.ShouldBeUnique();
        mails.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_worker_on_another_machine_stands_by_and_takes_over_when_the_first_gives_up()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var first = await bench.StartAsync();
        await using var other = await bench.StartAsync(data: "other-machine");
        await first.Round.RunOnceAsync(Cancel);
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);

        (await other.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();
        (await tenant.StateAsync(record, Cancel)).ShouldBe("ヒアリング受付");

        await first.StopAsync(Cancel);
        await other.Round.RunOnceAsync(Cancel);
        await other.Round.RunOnceAsync(Cancel);
        (await tenant.StateAsync(record, Cancel)).ShouldNotBe("ヒアリング受付");
    }

    [Fact]
    public async Task A_STOP_mail_counts_for_a_standby_though_the_first_worker_had_asked_its_sender()
    {
        await using var scene = await ScanScene.BeforeWindowAsync(Hearings.WithVendor());
        (await scene.StateAsync()).ShouldBe("診断待ち");
        await scene.StandbyTakesOverAsync();
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundAsync();
        await ShouldBeSuspendedWithoutAScanAsync(scene);
    }

    [Fact]
    public async Task A_STOP_mail_that_the_first_worker_had_read_is_heeded_by_the_standby()
    {
        await using var scene = await ScanScene.BeforeWindowAsync(Hearings.WithVendor());
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundsAsync(2);
        (await scene.StateAsync()).ShouldBe("診断待ち");
        await scene.StandbyTakesOverAsync();
        await ShouldBeSuspendedWithoutAScanAsync(scene);
    }

    [Fact]
    public async Task A_stop_that_was_settled_is_not_heard_again_by_a_standby()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundsAsync(3);
        (await scene.StateAsync()).ShouldBe("診断中断");
        await scene.StandbyTakesOverAsync();
        await scene.Tenant.PressAsync("coordinator", scene.Record, "再開", Cancel);
        await scene.RoundsAsync(4);
        (await scene.StateAsync()).ShouldBe("診断中");
        scene.Launcher.Started.Count.ShouldBe(2);
    }

    private static async Task ShouldBeSuspendedWithoutAScanAsync(ScanScene scene)
    {
        scene.Tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        await scene.RoundsAsync(4);
        scene.Launcher.Started.ShouldBeEmpty();
        (await scene.StateAsync()).ShouldBe("診断中断");
    }

    private static async Task TogetherAsync(WorkerComposition first, WorkerComposition second, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            await Task.WhenAll(first.Round.RunOnceAsync(Cancel), second.Round.RunOnceAsync(Cancel));
    }
}
