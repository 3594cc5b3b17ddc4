using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class EpmdProbeTests
{
    private readonly EpmdProbe _probe = new();

    [Fact]
    public async Task The_nodes_are_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => Server(delivery, Fixture.Bytes("epmd-names")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("epmd");
            read.Product.ShouldBe("Erlang Port Mapper Daemon");
            read.Version.ShouldBeNull();
            read.Info.ShouldBe("r at port 25673");
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream { CutAfter = 3 }.Hears().Says(Fixture.Bytes("epmd-names")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
