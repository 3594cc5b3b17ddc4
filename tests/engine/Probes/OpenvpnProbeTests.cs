using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class OpenvpnProbeTests
{
    private readonly OpenvpnProbe _probe = new();

    [Fact]
    public async Task The_server_s_reset_names_our_session()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Convert.FromHexString("40a1a2a3a4a5a6a7a8010000000056756c6e4469616700000000")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("openvpn");
        read.Product.ShouldBe("OpenVPN");
        read.Version.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Convert.FromHexString("40a1a2a3a4a5a6a7a8010000000056756c6e4469616700000000"))[..12]))).Result.ShouldBe(ProbeResult.NoMatch);
}
