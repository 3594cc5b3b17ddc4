using System.Globalization;
using System.Net;
using VulnDiag.Engine;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Bench;

/// <summary>
/// All TCP ports of some hosts in one process, through the engine's own gates, logs and checkpoints: what <c>scan</c> does between
/// authorisation and identification, for several hosts at once.
/// </summary>
internal static class Sweep
{
    /// <summary>What it printed.</summary>
    internal sealed record Answer(double Seconds, long Sent, IReadOnlyDictionary<string, IReadOnlyList<int>> Open);

    public static async Task<int> RunAsync(string[] words)
    {
        var (rate, addresses) = (int.Parse(words[0], CultureInfo.InvariantCulture), words.Skip(1).Select(IPAddress.Parse).ToList());
        var time = TimeProvider.System;
        using var link = RawLink.TryOpen(addresses[0], time, out var why);
        if (link is null)
        {
            await Console.Error.WriteLineAsync(why);
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("vulndiag-bench-").FullName;
        using var signer = await AuthorizationSigner.OpenAsync(Path.Combine(folder, "key.pem"), CancellationToken.None);
        var begun = time.GetTimestamp();
        var hosts = await Task.WhenAll(addresses.Select(address => Task.Run(() => OneAsync(address, rate / addresses.Count, link, signer, folder, time))));
        Console.WriteLine(Json.Write(new Answer(time.GetElapsedTime(begun).TotalSeconds, hosts.Sum(static host => host.Sent), hosts.ToDictionary(static host => host.Address, static host => host.Open))));
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task<(string Address, IReadOnlyList<int> Open, long Sent)> OneAsync(IPAddress address, int rate, RawLink link, AuthorizationSigner signer, string folder, TimeProvider time)
    {
        var authorization = Authorize(address, rate, time.GetUtcNow());
        var file = Path.Combine(folder, $"{address}.jws");
        await LeaseFile.WriteAsync(file, signer.Sign(authorization), CancellationToken.None);
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        var lease = (await LeaseFile.OpenAsync(file, verifier, time, CancellationToken.None)).Lease!;
        using var stop = new StopSignal();
        var start = new CheckpointStart(new ScanPlan(ScanPlan.CurrentSchema, $"{address}", null, "", "-", ""), 1, time.GetUtcNow());
        await using var checkpoint = (await CheckpointFile.OpenAsync(Path.Combine(folder, $"{address}.checkpoint"), start, time, CancellationToken.None)).File!;
        await using var log = await PacketLog.OpenAsync(Path.Combine(folder, $"{address}.csv"), address, CancellationToken.None);
        using var gate = new ScanGate(lease, new TargetGuard(authorization.AllowedLabRanges), new NameGuard(new DnsHostNameResolver([]), time), stop, new PacketBudget(rate, rate, time), log, time);
        var order = PortOrder.Shuffle([.. Enumerable.Range(1, PortList.Highest)], seed: 1).ToList();
        using var io = link.Attach(address);
        await new SynScan(io, gate, checkpoint, rate, stop, static words => Console.Error.WriteLine(words), time).RunAsync(order, static _ => { }, CancellationToken.None);
        return ($"{address}", [.. checkpoint.State.Tcp.In(order, PortState.Open).Order()], gate.Count.Sent);
    }

    /// <summary>An authorisation that holds for an hour.</summary>
    internal static ScanAuthorization Authorize(IPAddress address, int rate, DateTimeOffset now) => new()
    {
        Id = $"bench-{address}",
        Address = $"{address}",
        Windows = [new AuthorizedPeriod(now.AddMinutes(-1), now.AddHours(1))],
        LeaseExpires = now.AddHours(1),
        AllowedLabRanges = ["198.18.0.0/15", "198.51.100.0/24", "127.0.0.0/8"],
        Budget = new ScanBudget(rate, rate, rate),
        ConsentHash = "bench",
        IssuedBy = "bench",
        IssuedAt = now,
    };
}
