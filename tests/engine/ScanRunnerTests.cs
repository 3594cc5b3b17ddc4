using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

public sealed class ScanRunnerTests
{
    [Fact]
    public async Task Open_ports_are_found_named_and_counted()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var ssh = new LoopbackServer("127.4.0.1", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n");
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.0.1"));

        var result = await ScanBench.RunAsync(bench.Request($"1-200,{ssh.Port}"));

        result.Complete.ShouldBeTrue(string.Join('\n', result.Stops.Select(static stop => stop.Reason)));
        result.Coverage.Tcp.ShouldBe(new TcpCoverage(1, 200, 0, 0));
        var port = result.Ports.ShouldHaveSingleItem();
        port.Port.ShouldBe(ssh.Port);
        (port.Service, port.Product, port.Version, port.Info).ShouldBe(("ssh", "OpenSSH", "9.2p1", "Debian 2+deb12u10"));
        Json.Read<ScanResult>(await File.ReadAllTextAsync(bench.Out)).Ports.Count.ShouldBe(1);
        File.Exists(bench.Checkpoint).ShouldBeFalse("a finished scan leaves no checkpoint");
    }

    [Fact]
    public async Task An_ipv6_address_is_scanned_alike()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var ssh = new LoopbackServer("::1", "SSH-2.0-dropbear_2022.83\r\n");
        await bench.AuthorizeAsync(ScanBench.Loopback("::1") with { AllowedLabRanges = ["::1/128"] });

        var result = await ScanBench.RunAsync(bench.Request($"{ssh.Port}") with { AllowedLabRanges = ["::1"] });

        result.Complete.ShouldBeTrue();
        result.Target.Address.ShouldBe("::1");
        result.SourceAddresses.ShouldBe(["::1"]);
        result.Ports.ShouldHaveSingleItem().Product.ShouldBe("Dropbear SSH");
    }

    [Fact]
    public async Task A_source_of_findings_that_breaks_costs_no_result()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var ssh = new LoopbackServer("127.4.0.4", "SSH-2.0-dropbear_2022.83\r\n");
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.0.4"));

        var result = await ScanBench.RunAsync(bench.Request($"{ssh.Port}") with { FindingSources = [new BrokenSource()] });

        result.Complete.ShouldBeTrue();
        result.Versions["broken"].ShouldBe("1");
        result.NotExamined.ShouldContain(static missed => missed.What == "broken" && missed.Reason.Contains("No such table"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task All_65535_ports_add_up_and_take_seconds_at_a_raised_rate()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var first = new LoopbackServer("127.4.0.2", "SSH-2.0-OpenSSH_9.2p1\r\n");
        await using var second = new LoopbackServer("127.4.0.2", "SSH-2.0-dropbear_2022.83\r\n");
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.0.2"));
        var begun = TimeProvider.System.GetTimestamp();

        var stages = new Dictionary<ScanStage, TimeSpan>();
        var progress = new QuietProgress { OnReport = report => stages.TryAdd(report.Stage, TimeProvider.System.GetElapsedTime(begun)) };

        var result = await ScanBench.RunAsync(bench.Request("-"), progress);

        var taken = TimeProvider.System.GetElapsedTime(begun);
        TestContext.Current.TestOutputHelper!.WriteLine($"65,535 ports in {taken.TotalSeconds:0.0} s, {result.Packets.Sent} packets; stages began at {string.Join(", ", stages.Select(static stage => $"{stage.Key} {stage.Value.TotalSeconds:0.0} s"))}");
        // Other listeners of this machine may be bound to every address.
        result.Ports.Select(static port => port.Port).ShouldContain(first.Port);
        result.Ports.Select(static port => port.Port).ShouldContain(second.Port);
        var tcp = result.Coverage.Tcp;
        (tcp.Open + tcp.Closed + tcp.Filtered + tcp.Untested).ShouldBe(65535);
        tcp.Untested.ShouldBe(0);
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private sealed class BrokenSource : IFindingSource
    {
        public KeyValuePair<string, string> Version => new("broken", "1");

        public ValueTask<FindingAnswer> FindAsync(PortResult port, CancellationToken cancellationToken) => throw new InvalidOperationException("No such table.");
    }
}
