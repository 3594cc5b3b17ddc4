using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class NtpProbeTests
{
    private readonly NtpProbe _probe = new();

    [Fact]
    public async Task A_server_that_gives_the_time_only_has_no_product()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("chrony-4.3-client")).Answers(null))).Identification!;

        read.Service.ShouldBe("ntp");
        read.Product.ShouldBeNull();
        read.Facts["stratum"].ShouldBe("8");
        read.Facts["readVariables"].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task Ntpd_tells_its_version()
    {
        // Form of the answer: RFC 9327 section 4; text as ntpd 4.2.8p15 of Debian 11 words it.
        var text = "version=\"ntpd 4.2.8p15@1.3728-o Wed Sep 23 11:46:38 UTC 2020 (1)\", processor=\"x86_64\", system=\"Linux/5.10.0\", leap=0"u8.ToArray();
        byte[] answer = [0x16, 0x82, 0, 1, 6, 0x15, 0, 0, 0, 0, 0, (byte)text.Length, .. text];

        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null).Answers(answer))).Identification!;

        read.Product.ShouldBe("ntpd");
        read.Version.ShouldBe("4.2.8p15");
        read.Info.ShouldBe("Linux/5.10.0");
        read.Cpe.ShouldBe(["cpe:2.3:a:ntp:ntp:4.2.8:p15:*:*:*:*:*:*"]);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("chrony-4.3-client")[..20]).Answers(Encoding.ASCII.GetBytes("x")))).Result.ShouldBe(ProbeResult.NoMatch);
}
