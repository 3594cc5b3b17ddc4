using System.Net;
using CsCheck;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Fuzz;

/// <summary>Every probe against hosts that say anything: it ends, it does not break, and what it reports is fit to print.</summary>
[Trait("Category", "Slow")]
public sealed class ProbeFuzzTests
{
    public static TheoryData<string> Probes => [.. ProbeCatalogue.All.Select(static probe => probe.Info.Id)];

    [Theory]
    [MemberData(nameof(Probes))]
    public async Task No_bytes_break_a_probe(string id)
    {
        var probe = ProbeCatalogue.All.Single(one => one.Info.Id == id);
        await Hostile.From(await SeedsOf(probe)).SampleAsync(
            async bytes =>
            {
                var outcome = await RunAsync(probe, bytes);
                outcome.Result.ShouldNotBe(ProbeResult.Broken, outcome.Reason);
                outcome.Evidence.Text.Length.ShouldBeLessThanOrEqualTo(Evidence.MaxLength);
                if (outcome.Identification is { } found) found.Cpe.ShouldAllBe(static name => name.StartsWith("cpe:2.3:") && name.Replace("\\:", "").Split(':').Length == 13);
            },
            iter: Hostile.Inputs,
            threads: 1);
    }

    /// <summary>The captured answers that are the probe's own; all of them where none is.</summary>
    private static async Task<IReadOnlyList<byte[]>> SeedsOf(IServiceProbe probe)
    {
        var own = new List<byte[]>();
        foreach (var bytes in Hostile.Captured)
        {
            if ((await RunAsync(probe, bytes)).Result == ProbeResult.Identified) own.Add(bytes);
        }

        return own.Count > 0 ? own : Hostile.Captured;
    }

    private static async Task<ProbeOutcome> RunAsync(IServiceProbe probe, byte[] bytes)
    {
        var host = new HostileTransport(bytes);
        var target = new ProbeTarget(new IPEndPoint(IPAddress.Loopback, probe.Info.Ports[0]), "www.example.jp");
        return await ProbeRunner.RunAsync(probe, new ProbeContext(target, probe.Info, host, host, ProbeLimits.Default, TimeProvider.System), CancellationToken.None);
    }
}
