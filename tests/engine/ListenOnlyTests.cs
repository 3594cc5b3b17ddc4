using VulnDiag.Engine.Support;

namespace VulnDiag.Engine;

public sealed class ListenOnlyTests
{
    [Theory]
    [InlineData(9100, "jetdirect")]
    [InlineData(104, "acr-nema")]
    [InlineData(11112, "dicom")]
    [InlineData(2575, "hl7")]
    public async Task Ports_of_fragile_devices_are_connected_to_and_never_written_to(int port, string service)
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var device = new LoopbackServer("127.4.4.1", port: port);
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.4.1"));

        var result = await ScanBench.RunAsync(bench.Request($"{port}"));

        var found = result.Ports.ShouldHaveSingleItem();
        (found.Service, found.Confidence, found.Product).ShouldBe((service, 10, null));
        device.Connections.ShouldBeGreaterThan(0);
        device.Heard.ShouldBeEmpty();
        result.NotExamined.ShouldContain(missed => missed.Port == port && missed.What == "identify");
    }
}
