using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class PptpProbeTests
{
    private readonly PptpProbe _probe = new();

    [Fact]
    public async Task Debians_own_server_is_named_by_its_vendor()
    {
        var read = (await ProbeRun.RunAsync(_probe, Server(Delivery.Whole, Fixture.Bytes("pptpd-1.4.0-reply")))).Identification.ShouldNotBeNull();

        (read.Product, read.Version, read.Info).ShouldBe(("PoPToP pptpd", null, "local, firmware 1"));
    }

    [Fact]
    public async Task The_maker_is_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Reply()));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("pptp");
            read.Product.ShouldBe("Poptop");
            read.Version.ShouldBeNull();
            read.Info.ShouldBe("vpn, firmware 1");
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 100 }.Hears().Says(Reply()));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    /// <summary>RFC 2637 section 2.2: length 156, control message, magic cookie, reply, version, result, capabilities, firmware, names of 64 bytes.</summary>
    private static byte[] Reply()
    {
        var host = Encoding.ASCII.GetBytes("vpn".PadRight(64, '\0'));
        var vendor = Encoding.ASCII.GetBytes("Poptop".PadRight(64, '\0'));
        return [0, 156, 0, 1, 0x1A, 0x2B, 0x3C, 0x4D, 0, 2, 0, 0, 1, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 1, .. host, .. vendor];
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
