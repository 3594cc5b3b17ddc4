using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ImapProbeTests
{
    private readonly ImapProbe _probe = new();

    [Fact]
    public async Task Dovecot_is_named_without_a_version()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Refusing(new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Says(Fixture.Bytes("dovecot-2.3.19-imap-greeting"))
            .Hears("CAPABILITY").Says(Fixture.Bytes("dovecot-2.3.19-imap-capability"))
            .Hears("ID NIL").Says(Fixture.Bytes("dovecot-2.3.19-imap-id")))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("imap");
            outcome.Identification.Product.ShouldBe("Dovecot");
            outcome.Identification.Version.ShouldBeNull();
            outcome.Identification.Info.ShouldBe("Debian");
            outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:dovecot:dovecot:*:*:*:*:*:*:*:*"]);
            outcome.Identification.Facts[FactNames.PlainLogin].ShouldBe(FactNames.Yes);
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.Yes);
        }
    }

    [Fact]
    public async Task A_server_that_disables_log_in_before_tls_is_believed()
    {
        var transport = Refusing(new ReplayTransport().Then(() => new ReplayStream()
            .Says("* OK ready\r\n").Hears("CAPABILITY").Says("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.PlainLogin].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Says(Fixture.Bytes("dovecot-2.3.19-imap-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    private static ReplayTransport Refusing(ReplayTransport transport)
    {
        for (var i = 0; i < 6; i++) _ = transport.Then(() => new ReplayStream().Says("* BYE busy\r\n"));
        return transport;
    }
}
