using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SocksProbeTests
{
    private readonly SocksProbe _probe = new();

    [Fact]
    public async Task A_proxy_without_a_password_is_told()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, [5, 0]));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("socks5");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
            read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 1 }.Hears().Says([5, 0]));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password_is_believed()
    {
        // RFC 1928 section 3: X'FF', no acceptable methods.
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says([5, 0xFF]));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
