using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class LdapProbeTests
{
    private readonly LdapProbe _probe = new();

    [Fact]
    public async Task OpenLDAP_is_named_by_its_root_entry()
    {
        var outcome = await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream { Silent = true }.Hears("objectClass").Says(Fixture.Bytes("openldap-2.5.13-root"))));

        outcome.Identification!.Service.ShouldBe("ldap");
        outcome.Identification.Product.ShouldBe("OpenLDAP");
        outcome.Identification.Facts.ShouldNotContainKey("anonymous");
    }

    // RFC 4511 section 4.5.2: SearchResultDone with insufficientAccessRights (50); SearchResultEntry of dc=example.
    [Theory]
    [InlineData("300c02010265070a013204000400", FactNames.No)]
    [InlineData("302c0201026427040a64633d6578616d706c6530193017040b6f626a656374436c61737331080406646f6d61696e", FactNames.Yes)]
    public async Task Whether_strangers_may_read_is_asked_of_the_first_entry(string second, string expected)
    {
        // The root entry with the attribute namingContexts: dc=example.
        var root = Convert.FromHexString("3029020101642404003020301e040e6e616d696e67436f6e7465787473310c040a64633d6578616d706c65");
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }.Hears().Says(root).Hears("dc=example").Says(Convert.FromHexString(second)));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts["anonymous"].ShouldBe(expected);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 4 }.Hears().Says(Fixture.Bytes("openldap-2.5.13-root")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
