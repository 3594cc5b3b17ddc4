using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>A scan killed at any moment and started again gives the result of one that ran through.</summary>
public sealed class ScanResumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_at_any_moment_it_ends_with_the_same_result(int seed)
    {
        var address = $"127.4.3.{seed}";
        await using var ssh = new LoopbackServer(address, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n");
        await using var dropbear = new LoopbackServer(address, "SSH-2.0-dropbear_2022.83\r\n");
        var ports = $"1-3000,{ssh.Port},{dropbear.Port}";
        await using var through = await ScanBench.CreateAsync();
        await through.AuthorizeAsync(ScanBench.Loopback(address));
        var expected = await ScanBench.RunAsync(through.Request(ports));

        // What a kill -9 leaves is what the kernel was handed: a copy of the file at that moment.
        await using var killed = await ScanBench.CreateAsync();
        await killed.AuthorizeAsync(ScanBench.Loopback(address));
        var left = new List<byte[]>();
        var progress = new QuietProgress { OnReport = _ => left.Add(File.Exists(killed.Checkpoint) ? File.ReadAllBytes(killed.Checkpoint) : []) };
        await ScanBench.RunAsync(killed.Request(ports) with { Rate = 2500 }, progress);
        left.Count.ShouldBeGreaterThan(5);

        var random = new Random(seed);
        foreach (var moment in left.OrderBy(_ => random.Next()).Take(4))
        {
            await File.WriteAllBytesAsync(killed.Checkpoint, moment[..(moment.Length - random.Next(Math.Min(moment.Length + 1, 40)))]);
            var resumed = await ScanBench.RunAsync(killed.Request(ports));
            Comparable(resumed).ShouldBe(Comparable(expected));
        }
    }

    private static string Comparable(ScanResult result) => Json.WriteIndented(result with
    {
        Started = default,
        Finished = default,
        Packets = new PacketCount(0, 0),
    });
}
