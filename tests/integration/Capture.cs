using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>One packet that tcpdump saw leave.</summary>
internal sealed record Seen(DateTimeOffset At, IPAddress To, int Port, int Payload);

/// <summary>What leaves our end of a namespace's pair, as tcpdump sees it: a witness from outside.</summary>
internal sealed partial class Capture : IAsyncDisposable
{
    private const string TcpDump = "/usr/bin/tcpdump";

    // Sent by the witness itself at the end: what left before it has been seen when it is.
    private const int MarkerHost = 14, MarkerPort = 9;

    private readonly Process _process;
    private readonly IPAddress _marker;

    private readonly Task<IReadOnlyList<Seen>> _seen;

    private Capture(Process process, IPAddress marker)
    {
        (_process, _marker) = (process, marker);
        _seen = ReadAsync();
    }

    /// <summary>Starts it; skips the running test where tcpdump is absent.</summary>
    public static async Task<Capture> StartAsync(NetworkNamespace hosts)
    {
        if (!File.Exists(TcpDump)) Assert.Skip("Debian's tcpdump is not installed.");
        // -Q out: what leaves; -l and immediate mode: as it comes. It says on standard error when it listens.
        var process = Process.Start(new ProcessStartInfo(TcpDump, ["-i", hosts.Device, "-Q", "out", "-n", "-tt", "-q", "-l", "--immediate-mode", "-s", "128", "-B", "16384", "ip or ip6 and not icmp6"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line && !line.StartsWith("listening", StringComparison.Ordinal)) continue;
        return new Capture(process, hosts.Host(MarkerHost));
    }

    /// <summary>Ends it.</summary>
    /// <returns>Every packet, in order.</returns>
    public async Task<IReadOnlyList<Seen>> EndAsync()
    {
        using var socket = new UdpClient();
        await socket.SendAsync(new byte[1], new IPEndPoint(_marker, MarkerPort));
        var seen = await _seen.WaitAsync(TestContext.Current.CancellationToken);
        using var interrupt = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        (await _process.StandardError.ReadToEndAsync()).ShouldContain("0 packets dropped by kernel", customMessage: "the witness missed something");
        return seen;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<Seen>> ReadAsync()
    {
        var seen = new List<Seen>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Line().Match(line) is not { Success: true } match) continue;
            var packet = Read(match);
            if (packet.To.Equals(_marker)) break;
            seen.Add(packet);
        }

        return seen;
    }

    private static Seen Read(Match line) => new(
        DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(line.Groups["at"].ValueSpan, CultureInfo.InvariantCulture)),
        IPAddress.Parse(line.Groups["to"].ValueSpan),
        line.Groups["port"].Success ? int.Parse(line.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) : 0,
        int.Parse(line.Groups["payload"].ValueSpan, CultureInfo.InvariantCulture));

    // 1790000000.123456 IP 198.51.100.1.40000 > 198.51.100.2.22: tcp 0
    [GeneratedRegex(@"^(?<at>\d+\.\d+) IP6? \S+ > (?<to>(?:\d+\.){3}\d+|[0-9a-f:]+)\.(?<port>\d+): (?:tcp|UDP, length) (?<payload>\d+)")]
    private static partial Regex Line();
}
