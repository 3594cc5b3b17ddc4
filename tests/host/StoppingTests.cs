using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>Whatever stops a scan is seen in the next round and stops it there.</summary>
public sealed class StoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_engagement_stops_its_scan()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await scene.Tenant.PressAsync("coordinator", scene.Record, "中止", Cancel);
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        (await scene.StateAsync()).ShouldBe("中止");
    }

    [Fact]
    public async Task The_kill_switch_stops_every_scan_and_lets_none_start()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await File.WriteAllTextAsync(Path.Combine(scene.Bench.Folder, "kill-switch"), "", Cancel);
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        await scene.RoundAsync();
        scene.Launcher.Started.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_STOP_mail_from_a_vendor_that_was_asked_suspends_the_engagement()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundAsync();
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        (await scene.StateAsync()).ShouldBe("診断中断");
    }

    [Fact]
    public async Task A_STOP_mail_from_a_stranger_stops_nothing_and_is_shown()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        await scene.MailAsync("stranger@elsewhere.example", "STOP");
        await scene.RoundAsync();
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBeNull();
        (await scene.StateAsync()).ShouldBe("診断中");
        var rows = await scene.Tenant.As("coordinator").Records.QueryAsync(scene.Tenant.Apps.Communication, KintoneQuery.All.In("区分", "受信"), [], Cancel);
        rows.ShouldHaveSingleItem()["相手"]!["value"]!.ToString().ShouldBe("stranger@elsewhere.example");
    }

    [Fact]
    public async Task A_scan_that_may_go_on_has_its_lease_renewed_in_every_round()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        var before = await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel);
        await scene.RoundAsync();
        (await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel)).ShouldNotBe(before);
    }

    [Fact]
    public async Task While_kintone_cannot_be_read_no_lease_is_renewed()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        scene.Tenant.Emulator.Faults.Add(new VulnDiag.Lab.Kintone.Faults.Fault(VulnDiag.Lab.Kintone.Faults.FaultKind.HtmlPage, Times: null));
        scene.Tenant.Clock.Advance(TimeSpan.FromMinutes(3));
        var before = await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        (await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel)).ShouldBe(before);
        scene.Tenant.Emulator.Faults.Clear();
    }
}
