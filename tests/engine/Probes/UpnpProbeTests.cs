using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class UpnpProbeTests
{
    private readonly UpnpProbe _probe = new();

    [Fact]
    public async Task A_device_is_recognised()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nSERVER: Linux UPnP/1.0 MiniUPnPd/1.9\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("upnp");
        read.Product.ShouldBeNull();
        read.Version.ShouldBeNull();
        read.Info.ShouldBe("Linux UPnP/1.0 MiniUPnPd/1.9");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nSERVER: Linux UPnP/1.0 MiniUPnPd/1.9\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n"))[..3]))).Result.ShouldBe(ProbeResult.NoMatch);
}
