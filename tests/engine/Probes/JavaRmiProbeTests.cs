using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class JavaRmiProbeTests
{
    // Laid out by hand from the Java RMI Specification: ProtocolAck, our address as UTF, our port as an int.
    private static readonly byte[] Acknowledged = [0x4e, 0, 10, .. "192.0.2.10"u8, 0, 0, 0x9c, 0x40];
    private readonly JavaRmiProbe _probe = new();

    [Fact]
    public async Task An_acknowledged_greeting_names_the_service()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(Acknowledged)));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            (read.Service, read.Product, read.Version).ShouldBe(("java-rmi", null, null));
        }
    }

    [Fact]
    public async Task It_sends_the_header_and_nothing_after_it()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Hears().Says(Acknowledged));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections.ShouldHaveSingleItem().Heard.ShouldBe([0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b]);
    }

    [Theory]
    [InlineData("4F")]
    [InlineData("4E000000009C40")]
    [InlineData("4E000A3139322E30")]
    [InlineData("4E0003610A6200009C40")]
    [InlineData("4E00036162639C400000")]
    public async Task Anything_else_is_no_match(string hex)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(Convert.FromHexString(hex)));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }
}
