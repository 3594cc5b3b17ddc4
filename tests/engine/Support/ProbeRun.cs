using System.Net;
using CsCheck;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>Runs one probe against replayed servers.</summary>
internal static class ProbeRun
{
    /// <summary>Short waits: a replayed server answers at once or never.</summary>
    public static ProbeLimits Limits { get; } = new(
        TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(2), 64 * 1024);

    public static ProbeContext Context(ProbeInfo info, IProbeTransport transport, int? port = null, TlsFacts? tls = null, string? fqdn = null, OpenGate? gate = null) => new(
        new ProbeTarget(new IPEndPoint(IPAddress.Parse("192.0.2.10"), port ?? info.Ports[0]), fqdn) { Tls = tls },
        info,
        transport,
        gate ?? new OpenGate(),
        Limits,
        TimeProvider.System);

    /// <summary>Runs the probe; what is left to throw becomes an outcome, as in a scan.</summary>
    public static async Task<ProbeOutcome> RunAsync(IServiceProbe probe, ReplayTransport transport, int? port = null, TlsFacts? tls = null, string? fqdn = null) =>
        await ProbeRunner.RunAsync(probe, Context(probe.Info, transport, port, tls, fqdn), CancellationToken.None);

    /// <summary>The same conversation in every way that TCP may deliver it: whole, line by line, byte by byte.</summary>
    public static async Task<IReadOnlyList<ProbeOutcome>> EveryDeliveryAsync(IServiceProbe probe, Func<Delivery, ReplayTransport> script, int? port = null)
    {
        var outcomes = new List<ProbeOutcome>();
        foreach (var delivery in Enum.GetValues<Delivery>()) outcomes.Add(await RunAsync(probe, script(delivery), port));
        return outcomes;
    }

    /// <summary>Any bytes from the server end in an outcome other than <see cref="ProbeResult.Broken"/>.</summary>
    public static async Task SurvivesAnyBytesAsync(IServiceProbe probe, long iterations = 200)
    {
        await Gen.Byte.Array[0, 300].SampleAsync(
            async bytes =>
            {
                var transport = new ReplayTransport();
                for (var i = 0; i < 8; i++) _ = probe.Info.Transport == Transport.Tcp ? transport.Then(() => new ReplayStream().Says(bytes)) : transport.Answers(bytes);
                var outcome = await RunAsync(probe, transport);
                outcome.Result.ShouldNotBe(ProbeResult.Broken, outcome.Reason);
            },
            iter: iterations,
            threads: 1);
    }
}
