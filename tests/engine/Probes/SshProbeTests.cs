using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SshProbeTests
{
    private readonly SshProbe _probe = new();

    [Fact]
    public async Task Debian_12_is_named_with_upstream_version_and_package()
    {
        // Sent by openssh-server 1:9.2p1-2+deb12u10 on Debian 12.
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Says("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n")));

        foreach (var outcome in outcomes)
        {
            outcome.Result.ShouldBe(ProbeResult.Identified);
            outcome.Identification!.Product.ShouldBe("OpenSSH");
            outcome.Identification.Version.ShouldBe("9.2p1");
            outcome.Identification.Info.ShouldBe("Debian 2+deb12u10");
            outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"]);
            outcome.Evidence.Text.ShouldBe("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10");
        }
    }

    [Fact]
    public async Task Lines_before_the_identification_are_skipped()
    {
        // RFC 4253, section 4.2: the server MAY send other lines of data before the version string.
        var outcome = await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(
            () => new ReplayStream { Silent = true }.Says("Authorised staff only.\r\nSSH-2.0-dropbear_2022.83\r\n")));

        outcome.Identification!.Product.ShouldBe("Dropbear SSH");
    }

    [Fact]
    public async Task An_unknown_implementation_is_still_ssh_but_has_no_product()
    {
        var outcome = await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream().Says("SSH-2.0-x\r\n")));

        outcome.Identification!.Service.ShouldBe("ssh");
        outcome.Identification.Product.ShouldBeNull();
    }

    [Fact]
    public async Task A_banner_cut_short_is_no_match()
    {
        var outcome = await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Says("SSH-2.0-OpenSSH_9.2p1\r\n")));

        outcome.Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_silent()
    {
        var outcome = await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream { Silent = true }));

        outcome.Result.ShouldBe(ProbeResult.Silent);
    }

    [Fact]
    public async Task Nothing_is_written_to_the_server()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("SSH-2.0-OpenSSH_9.2p1\r\n"));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections[0].Heard.ShouldBeEmpty();
    }
}
