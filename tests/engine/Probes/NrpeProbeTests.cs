using System.Text;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class NrpeProbeTests
{
    private readonly NrpeProbe _probe = new();

    [Fact]
    public async Task The_version_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(Fixture.Bytes("nrpe-4.1.0-version"))));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            (read.Service, read.Product, read.Version).ShouldBe(("nrpe", "NRPE", "4.1.0"));
            read.Cpe.ShouldBe(["cpe:2.3:a:nagios:remote_plug_in_executor:4.1.0:*:*:*:*:*:*:*"]);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    public async Task An_answer_that_its_checksum_does_not_bear_out_is_no_match(int spoilt)
    {
        var answer = Fixture.Bytes("nrpe-4.1.0-version");
        answer[spoilt] ^= 1;
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(answer));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream { CutAfter = 200 }.Hears().Says(Fixture.Bytes("nrpe-4.1.0-version")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    // The check value that catalogues of CRCs give for CRC-32/ISO-HDLC.
    [Fact]
    public void The_checksum_is_the_known_one() => Crc32.Of(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xcbf43926);
}
