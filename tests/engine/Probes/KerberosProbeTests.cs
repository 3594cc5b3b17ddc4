using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class KerberosProbeTests
{
    private readonly KerberosProbe _probe = new();

    [Fact]
    public async Task An_error_shows_the_service()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Error()));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("kerberos-sec");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 6 }.Hears().Says(Error()));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    /// <summary>RFC 4120 section 5.9.1: KRB-ERROR (application 30) with pvno 5, msg-type 30 and error code 68 (wrong realm).</summary>
    private static byte[] Error()
    {
        byte[] fields = [0xA0, 3, 2, 1, 5, 0xA1, 3, 2, 1, 30, 0xA6, 3, 2, 1, 68];
        byte[] message = [0x7E, (byte)(fields.Length + 2), 0x30, (byte)fields.Length, .. fields];
        return [0, 0, 0, (byte)message.Length, .. message];
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
