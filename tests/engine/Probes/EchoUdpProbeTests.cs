using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class EchoUdpProbeTests
{
    private readonly EchoUdpProbe _probe = new();

    [Fact]
    public async Task Our_words_come_back()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(EchoProbe.Words))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("echo");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((EchoProbe.Words)[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
