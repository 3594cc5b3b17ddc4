using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class DnsTcpProbeTests
{
    private readonly DnsTcpProbe _probe = new();

    [Fact]
    public async Task BIND_is_named()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Hears("bind").Says(Fixture.Bytes("bind-9.18.49-tcp-version")).Hears().Says(Fixture.Bytes("bind-9.18.49-tcp-recursion"))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Product.ShouldBe("ISC BIND");
            outcome.Identification.Version.ShouldBe("9.18.49");
            outcome.Identification.Info.ShouldBe("1~deb12u3-Debian");
            outcome.Identification.Facts[FactNames.Recursion].ShouldBe(FactNames.Yes);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 10 }.Hears().Says(Fixture.Bytes("bind-9.18.49-tcp-version")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
