using VulnDiag.Engine;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>Raw scans of hosts whose firewall rules are the truth, in a namespace of the test's own.</summary>
[Trait("Category", "Slow")]
[Collection("network namespace")]
public sealed class RawPortScanTests : IDisposable
{
    private readonly NetworkNamespace _hosts = NetworkNamespace.MakeOrSkip();
    private readonly NamespaceScan _scan = new();

    public void Dispose()
    {
        _scan.Dispose();
        _hosts.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dropped_refused_closed_and_open_ports_are_told_apart(bool v6)
    {
        var host = v6 ? _hosts.Host6(2) : _hosts.Host(2);
        _hosts.Filter("""
            table inet t { chain in { type filter hook input priority 0; policy accept;
              tcp dport 1000-1099 drop
              meta nfproto ipv4 tcp dport 1100-1104 reject with icmp type admin-prohibited
              meta nfproto ipv6 tcp dport 1100-1104 reject with icmpv6 type admin-prohibited
              }
            }
            """);
        using var server = _hosts.Start("python3", "-u", "-m", "http.server", "1500", "--bind", $"{host}", "--directory", "/usr/share/doc");
        await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        var result = await NamespaceScan.RunAsync(await _scan.AuthorizeAsync(host, "1-3000", 50_000));

        result.Method.ShouldBe("syn");
        (result.Coverage.Tcp.Open, result.Coverage.Tcp.Closed, result.Coverage.Tcp.Filtered).ShouldBe((1, 2894, 105));
        result.Ports.ShouldHaveSingleItem().Port.ShouldBe(1500);
    }

    [Fact]
    public async Task A_host_that_drops_SYNs_over_500_a_second_loses_no_port()
    {
        _hosts.Filter("""
            table inet t { chain in { type filter hook input priority 0; policy accept;
              tcp flags & (syn | ack) == syn limit rate over 500/second burst 100 packets drop
              }
            }
            """);

        var result = await NamespaceScan.RunAsync(await _scan.AuthorizeAsync(_hosts.Host(2), "1-6000", 50_000));

        (result.Coverage.Tcp.Closed, result.Coverage.Tcp.Filtered).ShouldBe((6000, 0));
        result.Packets.Sent.ShouldBeLessThan(9000);
    }

    [Fact]
    public async Task Loopback_is_scanned_by_raw_packets_too()
    {
        var request = await _scan.AuthorizeAsync(System.Net.IPAddress.Parse("127.6.2.1"), "1-2000", 50_000, static authorization => authorization with { AllowedLabRanges = ["127.0.0.0/8"] });

        var result = await NamespaceScan.RunAsync(request with { AllowedLabRanges = ["127.0.0.0/8"] });

        (result.Method, result.Coverage.Tcp.Untested, result.Coverage.Tcp.Filtered).ShouldBe(("syn", 0, 0));
    }

    [Fact]
    public async Task A_scan_that_may_not_send_raw_packets_connects_and_says_so()
    {
        var result = await NamespaceScan.RunAsync(await _scan.AuthorizeAsync(_hosts.Host(2), "1-100", 5000) with { RawPackets = false });

        (result.Method, result.Coverage.Tcp.Closed).ShouldBe(("connect", 100));
    }
}
