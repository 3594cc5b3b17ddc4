using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MqttProbeTests
{
    private readonly MqttProbe _probe = new();

    [Fact]
    public async Task An_open_broker_tells_its_version()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Hears("MQTT").Says(Fixture.Bytes("mosquitto-2.0.11-connack")).Hears("$SYS").Says(Fixture.Bytes("mosquitto-2.0.11-version"))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("mqtt");
            outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }

        outcomes[0].Identification!.Product.ShouldBe("Eclipse Mosquitto");
        outcomes[0].Identification!.Version.ShouldBe("2.0.11");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_broker_that_wants_a_name_is_believed(byte code)
    {
        // MQTT 3.1.1, table 3.1: 4 bad user name or password, 5 not authorised.
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says([0x20, 2, 0, code]));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Fixture.Bytes("mosquitto-2.0.11-connack")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
