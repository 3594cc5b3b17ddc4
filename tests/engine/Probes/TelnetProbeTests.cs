using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class TelnetProbeTests
{
    private readonly TelnetProbe _probe = new();

    [Fact]
    public async Task Options_are_declined_and_the_server_is_named()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }
            .Says(Fixture.Bytes("inetutils-telnetd-2.4-options")).Hears().Says(Fixture.Bytes("inetutils-telnetd-2.4-options-declined")));

        var outcome = await ProbeRun.RunAsync(_probe, transport);

        outcome.Identification!.Service.ShouldBe("telnet");
        outcome.Identification.Product.ShouldBe("GNU inetutils telnetd");
        outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:gnu:inetutils:*:*:*:*:*:*:*:*"]);
        // WILL is answered by DONT (254), DO by WONT (252): RFC 854.
        transport.Connections[0].Heard.Chunk(3).ShouldAllBe(static option => option[0] == 255 && (option[1] == 254 || option[1] == 252));
    }

    [Fact]
    public async Task The_log_in_prompt_is_read_in_every_delivery()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Says([255, 253, 24, 255, 251, 3]).Hears().Says("\r\nMikroTik v6.48.6 (long-term)\r\nLogin: ")));

        outcomes.ShouldAllBe(static outcome => outcome.Identification!.Service == "telnet");
        outcomes[0].Identification!.Version.ShouldBe("6.48.6");
        outcomes[0].Evidence.Text.ShouldBe("MikroTik v6.48.6 (long-term)\\r\\nLogin:");
    }

    [Fact]
    public async Task A_plain_prompt_without_options_is_telnet_with_less_confidence()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }.Says("device login: "));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Confidence.ShouldBe(70);
    }

    [Theory]
    [InlineData("220 ready\r\n")]
    [InlineData("\u00ff")]
    public async Task Anything_else_is_no_match(string greeting)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(greeting));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
