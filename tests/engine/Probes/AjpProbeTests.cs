using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class AjpProbeTests
{
    private readonly AjpProbe _probe = new();

    [Fact]
    public async Task The_pong_is_recognised()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, [(byte)'A', (byte)'B', 0, 1, 9]));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("ajp13");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says([(byte)'A', (byte)'B', 0, 1, 9]));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
