using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class WinrmProbeTests
{
    private readonly WinrmProbe _probe = new();

    [Fact]
    public async Task The_refusal_of_a_plain_get_is_recognised()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Encoding.Latin1.GetBytes("HTTP/1.1 405 \r\nServer: Microsoft-HTTPAPI/2.0\r\nContent-Length: 0\r\n\r\n")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("wsman");
            read.Product.ShouldBe("Microsoft WinRM");
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Encoding.Latin1.GetBytes("HTTP/1.1 405 \r\nServer: Microsoft-HTTPAPI/2.0\r\nContent-Length: 0\r\n\r\n")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("GET /wsman").Says(answer));
}
