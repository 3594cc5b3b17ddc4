using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>UDP ports of a Linux host that sends few ICMP errors a second, in a namespace of the test's own.</summary>
[Trait("Category", "Slow")]
[Collection("network namespace")]
public sealed class UdpPortScanTests : IDisposable
{
    // Some hundred ports would take two minutes at Linux's default of 1000 ms.
    private const string MillisecondsPerError = "25";
    private const string Answering = "import socket,sys;s=socket.socket(int(sys.argv[1]),socket.SOCK_DGRAM);s.bind((sys.argv[2],2040));print('up',flush=True)\nwhile True: s.sendto(b'hello',s.recvfrom(99)[1])";

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
    public async Task Closed_silent_refused_and_open_ports_are_told_apart_at_the_pace_of_the_host(bool v6)
    {
        var host = v6 ? _hosts.Host6(2) : _hosts.Host(2);
        _hosts.Run("sysctl", "-w", $"net.ipv4.icmp_ratelimit={MillisecondsPerError}", $"net.ipv6.icmp.ratelimit={MillisecondsPerError}");
        _hosts.Filter("""
            table inet t { chain in { type filter hook input priority 0; policy accept;
              udp dport 2010 drop
              meta nfproto ipv4 udp dport 2030 reject with icmp type admin-prohibited
              meta nfproto ipv6 udp dport 2030 reject with icmpv6 type admin-prohibited
              }
            }
            """);
        using var server = _hosts.Start("python3", "-c", Answering, v6 ? "10" : "2", $"{host}");
        await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        var result = await NamespaceScan.RunAsync(await _scan.AuthorizeAsync(host, "", 5000) with { UdpPorts = "2001-2120" });

        result.Coverage.Udp.ShouldBe(new UdpCoverage(Open: 1, Closed: 117, OpenOrFiltered: 2, Untested: 0, Unresolved: 0));
        result.Ports.Select(static port => (port.Port, port.State)).ShouldBe([(2010, PortResult.OpenOrFiltered), (2040, PortResult.Open)]);
        result.Complete.ShouldBeTrue();
    }
}
