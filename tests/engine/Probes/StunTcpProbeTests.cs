using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class StunTcpProbeTests
{
    private readonly StunTcpProbe _probe = new();

    [Fact]
    public async Task The_software_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => Server(delivery, Fixture.Bytes("coturn-4.6.1-binding")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("stun");
            read.Product.ShouldBe("Coturn");
            read.Version.ShouldBe("4.6.1");
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream { CutAfter = 15 }.Hears().Says(Fixture.Bytes("coturn-4.6.1-binding")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
