using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class StunProbeTests
{
    private readonly StunProbe _probe = new();

    [Fact]
    public async Task The_software_is_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("coturn-4.6.1-binding")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("stun");
        read.Product.ShouldBe("Coturn");
        read.Version.ShouldBe("4.6.1");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("coturn-4.6.1-binding")[..15]))).Result.ShouldBe(ProbeResult.NoMatch);
}
