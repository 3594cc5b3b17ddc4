using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class NfsProbeTests
{
    private readonly NfsProbe _probe = new();

    [Fact]
    public async Task A_server_that_answers_the_empty_call_is_nfs()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Convert.FromHexString("80000018564400010000000100000000000000000000000000000000")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("nfs");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 20 }.Hears().Says(Convert.FromHexString("80000018564400010000000100000000000000000000000000000000")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
