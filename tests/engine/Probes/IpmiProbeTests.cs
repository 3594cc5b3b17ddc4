using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class IpmiProbeTests
{
    private readonly IpmiProbe _probe = new();

    [Fact]
    public async Task The_pong_is_recognised()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Convert.FromHexString("0600ff06000011be40000010000011be000000008100000000000000")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("asf-rmcp");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Convert.FromHexString("0600ff06000011be40000010000011be000000008100000000000000"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
