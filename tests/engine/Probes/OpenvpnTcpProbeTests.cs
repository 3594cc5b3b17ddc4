using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class OpenvpnTcpProbeTests
{
    private readonly OpenvpnTcpProbe _probe = new();

    [Fact]
    public async Task The_server_s_reset_names_our_session()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Convert.FromHexString("001a40a1a2a3a4a5a6a7a8010000000056756c6e4469616700000000")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("openvpn");
            read.Product.ShouldBe("OpenVPN");
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 12 }.Hears().Says(Convert.FromHexString("001a40a1a2a3a4a5a6a7a8010000000056756c6e4469616700000000")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
