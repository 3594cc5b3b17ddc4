using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class TftpProbeTests
{
    private readonly TftpProbe _probe = new();

    [Fact]
    public async Task A_refusal_shows_the_service()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("tftpd-hpa-5.2-not-found")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("tftp");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
        read.Info.ShouldBe("File not found");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Fixture.Bytes("tftpd-hpa-5.2-not-found"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
