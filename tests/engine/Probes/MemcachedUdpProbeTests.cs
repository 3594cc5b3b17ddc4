using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MemcachedUdpProbeTests
{
    private readonly MemcachedUdpProbe _probe = new();

    [Fact]
    public async Task Version_is_read_behind_the_frame()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("memcached-1.6.18-udp-version")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("memcached");
        read.Product.ShouldBe("memcached");
        read.Version.ShouldBe("1.6.18");
        read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Fixture.Bytes("memcached-1.6.18-udp-version"))[..9]))).Result.ShouldBe(ProbeResult.NoMatch);
}
