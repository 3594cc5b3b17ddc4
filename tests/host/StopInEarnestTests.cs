using System.Globalization;
using System.Net;
using Newtonsoft.Json.Linq;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Scans;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>A scan as a child process that sends packets to loopback, stopped in its midst. The packet log and the scanned ports themselves tell when the last one came.</summary>
/// <remarks>Source: SPEC "When a packet may leave" (no packet later than 10 s after the worker has seen the stop).</remarks>
[Trait("Category", "Slow")]
public sealed class StopInEarnestTests
{
    private const string Address = "127.10.200.1";
    private const int FirstPort = 31000;
    private const int Ports = 400;

    /// <summary>At this rate the ports last for well over a minute: a scan that ends sooner was stopped.</summary>
    private const int PacketsPerSecond = 5;

    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task After_a_cancellation_no_packet_leaves() => StopsAsync(Hearings.Simple(Address), static scene => scene.Tenant.PressAsync("coordinator", scene.Record, "中止", Cancel));

    [Fact]
    public Task After_a_suspension_no_packet_leaves() => StopsAsync(
        Hearings.Simple(Address),
        static scene => scene.Tenant.PressAsync("coordinator", scene.Record, "中断", Cancel, new JObject { ["中断・中止理由"] = Hearings.Value("試験のため") }));

    [Fact]
    public Task After_the_kill_switch_no_packet_leaves() => StopsAsync(Hearings.Simple(Address), static scene => File.WriteAllTextAsync(Path.Combine(scene.Bench.Folder, "kill-switch"), "", Cancel));

    [Fact]
    public Task After_a_STOP_mail_no_packet_leaves() => StopsAsync(Hearings.WithVendor(Address), static scene => scene.MailAsync("support@vendor.example", "中止してください"));

    private static async Task StopsAsync(JObject hearing, Func<ScanScene, Task> stop)
    {
        await using var scene = await ScanScene.BeforeScanAsync(hearing, new ScanOptions
        {
            PacketsPerSecondPerHost = PacketsPerSecond,
            PacketsPerSecond = PacketsPerSecond * 4,
            TcpPorts = $"{FirstPort}-{FirstPort + Ports - 1}",
            UdpPorts = "53",
            AllowedLabRanges = ["127.0.0.0/8"],
            SourceAddresses = ["127.0.0.1"],
            KillSwitchFile = "kill-switch",
        });
        await using var target = Doorbells.At(IPAddress.Parse(Address), FirstPort, Ports, enough: 20, scene.Tenant.Clock);
        await scene.RoundsAsync(3);
        await target.Busy.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);

        await stop(scene);
        var seen = scene.Tenant.Clock.GetUtcNow();
        // The inbox is read at the end of a round, and what it says is acted on in the next.
        await scene.RoundsAsync(2);

        scene.Worker.Get<ScanSupervisor>().Engagements.ShouldBeEmpty();
        var result = Directory.EnumerateFiles(scene.Bench.Folder, "result.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        using var free = ScanHold.TryTake(result);
        free.ShouldNotBeNull("the scan has ended, so that nothing can follow");
        target.Rung.Max().ShouldBeLessThan(seen + StoppedWithin);
        target.Rung.Count.ShouldBeLessThan(Ports);
        var logged = File.ReadLines($"{result}.packets.csv").Skip(1).Select(static line => DateTimeOffset.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)).ToList();
        logged.Count.ShouldBeGreaterThanOrEqualTo(20);
        logged.Max().ShouldBeLessThan(seen + StoppedWithin);
    }
}
