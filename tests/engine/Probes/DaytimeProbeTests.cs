using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class DaytimeProbeTests
{
    private readonly DaytimeProbe _probe = new();

    [Fact]
    public async Task The_time_is_recognised()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery }.Says(Fixture.Bytes("openbsd-inetd-daytime"))));

        outcomes.ShouldAllBe(static outcome => outcome.Identification!.Service == "daytime");
    }

    [Theory]
    [InlineData("220 ready\r\n")]
    [InlineData("Tue Nov")]
    public async Task Anything_else_is_no_match(string greeting)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(greeting));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
