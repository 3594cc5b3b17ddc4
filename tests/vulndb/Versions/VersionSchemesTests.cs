using CsCheck;

namespace VulnDiag.VulnDb.Versions;

public sealed class VersionSchemesTests
{
    [Theory]
    // A bound without a portable level stands for all of them, a server without one has the first; two levels are told apart.
    [InlineData("openbsd", "openssh", "9.8", "9.8p1", 0)]
    [InlineData("openbsd", "openssh", "9.9", "9.9p2", -1)]
    [InlineData("openbsd", "openssh", "9.3-p1", "9.3", 0)]
    [InlineData("openbsd", "openssh", "9.3-p2", "9.3p1", 1)]
    [InlineData("openbsd", "openssh", "8.4-p1", "8.5p1", -1)]
    // Extended support comes after every release of its line, and the preview has the fixes of the release it is named after.
    [InlineData("isc", "bind", "9.6-esv-r9-p1", "9.6.3", 1)]
    [InlineData("isc", "bind", "9.6-esv-r7-p1", "9.6-ESV-R7-P2", -1)]
    [InlineData("isc", "bind", "9.6-esv-r9-p1", "9.7.0", -1)]
    [InlineData("isc", "bind", "9.16.48", "9.16.48-S1", 0)]
    [InlineData("isc", "bind", "9.11.4-p2", "9.11.4", 1)]
    // Trains of Cisco's have no order among each other.
    [InlineData("cisco", "ios", "12.2(55)se5", "12.2(55)se10", -1)]
    [InlineData("cisco", "ios", "12.2(55)se5", "12.2(58)sg1", null)]
    [InlineData("cisco", "ios_xe", "3.1.1sg", "3.1.4s", null)]
    [InlineData("cisco", "ios_xe", "3.13.2as", "3.13.4s", -1)]
    [InlineData("cisco", "ios_xe", "16.12.1w", "16.12.2", -1)]
    [InlineData("synology", "diskstation_manager", "6.2-23739", "6.2.1-23824", -1)]
    [InlineData("synology", "diskstation_manager", "6.2-23739-1", "6.2-23739", 1)]
    [InlineData("synology", "media_server", "1.8.1-2876", "1.4-2665", 1)]
    [InlineData("sonicwall", "sonicos", "7.0.1.0-5030-1391", "7.0.1-5050", -1)]
    [InlineData("zyxel", "nas326_firmware", "V5.21(AAZF.16)C0", "5.21(aazf.17)co", -1)]
    [InlineData("zyxel", "usg_flex_100_firmware", "5.20(abuh.2)", "5.20", 0)]
    // Everything else by the general scheme.
    [InlineData("qnap", "quts_hero", "h5.1.0.2424", "5.1.0.2424", 0)]
    [InlineData("openvpn", "openvpn", "2.0_test12", "2.0", -1)]
    [InlineData("example", "server", "2.1.0.final", "2.1", 0)]
    [InlineData("proftpd", "proftpd", "1.3.5-b", "1.3.5", 1)]
    [InlineData("cisco", "adaptive_security_appliance_software", "9.8(2)20", "9.8(2)8", 1)]
    [InlineData("paloaltonetworks", "pan-os", "8.1.23-h1", "8.1.23", 1)]
    [InlineData("ivanti", "connect_secure", "22.7r2.4", "22.7R2.5", -1)]
    public void A_version_lies_to_another_as_its_product_numbers_them(string vendor, string product, string found, string named, int? expected)
    {
        var place = VersionSchemes.Of(vendor, product).Place(found, named);

        (place is { } order ? Math.Sign(order) : (int?)null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("3.1.1sg", "3.1.0s", "3.1.4s", false)]
    [InlineData("3.1.1s", "3.1.0s", "3.1.4s", true)]
    // NVD has ranges from one train to another: they go by number alone.
    [InlineData("12.2(55)se5", "12.2s", "15.1(3)svs", true)]
    public void A_range_of_one_train_leaves_the_others_out(string version, string start, string end, bool inside) =>
        new VersionRange(start, null, end, null).Contains(version, VersionSchemes.Of("cisco", "ios")).ShouldBe(inside);

    [Fact]
    public void Any_two_texts_can_be_placed() => Gen.Select(Gen.String, Gen.String, Gen.Int[0, 5]).Sample(static (left, right, number) =>
    {
        var (vendor, product) = new[] { ("isc", "bind"), ("openbsd", "openssh"), ("cisco", "ios"), ("example", "other"), ("synology", "any"), ("zyxel", "any") }[number];
        var scheme = VersionSchemes.Of(vendor, product);
        scheme.Place(left, right);
        return Math.Sign(scheme.Compare(left, right)) == -Math.Sign(scheme.Compare(right, left));
    });

    [Fact]
    public void Every_row_names_a_scheme() =>
        EmbeddedData.Rows("Versions.version-schemes.csv").Select(static cells => cells[0].Split(':')).ShouldAllBe(static name => VersionSchemes.Of(name[0], name[1]).Id != "general");
}
