using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class GitProbeTests
{
    private readonly GitProbe _probe = new();

    [Fact]
    public async Task A_daemon_is_named_by_its_refusal()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, static delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("\0").Says(Fixture.Bytes("git-daemon-refused"))));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            (read.Service, read.Product, read.Version).ShouldBe(("git", "git daemon", null));
        }
    }

    [Fact]
    public async Task Another_server_of_the_protocol_is_named_without_a_product()
    {
        // gitprotocol-common: the length counts its own four digits.
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Hears().Says("0019ERR no such project\n\n"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldNotBeNull();

        (read.Service, read.Product).ShouldBe(("git", null));
    }

    [Fact]
    public async Task It_asks_for_a_repository_that_nobody_has_in_one_line_of_the_protocol()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Hears().Says(Fixture.Bytes("git-daemon-refused")));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections.ShouldHaveSingleItem().HeardText.ShouldBe("0023git-upload-pack /vulndiag-none\0");
    }

    [Theory]
    [InlineData("ERR access denied")]
    [InlineData("0004")]
    [InlineData("0040ERR cut short")]
    [InlineData("0009hello")]
    public async Task Anything_else_is_no_match(string answer)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(answer));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }
}
