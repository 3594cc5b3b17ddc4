using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class FtpProbeTests
{
    private readonly FtpProbe _probe = new();

    [Theory]
    [InlineData("vsftpd-3.0.3-greeting", "vsftpd-3.0.3-features", "vsftpd", "3.0.3", "cpe:2.3:a:vsftpd_project:vsftpd:3.0.3:*:*:*:*:*:*:*")]
    [InlineData("vsftpd-3.0.3-hidden-greeting", "vsftpd-3.0.3-features", "vsftpd", null, "cpe:2.3:a:vsftpd_project:vsftpd:*:*:*:*:*:*:*:*")]
    [InlineData("proftpd-1.3.8-greeting", "proftpd-1.3.8-features", "ProFTPD", null, "cpe:2.3:a:proftpd:proftpd:*:*:*:*:*:*:*:*")]
    public async Task Servers_are_named_by_greeting_or_features(string greeting, string features, string product, string? version, string cpe)
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Says(Fixture.Bytes(greeting)).Hears("FEAT").Says(Fixture.Bytes(features))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("ftp");
            outcome.Identification.Product.ShouldBe(product);
            outcome.Identification.Version.ShouldBe(version);
            outcome.Identification.Cpe.ShouldBe([cpe]);
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task An_offered_upgrade_that_leads_nowhere_is_no_upgrade()
    {
        var transport = new ReplayTransport().Then(() => Script("AUTH TLS"));
        for (var i = 0; i < 2; i++)
            _ = transport.Then(() => new ReplayStream().Says(Fixture.Bytes("pure-ftpd-1.0.50-greeting")).Hears("AUTH TLS").Says("431 No TLS here\r\n"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification!;

        read.Product.ShouldBe("Pure-FTPd");
        read.Facts[FactNames.StartTls].ShouldBe(FactNames.No);
    }

    [Theory]
    [InlineData("220 mail.example.jp ESMTP Postfix\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    [InlineData("2200 x\r\n")]
    public async Task Another_protocol_s_greeting_is_no_match(string greeting)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(greeting));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldNotBe(ProbeResult.Identified);
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 10 }.Says(Fixture.Bytes("vsftpd-3.0.3-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task Nobody_is_logged_in()
    {
        var transport = new ReplayTransport().Then(() => Script("features"));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections[0].HeardText.ShouldBe("FEAT\r\n");
    }

    private static ReplayStream Script(string kind) => kind == "AUTH TLS"
        ? new ReplayStream().Says(Fixture.Bytes("pure-ftpd-1.0.50-greeting")).Hears("FEAT").Says(Fixture.Bytes("pure-ftpd-1.0.50-features"))
        : new ReplayStream().Says(Fixture.Bytes("vsftpd-3.0.3-greeting")).Hears("FEAT").Says(Fixture.Bytes("vsftpd-3.0.3-features"));
}
