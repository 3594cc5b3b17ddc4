using System.Text;
using VulnDiag.Kintone.Client;
using VulnDiag.Lab.Mail;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>Whatever stops a scan is seen in the next round and stops it there.</summary>
public sealed class StoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_engagement_stops_its_scan()
    {
        await using var scene = await Scene.ScanningAsync(Hearings.Simple());
        await scene.Tenant.PressAsync("coordinator", scene.Record, "中止", Cancel);
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        (await scene.StateAsync()).ShouldBe("中止");
    }

    [Fact]
    public async Task The_kill_switch_stops_every_scan_and_lets_none_start()
    {
        await using var scene = await Scene.ScanningAsync(Hearings.Simple());
        await File.WriteAllTextAsync(Path.Combine(scene.Bench.Folder, "kill-switch"), "", Cancel);
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        await scene.RoundAsync();
        scene.Launcher.Started.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_STOP_mail_from_a_vendor_that_was_asked_suspends_the_engagement()
    {
        await using var scene = await Scene.ScanningAsync(Hearings.WithVendor());
        await scene.MailAsync("support@vendor.example", "STOP");
        await scene.RoundAsync();
        await scene.RoundAsync();
        scene.Scan.Told.ShouldBe("order-ended");
        (await scene.StateAsync()).ShouldBe("診断中断");
    }

    [Fact]
    public async Task A_STOP_mail_from_a_stranger_stops_nothing_and_is_shown()
    {
        await using var scene = await Scene.ScanningAsync(Hearings.WithVendor());
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
        await using var scene = await Scene.ScanningAsync(Hearings.Simple());
        var before = await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel);
        await scene.RoundAsync();
        (await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel)).ShouldNotBe(before);
    }

    [Fact]
    public async Task While_kintone_cannot_be_read_no_lease_is_renewed()
    {
        await using var scene = await Scene.ScanningAsync(Hearings.Simple());
        scene.Tenant.Emulator.Faults.Add(new VulnDiag.Lab.Kintone.Faults.Fault(VulnDiag.Lab.Kintone.Faults.FaultKind.HtmlPage, Times: null));
        scene.Tenant.Clock.Advance(TimeSpan.FromMinutes(3));
        var before = await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        (await File.ReadAllTextAsync(scene.Scan.Folder.AuthorizationFile, Cancel)).ShouldBe(before);
        scene.Tenant.Emulator.Faults.Clear();
    }

    /// <summary>An engagement with one scan under way.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        internal required Tenant Tenant { get; init; }

        internal required WorkerBench Bench { get; init; }

        internal required WorkerComposition Worker { get; init; }

        internal required FakeScanLauncher Launcher { get; init; }

        internal required long Record { get; init; }

        internal FakeScan Scan => Launcher.Started[0];

        internal static async Task<Scene> ScanningAsync(Newtonsoft.Json.Linq.JObject hearing)
        {
            var tenant = await Tenant.StartAsync(Cancel);
            var bench = new WorkerBench(tenant);
            var launcher = new FakeScanLauncher();
            var scene = new Scene
            {
                Tenant = tenant,
                Bench = bench,
                Launcher = launcher,
                Worker = await bench.StartAsync(launcher: launcher),
                Record = await tenant.SubmitAsync(hearing, Cancel),
            };
            for (var round = 0; round < 3; round++) await scene.RoundAsync();
            await scene.ApproveAsync();
            tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
            for (var round = 0; round < 3; round++) await scene.RoundAsync();
            launcher.Started.ShouldHaveSingleItem(await scene.StateAsync());
            return scene;
        }

        internal async Task RoundAsync() => (await Worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();

        internal Task<string> StateAsync() => Tenant.StateAsync(Record, Cancel);

        internal Task MailAsync(string from, string text) => new MaildirPost(Bench.MailFolder, Tenant.Clock).DeliverAsync(
            WorkerBench.From,
            Encoding.UTF8.GetBytes($"From: {from}\r\nTo: {WorkerBench.From}\r\nSubject: Re: x\r\nMessage-ID: <{Guid.NewGuid():N}@x.example>\r\nIn-Reply-To: <y@x.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"),
            Cancel);

        public async ValueTask DisposeAsync()
        {
            await Worker.DisposeAsync();
            Bench.Dispose();
            await Tenant.DisposeAsync();
        }

        private async Task ApproveAsync()
        {
            var read = await Tenant.ReadAsync(Record, Cancel, "coordinator");
            if (read["ベンダ回答"]!["value"] is not Newtonsoft.Json.Linq.JArray { Count: > 0 } rows) return;
            foreach (var row in rows) row["value"]!["回答"] = Hearings.Value("承認");
            await Tenant.WriteAsync("coordinator", Record, new Newtonsoft.Json.Linq.JObject { ["ベンダ回答"] = Hearings.Value(rows) }, Cancel);
            for (var round = 0; round < 3; round++) await RoundAsync();
        }
    }
}
