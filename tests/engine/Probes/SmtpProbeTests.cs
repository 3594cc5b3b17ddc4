using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SmtpProbeTests
{
    private readonly SmtpProbe _probe = new();

    [Fact]
    public async Task Postfix_is_named_and_its_extensions_are_read()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Refusing(new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery }.Says(Fixture.Bytes("postfix-3.7-greeting")).Hears("EHLO").Says(Fixture.Bytes("postfix-3.7-ehlo")))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("smtp");
            outcome.Identification.Product.ShouldBe("Postfix");
            outcome.Identification.Version.ShouldBeNull();
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.Yes);
            outcome.Identification.Facts.ShouldNotContainKey(FactNames.AuthMethods);
            outcome.Evidence.Text.ShouldBe("220 server.lab.test ESMTP Postfix");
        }
    }

    [Fact]
    public async Task Log_in_outside_tls_is_a_fact()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream()
            .Says("220 mail.example.jp ESMTP Exim 4.96 Tue, 24 Nov 2026 10:00:00 +0900\r\n").Hears("EHLO").Says("250-mail.example.jp\r\n250 AUTH PLAIN LOGIN\r\n"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification!;

        read.Version.ShouldBe("4.96");
        read.Facts[FactNames.PlainLogin].ShouldBe(FactNames.Yes);
        read.Facts[FactNames.StartTls].ShouldBe(FactNames.No);
    }

    [Theory]
    [InlineData("220 (vsFTPd 3.0.3)\r\n", "530 Please login with USER and PASS.\r\n")]
    [InlineData("+OK ready\r\n", "")]
    public async Task Another_protocol_is_no_match(string greeting, string answer)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(greeting).Hears().Says(answer));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task A_server_that_turns_us_away_is_still_named()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("554 mail.example.jp ESMTP Postfix\r\n"));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Product.ShouldBe("Postfix");
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 12 }.Says(Fixture.Bytes("postfix-3.7-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    /// <summary>Servers that refuse STARTTLS, for the inspection's connections.</summary>
    private static ReplayTransport Refusing(ReplayTransport transport)
    {
        for (var i = 0; i < 6; i++) _ = transport.Then(() => new ReplayStream().Says("421 busy\r\n"));
        return transport;
    }
}
