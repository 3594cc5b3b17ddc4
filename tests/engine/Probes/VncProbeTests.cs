using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class VncProbeTests
{
    private readonly VncProbe _probe = new();

    [Fact]
    public async Task TigerVNC_without_a_password_is_named()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport()
            .Then(() => new ReplayStream { Delivery = delivery, Silent = true }.Says(Fixture.Bytes("tigervnc-1.12.0-greeting")).Hears("RFB").Says(Fixture.Bytes("tigervnc-1.12.0-types-none")))
            .Then(() => new ReplayStream { Delivery = delivery }.Says(Fixture.Bytes("tigervnc-1.12.0-greeting")).Hears("002.000").Says(Fixture.Bytes("tigervnc-1.12.0-version-refused"))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("vnc");
            outcome.Identification.Product.ShouldBe("TigerVNC");
            outcome.Identification.Info.ShouldBe("protocol 3.8");
            outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Theory]
    [InlineData("RFB 003.008\n", new byte[] { 1, 2 }, FactNames.Yes)]
    [InlineData("RFB 003.003\n", new byte[] { 0, 0, 0, 1 }, FactNames.No)]
    [InlineData("RFB 003.003\n", new byte[] { 0, 0, 0, 2 }, FactNames.Yes)]
    public async Task Security_types_are_read_in_both_forms(string greeting, byte[] types, string expected)
    {
        // RFC 6143 section 7.1.2 and appendix A (version 3.3: the server decides).
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }.Says(greeting).Hears().Says(types)).Then(() => new ReplayStream());

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.AuthRequired].ShouldBe(expected);
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 7 }.Says(Fixture.Bytes("tigervnc-1.12.0-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
