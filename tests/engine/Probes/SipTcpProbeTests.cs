using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SipTcpProbeTests
{
    private readonly SipTcpProbe _probe = new();

    [Fact]
    public async Task A_telephone_system_is_named()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Encoding.Latin1.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP scanner.invalid\r\nCSeq: 1 OPTIONS\r\nServer: Asterisk PBX 16.28.0~dfsg-0+deb11u3\r\nContent-Length: 0\r\n\r\n")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("sip");
            read.Product.ShouldBe("Asterisk");
            read.Version.ShouldBe("16.28.0");
        }
    }

    [Fact]
    public async Task A_web_server_that_repeats_the_protocol_s_name_is_no_telephone_system()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Hears().Says("SIP/2.0 501 Not Implemented\r\nServer: mini_httpd/1.30 26Oct2018\r\n\r\n"));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Encoding.Latin1.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP scanner.invalid\r\nCSeq: 1 OPTIONS\r\nServer: Asterisk PBX 16.28.0~dfsg-0+deb11u3\r\nContent-Length: 0\r\n\r\n")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("OPTIONS sip:").Says(answer));
}
