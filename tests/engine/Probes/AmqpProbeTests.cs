using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class AmqpProbeTests
{
    private readonly AmqpProbe _probe = new();

    [Fact]
    public async Task RabbitMQ_is_named()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Start()));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("amqp");
            read.Product.ShouldBe("RabbitMQ");
            read.Version.ShouldBe("3.10.8");
            read.Cpe.ShouldBe(["cpe:2.3:a:vmware:rabbitmq:3.10.8:*:*:*:*:*:*:*"]);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Start()));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    [Fact]
    public async Task A_broker_of_another_version_answers_with_its_own_header()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says([.. "AMQP"u8, 0, 1, 0, 0]));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Info.ShouldBe("protocol 1.0.0");
    }

    /// <summary>Method frame on channel 0, connection.start (10, 10), version 0-9, table with product and version: AMQP 0-9-1 section 4.2.3.</summary>
    private static byte[] Start()
    {
        byte[] table = [7, .. "product"u8, (byte)'S', 0, 0, 0, 8, .. "RabbitMQ"u8, 7, .. "version"u8, (byte)'S', 0, 0, 0, 6, .. "3.10.8"u8];
        byte[] body = [0, 10, 0, 10, 0, 9, 0, 0, 0, (byte)table.Length, .. table];
        return [1, 0, 0, 0, 0, 0, (byte)body.Length, .. body, 0xCE];
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
