using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class RpcbindProbeTests
{
    private readonly RpcbindProbe _probe = new();

    [Fact]
    public async Task Programs_are_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Fixture.Bytes("rpcbind-1.2.6-tcp-dump")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("rpcbind");
            read.Product.ShouldBe("rpcbind");
            read.Version.ShouldBeNull();
            read.Facts["programs"].ShouldBe("100000");
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 20 }.Hears().Says(Fixture.Bytes("rpcbind-1.2.6-tcp-dump")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
