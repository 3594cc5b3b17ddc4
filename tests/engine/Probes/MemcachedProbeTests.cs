using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MemcachedProbeTests
{
    private readonly MemcachedProbe _probe = new();

    [Fact]
    public async Task Version_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Fixture.Bytes("memcached-1.6.18-version")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("memcached");
            read.Product.ShouldBe("memcached");
            read.Version.ShouldBe("1.6.18");
            read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Fixture.Bytes("memcached-1.6.18-version")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("version").Says(answer));
}
