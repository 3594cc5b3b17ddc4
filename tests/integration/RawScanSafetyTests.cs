using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>What leaves the machine during raw scans, seen by tcpdump on the way to hosts in a namespace of the test's own.</summary>
[Trait("Category", "Slow")]
[Collection("network namespace")]
public sealed class RawScanSafetyTests : IDisposable
{
    private readonly NetworkNamespace _hosts = NetworkNamespace.MakeOrSkip();
    private readonly NamespaceScan _scan = new();

    public void Dispose()
    {
        _scan.Dispose();
        _hosts.Dispose();
    }

    [Fact]
    public async Task Packets_go_to_the_authorised_address_alone_and_no_second_holds_more_than_the_budget()
    {
        const int Rate = 400;
        var request = await _scan.AuthorizeAsync(_hosts.Host(2), "1-1500", Rate);
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request);

        var packets = await capture.EndAsync();
        (result.Method, result.Complete).ShouldBe(("syn", true));
        packets.Select(static packet => packet.To).Distinct().ShouldBe([_hosts.Host(2)]);
        packets.Select(static packet => packet.Port).Where(static port => port > 1500).ShouldBeEmpty();
        BusiestSecond(packets).ShouldBeLessThanOrEqualTo(Rate);
        packets.Count.ShouldBe((int)result.Packets.Sent, "what is counted is what left");
    }

    [Fact]
    public async Task An_excluded_address_gets_no_packet()
    {
        var request = await _scan.AuthorizeAsync(_hosts.Host(3), "1-100", 1000, authorization => authorization with { Exclusions = [$"{_hosts.Host(3)}/32"] });
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request);

        (await capture.EndAsync()).ShouldBeEmpty();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("address-excluded");
    }

    [Fact]
    public async Task After_the_window_nothing_leaves()
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(8);
        var request = await _scan.AuthorizeAsync(_hosts.Host(2), "-", 1000, authorization => authorization with { Windows = [new AuthorizedPeriod(end.AddMinutes(-1), end)] });
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request);

        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var packets = await capture.EndAsync();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("window-closed");
        packets.Count.ShouldBeGreaterThan(100);
        packets.Max(static packet => packet.At).ShouldBeLessThan(end.AddMilliseconds(100), "a burst that was let go an instant before may still be on its way");
    }

    [Fact]
    public async Task After_a_stop_nothing_leaves()
    {
        var request = await _scan.AuthorizeAsync(_hosts.Host(2), "-", 1000);
        using var stop = new LateLine("stop cancel the hospital said so", TimeSpan.FromSeconds(3));
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request with { StopInput = stop });

        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var packets = await capture.EndAsync();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("cancel");
        packets.Count.ShouldBeGreaterThan(100);
        // The law is ten seconds; we hold one.
        packets.Max(static packet => packet.At).ShouldBeLessThan(stop.SaidAt!.Value.AddSeconds(1));
    }

    [Fact]
    public async Task Ports_that_are_only_listened_to_get_no_byte()
    {
        using var printer = await ServeAsync(_hosts.Host(2), 9100);
        using var web = await ServeAsync(_hosts.Host(2), 80);
        var request = await _scan.AuthorizeAsync(_hosts.Host(2), "80,9100", 1000);
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request);

        var packets = await capture.EndAsync();
        result.Ports.Select(static port => port.Port).ShouldBe([80, 9100]);
        packets.Where(static packet => packet.Port == 9100).Sum(static packet => packet.Payload).ShouldBe(0);
        packets.Where(static packet => packet.Port == 80).Sum(static packet => packet.Payload).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Another_host_behind_the_address_is_not_scanned_on()
    {
        var first = await GreetAsync(_hosts.Host(2), 21, "220 the first host");
        using var stop = new LateLine("checkpoint pause later", TimeSpan.FromSeconds(3));
        var request = await _scan.AuthorizeAsync(_hosts.Host(2), "-", 500);
        await NamespaceScan.RunAsync(request with { StopInput = stop });
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var second = await GreetAsync(_hosts.Host(2), 21, "220 another host");
        await using var capture = await Capture.StartAsync(_hosts);

        var result = await NamespaceScan.RunAsync(request);

        var packets = await capture.EndAsync();
        result.Stops[^1].Reason.ShouldStartWith("identity-changed");
        packets.Select(static packet => packet.Port).Distinct().ShouldBe([21]);
    }

    private static int BusiestSecond(IReadOnlyList<Seen> packets)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < packets.Count; last++)
        {
            while (packets[last].At - packets[first].At >= TimeSpan.FromSeconds(1)) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private Task<System.Diagnostics.Process> ServeAsync(IPAddress address, int port) => StartedAsync("python3", "-u", "-m", "http.server", $"{port}", "--bind", $"{address}", "--directory", "/var/empty");

    private Task<System.Diagnostics.Process> GreetAsync(IPAddress address, int port, string greeting) => StartedAsync("python3", "-u", "-c", $$"""
        import socket
        server = socket.create_server(("{{address}}", {{port}}))
        print("Serving")
        while True:
            peer, _ = server.accept()
            try:
                peer.sendall(b"{{greeting}}\r\n")
                peer.close()
            except OSError:
                pass
        """);

    private async Task<System.Diagnostics.Process> StartedAsync(params string[] words)
    {
        Directory.CreateDirectory("/var/empty");
        var process = _hosts.Start(words);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldStartWith("Serving", customMessage: "python3 is needed");
        return process;
    }

    /// <summary>A line that is said after a while; then nothing.</summary>
    private sealed class LateLine(string line, TimeSpan after) : TextReader
    {
        public DateTimeOffset? SaidAt { get; private set; }

        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(SaidAt is null ? after : Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            SaidAt = TimeProvider.System.GetUtcNow();
            return line;
        }
    }
}
