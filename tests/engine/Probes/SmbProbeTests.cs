using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SmbProbeTests
{
    private readonly SmbProbe _probe = new();

    [Fact]
    public async Task Samba_is_named_before_any_log_in()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport()
            .Then(() => new ReplayStream { Delivery = delivery, Silent = true }
                .Hears("SMB").Says(Fixture.Bytes("samba-4.17.12-negotiate")).Hears("NTLMSSP").Says(Fixture.Bytes("samba-4.17.12-session-setup")))
            .Then(() => new ReplayStream { Delivery = delivery }.Hears("NT LM 0.12").Says(Fixture.Bytes("samba-4.17.12-smb1-refused"))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("microsoft-ds");
            outcome.Identification.Product.ShouldBe("Samba smbd");
            outcome.Identification.Version.ShouldBeNull();
            outcome.Identification.Facts["smb1"].ShouldBe(FactNames.No);
            outcome.Identification.Facts[FactNames.SigningRequired].ShouldBe(FactNames.No);
            outcome.Identification.Facts[FactNames.ProtocolVersions].ShouldBe("3.0.2");
        }
    }

    [Fact]
    public async Task A_server_that_still_speaks_version_1_is_told()
    {
        // MS-CIFS 2.2.4.52.2: 17 words, dialect index 0.
        byte[] old = [0, 0, 0, 37, 0xFF, .. "SMB"u8, 0x72, .. new byte[27], 17, 0, 0, 3, 0];
        var transport = new ReplayTransport().Then(() => new ReplayStream()).Then(() => new ReplayStream().Hears().Says(old));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts["smb1"].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task Port_139_is_called_by_name_first()
    {
        var transport = new ReplayTransport()
            .Then(() => new ReplayStream().Hears("CKFD").Says([0x82, 0, 0, 0]).Hears("SMB").Says(Fixture.Bytes("samba-4.17.12-negotiate")))
            .Then(() => new ReplayStream().Hears("CKFD").Says([0x83, 0, 0, 1, 0x82]));

        (await ProbeRun.RunAsync(_probe, transport, port: 139)).Identification!.Service.ShouldBe("netbios-ssn");
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 20 }.Hears().Says(Fixture.Bytes("samba-4.17.12-negotiate"))).Then(() => new ReplayStream());

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
