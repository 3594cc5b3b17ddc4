using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class Pop3ProbeTests
{
    private readonly Pop3Probe _probe = new();

    [Fact]
    public async Task Dovecot_is_named_and_its_capabilities_are_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Refusing(new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Says(Fixture.Bytes("dovecot-2.3.19-pop3-greeting")).Hears("CAPA").Says(Fixture.Bytes("dovecot-2.3.19-pop3-capa")))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Product.ShouldBe("Dovecot");
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.Yes);
            outcome.Identification.Facts[FactNames.PlainLogin].ShouldBe(FactNames.Yes);
            outcome.Identification.Facts[FactNames.AuthMethods].ShouldBe("PLAIN");
        }
    }

    [Fact]
    public async Task A_server_without_capabilities_takes_passwords_in_the_clear()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("+OK QPOP (version 4.0.19) at mail starting.\r\n").Hears("CAPA").Says("-ERR unknown\r\n"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification!;

        read.Version.ShouldBe("4.0.19");
        read.Facts[FactNames.PlainLogin].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 2 }.Says(Fixture.Bytes("dovecot-2.3.19-pop3-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    private static ReplayTransport Refusing(ReplayTransport transport)
    {
        for (var i = 0; i < 6; i++) _ = transport.Then(() => new ReplayStream().Says("-ERR busy\r\n"));
        return transport;
    }
}
