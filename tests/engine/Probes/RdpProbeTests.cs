using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class RdpProbeTests
{
    private readonly RdpProbe _probe = new();

    [Fact]
    public async Task Xrdp_is_inferred_and_asks_for_no_name_first()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => WithoutTls(new ReplayTransport().Then(() => Server(delivery)).Then(() => Server(delivery))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("ms-wbt-server");
            outcome.Identification.Product.ShouldBe("xrdp");
            outcome.Identification.Confidence.ShouldBeLessThan(70);
            outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task A_server_that_insists_on_network_level_authentication_is_believed()
    {
        // MS-RDPBCGR 2.2.1.2.1 and 2.2.1.2.2: response with PROTOCOL_HYBRID; failure 5, HYBRID_REQUIRED_BY_SERVER.
        var transport = WithoutTls(new ReplayTransport()
            .Then(() => new ReplayStream().Hears().Says(Convert.FromHexString("030000130ed000001234000209080002000000")))
            .Then(() => new ReplayStream().Hears().Says(Convert.FromHexString("030000130ed000001234000300080005000000"))));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification!;

        read.Product.ShouldBe("Microsoft Terminal Services");
        read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 12 }.Hears().Says(Fixture.Bytes("xrdp-0.9.21-tls")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    private static ReplayStream Server(Delivery delivery) => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(Fixture.Bytes("xrdp-0.9.21-tls"));

    private static ReplayTransport WithoutTls(ReplayTransport transport)
    {
        for (var i = 0; i < 3; i++) _ = transport.Then(() => new ReplayStream());
        return transport;
    }
}
