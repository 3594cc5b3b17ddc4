using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class DockerProbeTests
{
    private readonly DockerProbe _probe = new();

    [Fact]
    public async Task Version_is_read_without_a_log_in()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer: Docker/20.10.24 (linux)\r\nContent-Length: 101\r\n\r\n{\"Components\":[{\"Name\":\"Engine\",\"Version\":\"20.10.24\"}],\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\",\"x\":1}")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("docker");
            read.Product.ShouldBe("Docker");
            read.Version.ShouldBe("20.10.24");
            read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer: Docker/20.10.24 (linux)\r\nContent-Length: 101\r\n\r\n{\"Components\":[{\"Name\":\"Engine\",\"Version\":\"20.10.24\"}],\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\",\"x\":1}")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("GET /version").Says(answer));
}
