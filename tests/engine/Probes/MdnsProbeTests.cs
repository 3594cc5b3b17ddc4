using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MdnsProbeTests
{
    private readonly MdnsProbe _probe = new();

    [Fact]
    public async Task Services_are_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Convert.FromHexString("564484000000000100000000095f7365727669636573075f646e732d7364045f756470056c6f63616c00000c00010000000a0011045f697070045f746370056c6f63616c00")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("mdns");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
        read.Info.ShouldBe("_ipp._tcp.local");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Convert.FromHexString("564484000000000100000000095f7365727669636573075f646e732d7364045f756470056c6f63616c00000c00010000000a0011045f697070045f746370056c6f63616c00"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
