using CsCheck;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.VulnDb.Backports;

public sealed class DistributionTextTests
{
    private static readonly CpeName OpenSsh = CpeName.Parse("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")!;

    [Theory]
    [InlineData("Debian-2+deb12u2", "debian", "12", "2+deb12u2")]
    [InlineData("Debian-5", "debian", null, "5")]
    [InlineData("(Debian)", "debian", null, null)]
    [InlineData("1~deb12u3-Debian", "debian", "12", "1~deb12u3")]
    [InlineData("MariaDB-0+deb12u1", "debian", "12", "0+deb12u1")]
    [InlineData("MariaDB-0ubuntu0.22.04.1", "ubuntu", "22.04", "0ubuntu0.22.04.1")]
    [InlineData("Ubuntu-3ubuntu0.10", "ubuntu", null, "3ubuntu0.10")]
    [InlineData("Ubuntu 22.04.3 LTS", "ubuntu", "22.04", null)]
    [InlineData("jammy", "ubuntu", "22.04", null)]
    [InlineData("Debian GNU/Linux 12 (bookworm)", "debian", "12", null)]
    [InlineData("debian 11", "debian", "11", null)]
    [InlineData("(CentOS)", "rhel", null, null)]
    [InlineData("CentOS Linux release 7.9.2009 (Core)", "rhel", "7", null)]
    [InlineData("RedHat-9.11.4-26.P2.el7_9.15", "rhel", "7", null)]
    [InlineData("Red Hat Enterprise Linux 8.6", "rhel", "8", null)]
    [InlineData("(Rocky Linux)", "rhel", null, null)]
    public void A_distribution_is_read_from_what_banners_say(string text, string distribution, string? release, string? revision) =>
        DistributionText.Read(OpenSsh, null, [text], []).ShouldBe(new InstalledPackage(distribution, release, "9.2p1", revision));

    [Theory]
    [InlineData("")]
    [InlineData("FreeBSD-20230719")]
    [InlineData("(Unix)")]
    [InlineData("(Win64)")]
    [InlineData("hp ProLiant")]
    public void What_names_no_distribution_is_none(string text) => DistributionText.Read(OpenSsh, null, [text], []).ShouldBeNull();

    [Theory]
    [InlineData("cpe:2.3:o:debian:debian_linux:12.0:*:*:*:*:*:*:*", "debian", "12")]
    [InlineData("cpe:2.3:o:canonical:ubuntu_linux:22.04:*:*:*:lts:*:*:*", "ubuntu", "22.04")]
    [InlineData("cpe:2.3:o:canonical:ubuntu_linux:20.10:*:*:*:*:*:*:*", "ubuntu", "20.10")]
    [InlineData("cpe:2.3:o:debian:debian_linux:10.0:*:*:*:*:*:*:*", "debian", "10")]
    [InlineData("cpe:2.3:o:debian:debian_linux:10:*:*:*:*:*:*:*", "debian", "10")]
    public void A_platform_names_the_distribution_too(string platform, string distribution, string release) =>
        DistributionText.Read(OpenSsh, null, [], [CpeName.Parse(platform)!]).ShouldBe(new InstalledPackage(distribution, release, "9.2p1", null));

    [Fact]
    public void Any_text_can_be_read() => Gen.String.Sample(static text => { DistributionText.Read(OpenSsh, null, [text], []); });

    [Theory]
    [InlineData("12", "9.2p1", "2+deb12u3", Truth.Yes)]
    [InlineData("12", "9.2p1", "2+deb12u10", Truth.Yes)]
    [InlineData("12", "9.2p1", "2+deb12u2", Truth.No)]
    [InlineData("12", "9.2p1", "2", Truth.No)]
    [InlineData("12", "9.2p1", null, Truth.Unknown)]
    [InlineData("12", "9.1p1", null, Truth.No)]
    [InlineData("12", "9.3p1", null, Truth.Yes)]
    [InlineData(null, "9.2p1", "2+deb12u3", Truth.Yes)]
    [InlineData(null, "9.3p1", "1", Truth.Unknown)]
    [InlineData("11", "8.4p1", "5+deb11u3", Truth.Unknown)]
    public void The_table_says_whether_a_package_is_fixed(string? release, string upstream, string? revision, object expected) =>
        FixState.Of(new InstalledPackage("debian", release, upstream, revision), [new FixRow("12", "1:9.2p1-2+deb12u3")]).Fixed.ShouldBe((Truth)expected);

    [Fact]
    public void The_mark_of_a_repacked_source_does_not_count() =>
        FixState.Of(new InstalledPackage("debian", "12", "4.17.12", "0+deb12u4"), [new FixRow("12", "2:4.17.12+dfsg-0+deb12u4")]).Fixed.ShouldBe(Truth.Yes);
}
