using System.Diagnostics;
using VulnDiag.Engine.Packets;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>kill -9 on the command <c>scan</c> while it sends raw packets: the same command again ends with what an uninterrupted scan finds.</summary>
[Trait("Category", "Slow")]
[Collection("network namespace")]
public sealed class KilledScanTests : IDisposable
{
    private const int AllPorts = 65535, Kills = 2;
    private const string Banner = "import socket;s=socket.create_server(('{0}',1500));print('up',flush=True)\nwhile True: c=s.accept()[0];c.sendall(b'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\\r\\n');c.close()";

    private readonly NetworkNamespace _hosts = NetworkNamespace.MakeOrSkip();
    private readonly NamespaceScan _scan = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scan.Dispose();
        _hosts.Dispose();
    }

    [Fact]
    public async Task Killed_twice_it_finds_the_same_and_repeats_less_than_a_hundredth_each_time()
    {
        var host = _hosts.Host(2);
        _hosts.Filter("""
            table inet t { chain in { type filter hook input priority 0; policy accept;
              tcp dport 20000-20299 drop
              tcp dport 1100-1104 reject with icmp type admin-prohibited
              }
            }
            """);
        using var server = _hosts.Start("python3", "-c", Banner.Replace("{0}", $"{host}", StringComparison.Ordinal));
        await server.StandardOutput.ReadLineAsync(Ct);
        await _scan.AuthorizeAsync(host, "-", 50_000);
        using (var through = Start("through.json")) await EndAsync(through);

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var scan = Start("killed.json");
            await UntilSentAsync("killed.json", kill * AllPorts / (Kills + 1));
            scan.Kill();
            await scan.WaitForExitAsync(Ct);
        }

        using (var last = Start("killed.json")) await EndAsync(last);

        var (expected, result) = (await ReadAsync("through.json"), await ReadAsync("killed.json"));
        Comparable(result).ShouldBe(Comparable(expected));
        (result.Method, result.Complete, result.Coverage.Tcp).ShouldBe(("syn", true, new TcpCoverage(1, AllPorts - 306, 305, 0)));
        (await RepeatedAsync("killed.json") - await RepeatedAsync("through.json")).ShouldBeLessThanOrEqualTo(Kills * AllPorts / 100);
    }

    private Process Start(string name)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker"),
            ["scan", "--authorization", _scan.In("authorization.jws"), "--out", _scan.In(name), "--ports", "-", "--udp-ports", ""]) { RedirectStandardOutput = true, RedirectStandardError = true };
        for (var i = 0; i < NetworkNamespace.Ranges.Count; i++) start.Environment[$"VULNDIAG__Scan__AllowedLabRanges__{i}"] = NetworkNamespace.Ranges[i];
        start.Environment["VULNDIAG__Signing__KeyFile"] = _scan.In("key.pem");
        start.Environment["VULNDIAG__Store__Folder"] = _scan.In("data");
        start.Environment["VULNDIAG__VulnDb__Database"] = _scan.In("vulndb.sqlite");
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process scan)
    {
        await scan.WaitForExitAsync(Ct);
        scan.ExitCode.ShouldBe(0);
    }

    /// <summary>Waits until the packet log has grown by so many rows.</summary>
    private async Task UntilSentAsync(string name, int rows)
    {
        var log = name + ".packets.csv";
        var grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(_scan.In(log))!, log) { NotifyFilter = NotifyFilters.Size };
        watcher.Changed += (_, _) =>
        {
            if (File.ReadLines(_scan.In(log)).Count() > rows) grown.TrySetResult();
        };
        watcher.EnableRaisingEvents = true;
        await grown.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);
    }

    /// <summary>Packets beyond the first to ports that are closed: nothing else than a scan's probe goes there.</summary>
    private async Task<int> RepeatedAsync(string name) =>
        (await PacketLog.FindAsync(_scan.In(name + ".packets.csv"), TimeProvider.System.GetUtcNow(), port: null, TimeSpan.FromHours(1), Ct))
        .Where(static entry => entry.Port is not (1500 or (>= 20000 and < 20300) or (>= 1100 and < 1105)))
        .GroupBy(static entry => entry.Port).Sum(static port => port.Sum(static entry => entry.Count) - 1);

    private async Task<ScanResult> ReadAsync(string name) => Json.Read<ScanResult>(await File.ReadAllTextAsync(_scan.In(name), Ct));

    private static string Comparable(ScanResult result) => Json.WriteIndented(result with { Started = default, Finished = default, Seed = 0, Packets = new PacketCount(0, 0) });
}
