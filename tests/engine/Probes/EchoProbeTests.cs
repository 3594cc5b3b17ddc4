using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class EchoProbeTests
{
    private readonly EchoProbe _probe = new();

    [Fact]
    public async Task Our_words_come_back()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, EchoProbe.Words));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("echo");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(EchoProbe.Words));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
