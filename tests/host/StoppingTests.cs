using VulnDiag.Domain;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Client;
using VulnDiag.Lab.Kintone.Faults;
using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Store;
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
    public async Task A_STOP_mail_without_a_reference_stops_every_engagement_that_its_sender_was_asked_about()
    {
        await using var scene = await ScanScene.BeforeWindowAsync(Hearings.WithVendor());
        var second = await scene.Tenant.SubmitAsync(Hearings.WithVendor("127.0.0.2"), Cancel);
        await scene.RoundsAsync(3);
        await scene.ApproveAsync(second);
        scene.Tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        await scene.RoundsAsync(3);
        scene.Launcher.Started.Count.ShouldBe(2);

        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundsAsync(2);
        scene.Launcher.Started.Select(static scan => scan.Told).ShouldBe(["order-ended", "order-ended"]);
        (await scene.StateAsync()).ShouldBe("診断中断");
        (await scene.Tenant.StateAsync(second, Cancel)).ShouldBe("診断中断");
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_minutes_after_kintone_or_the_mailbox_was_last_read_leases_are_no_longer_renewed(bool kintone)
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.Simple());
        await scene.RoundAsync();
        var breaks = kintone ? (Action<ScanScene>)BreakKintone : BreakMailbox;
        breaks(scene);
        scene.Tenant.Clock.Advance(TimeSpan.FromSeconds(100));
        (await RenewsAsync(scene)).ShouldBeTrue("less than two minutes");
        scene.Tenant.Clock.Advance(TimeSpan.FromSeconds(21));
        (await RenewsAsync(scene)).ShouldBeFalse("more than two minutes");
        scene.Tenant.Emulator.Faults.Clear();

        static void BreakKintone(ScanScene scene) => scene.Tenant.Emulator.Faults.Add(new Fault(FaultKind.HtmlPage, Times: null));
        // A link to nowhere: the folder can be listed, and what is in it cannot be read.
        static void BreakMailbox(ScanScene scene)
        {
            var inbox = Directory.CreateDirectory(Path.Combine(scene.Bench.MailFolder, WorkerBench.From, "new"));
            File.CreateSymbolicLink(Path.Combine(inbox.FullName, "unreadable"), Path.Combine(inbox.FullName, "nowhere"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_a_scan_runs_a_cancellation_or_a_STOP_mail_is_seen_within_thirty_seconds(bool cancelled)
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        await scene.RingAsync();
        if (cancelled) await scene.Tenant.PressAsync("coordinator", scene.Record, "中止", Cancel);
        else await scene.MailAsync("support@vendor.example", "STOP");
        var seconds = 0;
        for (; scene.Scan.Told is null && seconds < 120; seconds++)
        {
            scene.Tenant.Clock.Advance(TimeSpan.FromSeconds(1));
            await scene.RingAsync();
        }

        scene.Scan.Told.ShouldBe("order-ended");
        seconds.ShouldBeLessThanOrEqualTo(30);
    }

    [Fact]
    public async Task A_STOP_mail_is_heeded_though_kintone_takes_no_row_for_the_mail_before_it()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        await scene.MailAsync("stranger@elsewhere.example", "hello");
        await StopsWhileKintoneIsDownAsync(scene);
    }

    [Fact]
    public async Task A_STOP_mail_is_heeded_behind_more_mails_than_a_reading_gives_though_none_can_be_dealt_with()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        for (var mail = 0; mail <= 2 * IMailbox.Batch; mail++) await scene.MailAsync("stranger@elsewhere.example", "hello");
        await StopsWhileKintoneIsDownAsync(scene);
    }

    [Fact]
    public async Task A_mail_whose_words_kintone_never_takes_is_shown_without_them_and_holds_up_no_other()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        // Its subject has five characters.
        await scene.Tenant.ShortenFieldAsync(scene.Tenant.Apps.Communication, "件名", 3, Cancel);
        await scene.MailAsync("stranger@elsewhere.example", "hello");
        await scene.MailAsync("other@elsewhere.example", "hello");
        await scene.RoundAsync();
        var rows = await scene.Tenant.As("coordinator").Records.QueryAsync(scene.Tenant.Apps.Communication, KintoneQuery.All.In("区分", "受信"), [], Cancel);
        rows.Select(static row => (string)row["相手"]!["value"]!).ShouldBe(["stranger@elsewhere.example", "other@elsewhere.example"], ignoreOrder: true);
        rows.ShouldAllBe(static row => ((string)row["備考"]!["value"]!).Contains("件名", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_STOP_mail_does_not_wait_for_a_job_that_is_at_the_record_nor_for_its_new_revision()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        var id = new EngagementId(scene.Record);
        (await scene.Worker.Get<WorkerIdentity>().TryClaimAsync(EngagementRunner.ClaimOf(id), Cancel)).ShouldBeTrue();
        await scene.Tenant.WriteAsync("coordinator", scene.Record, new Newtonsoft.Json.Linq.JObject { ["事務局メモ"] = Hearings.Value("確認済み") }, Cancel);
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.Worker.Round.RunOnceAsync(Cancel);
        scene.Scan.Told.ShouldBe("order-ended");
    }

    [Fact]
    public async Task A_STOP_mail_is_heeded_though_kintone_is_down_and_a_write_to_it_is_unsettled()
    {
        await using var scene = await ScanScene.ScanningAsync(Hearings.WithVendor());
        var stored = await scene.Worker.Get<EngagementRunner>().LoadAsync(new EngagementId(scene.Record), Cancel);
        var engagement = stored.ShouldNotBeNull().Engagement;
        var unsettled = new Intent(engagement.Id, engagement.Revision, "mark", engagement.Facts with { WriteMark = "mark" }, null, scene.Tenant.Clock.GetUtcNow());
        await scene.Worker.Get<Outbox>().PrepareAsync(unsettled, [], Cancel);
        await StopsWhileKintoneIsDownAsync(scene);
    }

    private static async Task StopsWhileKintoneIsDownAsync(ScanScene scene)
    {
        await scene.MailAsync("support@vendor.example", "STOP");
        scene.Tenant.Emulator.Faults.Add(new Fault(FaultKind.HtmlPage, Times: null));
        await scene.Worker.Round.RunOnceAsync(Cancel);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        scene.Tenant.Emulator.Faults.Clear();
        scene.Scan.Told.ShouldBe("order-ended");
    }

    private static async Task<bool> RenewsAsync(ScanScene scene)
    {
        var before = await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        return await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel) != before;
    }
}
