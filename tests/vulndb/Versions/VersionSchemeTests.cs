using CsCheck;

namespace VulnDiag.VulnDb.Versions;

public sealed class VersionSchemeTests
{
    private static readonly IVersionScheme[] Schemes = [new GeneralScheme(), new DpkgScheme(), new RpmScheme()];

    private static readonly Gen<string> Versions = Gen.OneOf(
        Gen.OneOf(new[] { "0", "1", "2", "10", "00", ".", "-", "_", "~", "^", "+", ":", "p", "P1", "a", "b2", "rc1", "beta", "R2", "(2)", "z", "v", "deb12u1" }
            .Select(Gen.Const).ToArray()).Array[0, 5].Select(string.Concat),
        Gen.Char.Array[0, 6].Select(static chars => new string(chars)));

    [Theory]
    [InlineData("9.2p1", "9.3")]
    [InlineData("9.2", "9.2p1")]
    [InlineData("9.3p1", "9.3p2")]
    [InlineData("8.9p1", "8.10p1")]
    [InlineData("1.0.2k", "1.0.2zd")]
    [InlineData("0.9.8z", "0.9.8za")]
    [InlineData("1.0.2", "1.0.2a")]
    [InlineData("1.3.5", "1.3.5b")]
    [InlineData("1.3.5rc4", "1.3.5")]
    [InlineData("1.3.5b", "1.3.6")]
    [InlineData("1.3.5b", "1.3.5.1")]
    [InlineData("4.90", "4.90_1")]
    [InlineData("4.90_1", "4.91")]
    [InlineData("9.8(2)20", "9.8(2)21")]
    [InlineData("9.8(2)", "9.8(2)20")]
    [InlineData("9.8(2)20", "9.8(3)")]
    [InlineData("rev.8.00.95", "rev.8.00.96")]
    [InlineData("Rev.8.03.90", "Rev.14.01.42")]
    [InlineData("22.7R2.5", "22.7R2.6")]
    [InlineData("22.7R2", "22.7R2.1")]
    [InlineData("22.6R3", "22.7R1")]
    [InlineData("9.16.0b2", "9.16.0rc1")]
    [InlineData("9.16.0a1", "9.16.0b1")]
    [InlineData("9.16.0-rc1", "9.16.0")]
    [InlineData("9.11.3", "9.11.3-P1")]
    [InlineData("2.4.9", "2.4.10")]
    [InlineData("8.0.0-SNAPSHOT", "8.0.0-alpha1")]
    [InlineData("10.0.0-M1", "10.0.0")]
    [InlineData("5.5", "5.5.68")]
    [InlineData("99999999999999999999", "100000000000000000000")]
    public void Upstream_versions_come_in_order(string earlier, string later)
    {
        new GeneralScheme().Compare(earlier, later).ShouldBeLessThan(0);
        new GeneralScheme().Compare(later, earlier).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("2.4", "2.4.0")]
    [InlineData("2.4.0", "2.04")]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData("1.8.3patch1", "1.8.3p1")]
    [InlineData("5.1-beta2", "5.1.BETA.2")]
    public void Some_ways_of_writing_are_one_version(string left, string right) => new GeneralScheme().Compare(left, right).ShouldBe(0);

    [Theory]
    // Debian Policy Manual, section 5.6.12: ~~, ~~a, ~, the empty part, a
    [InlineData("1.0~~", "1.0~~a")]
    [InlineData("1.0~~a", "1.0~")]
    [InlineData("1.0~", "1.0")]
    [InlineData("1.0", "1.0a")]
    [InlineData("1.0~beta1~svn1245", "1.0~beta1")]
    [InlineData("1:9.2p1-2+deb12u2", "1:9.2p1-2+deb12u10")]
    [InlineData("9.9-1", "1:0.1-1")]
    [InlineData("1.2.3-1~bpo12+1", "1.2.3-1")]
    [InlineData("2.4.57-2", "2.4.57-2+b1")]
    [InlineData("1.0a", "1.0+")]
    [InlineData("1.2-1", "1.10-1")]
    public void Debian_versions_come_in_order(string earlier, string later)
    {
        new DpkgScheme().Compare(earlier, later).ShouldBeLessThan(0);
        new DpkgScheme().Compare(later, earlier).ShouldBeGreaterThan(0);
    }

    [Theory]
    // cases of rpm's own tests (rpmvercmp.at)
    [InlineData("1.0", "2.0")]
    [InlineData("2.0", "2.0.1")]
    [InlineData("2.0.1", "2.0.1a")]
    [InlineData("5.5p1", "5.5p2")]
    [InlineData("5.5p1", "5.5p10")]
    [InlineData("xyz.4", "8")]
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0~rc1", "1.0~rc2")]
    [InlineData("1.0", "1.0^")]
    [InlineData("1.0^git1", "1.0^git2")]
    [InlineData("1.0^git1", "1.01")]
    [InlineData("1.0~rc1^git1", "1.0")]
    [InlineData("7.4p1-16.el7", "7.4p1-21.el7")]
    [InlineData("2.50-1", "1:1.0-1")]
    public void Rpm_versions_come_in_order(string earlier, string later)
    {
        new RpmScheme().Compare(earlier, later).ShouldBeLessThan(0);
        new RpmScheme().Compare(later, earlier).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_scheme_is_a_total_order_over_any_texts() =>
        Gen.Select(Versions, Versions, Versions).Sample(static (a, b, c) => Schemes.All(scheme =>
            scheme.Compare(a, a) == 0
            && Math.Sign(scheme.Compare(a, b)) == -Math.Sign(scheme.Compare(b, a))
            && (scheme.Compare(a, b) > 0 || scheme.Compare(b, c) > 0 || scheme.Compare(a, c) <= 0)));

    [Theory]
    [InlineData("9.2p1", true)]
    [InlineData("8.5p1", true)]
    [InlineData("9.8p1", false)]
    [InlineData("8.4p1", false)]
    public void A_range_has_its_bounds(string version, bool inside) =>
        new VersionRange("8.5p1", null, null, "9.8p1").Contains(version, new GeneralScheme()).ShouldBe(inside);
}
