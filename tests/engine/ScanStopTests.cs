using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>What ends a scan, how fast, and what it leaves behind.</summary>
public sealed class ScanStopTests
{
    [Fact]
    public async Task After_a_stop_no_packet_leaves_a_second_later()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.1"));
        using var worker = new Lines();
        DateTimeOffset? said = null;
        var progress = new QuietProgress
        {
            OnReport = report =>
            {
                if (said is not null || report.Stage != ScanStage.TcpPorts || report.Done < 20) return;
                said = TimeProvider.System.GetUtcNow();
                worker.Say("stop cancelled The engagement was cancelled.");
            },
        };

        var result = await ScanBench.RunAsync(bench.Request("1-60000") with { Rate = 200, StopInput = worker, Controlled = true }, progress);

        result.Complete.ShouldBeFalse();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldBe("cancelled: The engagement was cancelled.");
        result.Coverage.Tcp.Untested.ShouldBeGreaterThan(50000);
        (await bench.PacketsAsync()).Max(static packet => packet.At).ShouldBeLessThan(said!.Value.AddSeconds(1));
        File.Exists(bench.Out).ShouldBeTrue();
        File.Exists(bench.Checkpoint).ShouldBeTrue("it can be gone on from when staff resume");
    }

    [Fact]
    public async Task When_the_worker_dies_its_scan_ends_with_a_checkpoint()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.2"));
        using var worker = new Lines();
        var progress = new QuietProgress { OnReport = report => { if (report.Done > 20) worker.End(); } };

        var result = await ScanBench.RunAsync(bench.Request("1-60000") with { Rate = 200, StopInput = worker, Controlled = true }, progress);

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("worker-gone:");
    }

    [Fact]
    public async Task When_the_host_stops_the_scan_ends_with_a_checkpoint()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.3"));
        using var host = new CancellationTokenSource();
        var progress = new QuietProgress { OnReport = report => { if (report.Done > 20) host.Cancel(); } };

        var result = await ScanBench.RunAsync(bench.Request("1-60000") with { Rate = 200 }, progress, host.Token);

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("host-stopping:");
    }

    [Fact]
    public async Task At_the_windows_end_it_stops_and_in_the_next_window_it_goes_on()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var ssh = new LoopbackServer("127.4.1.4", "SSH-2.0-OpenSSH_9.2p1\r\n");
        var now = TimeProvider.System.GetUtcNow();
        var ends = now.AddSeconds(1);
        var ports = $"1-1500,{ssh.Port}";
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.4") with { Windows = [new AuthorizedPeriod(now.AddMinutes(-1), ends)] });

        var first = await ScanBench.RunAsync(bench.Request(ports) with { Rate = 500 });
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.4") with { Id = "A-2" });
        var second = await ScanBench.RunAsync(bench.Request(ports));

        first.Complete.ShouldBeFalse();
        first.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("window-closed:");
        first.Coverage.Tcp.Closed.ShouldBeGreaterThan(0);
        second.Complete.ShouldBeTrue();
        second.Started.ShouldBe(first.Started);
        second.Coverage.Tcp.ShouldBe(new TcpCoverage(1, 1500, 0, 0));
        var packets = await bench.PacketsAsync();
        packets.Where(packet => packet.At >= ends && packet.At < second.Finished.AddHours(-1)).ShouldBeEmpty();
        second.Packets.Sent.ShouldBe(packets.Sum(static packet => packet.Count), "both runs count");
        packets.Where(packet => packet.Port <= 1500).GroupBy(static packet => packet.Port).Count(static group => group.Sum(static packet => packet.Count) > 1)
            .ShouldBeLessThanOrEqualTo(15, "at most one per cent is sent again");
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_ends_the_scan_and_one_that_is_does_not()
    {
        await using var bench = await ScanBench.CreateAsync();
        var now = TimeProvider.System.GetUtcNow();
        var lease = ScanBench.Loopback("127.4.1.5") with { LeaseExpires = now.AddSeconds(2) };
        await bench.AuthorizeAsync(lease);
        var renewed = false;
        var progress = new QuietProgress
        {
            OnReport = report =>
            {
                if (renewed || report.Done < 20) return;
                renewed = true;
                bench.AuthorizeAsync(lease with { Sequence = 1, LeaseExpires = now.AddSeconds(4) }).Wait();
            },
        };

        var result = await ScanBench.RunAsync(bench.Request("1-60000") with { Rate = 300 }, progress);

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("lease-expired:");
        result.Finished.ShouldBeGreaterThanOrEqualTo(now.AddSeconds(4));
        (await bench.PacketsAsync()).Max(static packet => packet.At).ShouldBeLessThan(now.AddSeconds(4));
    }

    [Fact]
    public async Task A_kill_switch_in_a_renewal_stops_the_scan()
    {
        await using var bench = await ScanBench.CreateAsync();
        var lease = ScanBench.Loopback("127.4.1.6");
        await bench.AuthorizeAsync(lease);
        var progress = new QuietProgress
        {
            OnReport = report => { if (report.Done > 20) bench.AuthorizeAsync(lease with { Sequence = 1, KillSwitch = true }).Wait(); },
        };

        var result = await ScanBench.RunAsync(bench.Request("1-60000") with { Rate = 200 }, progress);

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("kill-switch:");
    }

    [Fact]
    public async Task When_the_host_changes_the_line_stops()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var server = new LoopbackServer("127.4.1.7", "220 one.example.jp ESMTP\r\n", port: 25);
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.7"));
        var progress = new QuietProgress { OnReport = report => { if (report.Stage == ScanStage.UdpPorts) server.Greeting = "220 other.example.jp ESMTP\r\n"; } };

        var result = await ScanBench.RunAsync(bench.Request("25-30"), progress);

        result.Complete.ShouldBeFalse();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("identity-changed:");
    }

    [Fact]
    public async Task A_host_that_changed_between_two_windows_is_not_gone_on_with()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var server = new LoopbackServer("127.4.1.8", "220 one.example.jp ESMTP\r\n", port: 25);
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.8"));
        using var worker = new Lines();
        var progress = new QuietProgress { OnReport = report => { if (report.Stage == ScanStage.TcpPorts) worker.Say("checkpoint restart x"); } };
        await ScanBench.RunAsync(bench.Request("1-2000") with { Rate = 500, StopInput = worker }, progress);
        var before = server.Connections;
        server.Greeting = "220 other.example.jp ESMTP\r\n";

        var result = await ScanBench.RunAsync(bench.Request("1-2000"));

        result.Stops[^1].Reason.ShouldStartWith("identity-changed:");
        result.Coverage.Tcp.Untested.ShouldBeGreaterThan(0);
        (server.Connections - before).ShouldBe(2, "one look and one more to be sure");
    }

    [Theory]
    [InlineData("9.9.9.9", "fqdn-mismatch:")]
    [InlineData("", "fqdn-mismatch:")]
    [InlineData(null, "fqdn-unresolved:")]
    public async Task A_name_that_does_not_point_to_the_address_stops_before_the_first_packet(string? address, string reason)
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var server = new LoopbackServer("127.4.1.9");
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.9") with { Fqdn = "www.example.jp" });

        var result = await ScanBench.RunAsync(bench.Request($"{server.Port}") with { Resolver = new PaperResolver(address) });

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith(reason);
        server.Connections.ShouldBe(0);
        (await bench.PacketsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_points_to_the_address_lets_the_scan_run()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.1.10") with { Fqdn = "www.example.jp" });

        (await ScanBench.RunAsync(bench.Request("1-50") with { Resolver = new PaperResolver("127.4.1.10") })).Complete.ShouldBeTrue();
    }

    private sealed class PaperResolver(string? address) : IHostNameResolver
    {
        public ValueTask<IReadOnlyList<IPAddress>?> ResolveAsync(string fqdn, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<IPAddress>?>(address switch { null => null, "" => [], _ => [IPAddress.Parse(address)] });
    }
}
