using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SipProbeTests
{
    private readonly SipProbe _probe = new();

    [Fact]
    public async Task A_telephone_system_is_named()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Encoding.Latin1.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP scanner.invalid\r\nCSeq: 1 OPTIONS\r\nServer: Asterisk PBX 16.28.0~dfsg-0+deb11u3\r\nContent-Length: 0\r\n\r\n")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("sip");
        read.Product.ShouldBe("Asterisk");
        read.Version.ShouldBe("16.28.0");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Encoding.Latin1.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP scanner.invalid\r\nCSeq: 1 OPTIONS\r\nServer: Asterisk PBX 16.28.0~dfsg-0+deb11u3\r\nContent-Length: 0\r\n\r\n"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
