using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ChargenUdpProbeTests
{
    private readonly ChargenUdpProbe _probe = new();

    [Fact]
    public async Task The_ring_of_characters_is_recognised()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("openbsd-inetd-chargen")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("chargen");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Fixture.Bytes("openbsd-inetd-chargen"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
