using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ZabbixAgentProbeTests
{
    private readonly ZabbixAgentProbe _probe = new();

    [Fact]
    public async Task The_version_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => Server(delivery, Fixture.Bytes("zabbix-agent-6.0.14-version")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("zabbix-agent");
            read.Product.ShouldBe("Zabbix agent");
            read.Version.ShouldBe("6.0.14");
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream { CutAfter = 10 }.Hears().Says(Fixture.Bytes("zabbix-agent-6.0.14-version")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
