using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class DnsProbeTests
{
    private readonly DnsProbe _probe = new();

    [Theory]
    [InlineData("bind-9.18.49-version", "bind-9.18.49-recursion", "ISC BIND", "9.18.49", FactNames.Yes)]
    [InlineData("dnsmasq-2.90-version", "dnsmasq-2.90-refused", "dnsmasq", "2.90", FactNames.No)]
    public async Task Product_version_and_recursion_are_read(string version, string recursion, string product, string number, string recursive)
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes(version)).Answers(Fixture.Bytes(recursion)))).Identification!;

        read.Service.ShouldBe("domain");
        read.Product.ShouldBe(product);
        read.Version.ShouldBe(number);
        read.Facts[FactNames.Recursion].ShouldBe(recursive);
    }

    [Fact]
    public async Task Without_an_answer_to_the_second_question_recursion_is_unknown()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("unbound-1.17.1-version")).Answers(null))).Identification!;

        read.Version.ShouldBe("1.17.1");
        read.Facts.ShouldNotContainKey(FactNames.Recursion);
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null).Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("bind-9.18.49-version")[..20]).Answers(null))).Result.ShouldBe(ProbeResult.NoMatch);

    [Fact]
    public async Task Names_that_point_at_themselves_end()
    {
        byte[] loop = [0x56, 0x44, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 16, 0, 3, 0, 0, 0, 0, 0, 2, 1, (byte)'x'];

        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(loop).Answers(null))).Identification!.Info.ShouldBe("x");
    }
}
