using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ZookeeperProbeTests
{
    private readonly ZookeeperProbe _probe = new();

    [Fact]
    public async Task The_version_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => Server(delivery, Fixture.Bytes("zookeeper-3.8.0-srvr")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("zookeeper");
            read.Product.ShouldBe("Apache ZooKeeper");
            read.Version.ShouldBe("3.8.0");
            read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream { CutAfter = 20 }.Hears().Says(Fixture.Bytes("zookeeper-3.8.0-srvr")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_keeps_the_command_to_itself_is_named_without_a_version()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Hears().Says("srvr is not executed because it is not in the whitelist.\n"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldNotBeNull();

        (read.Product, read.Version).ShouldBe(("Apache ZooKeeper", null));
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
