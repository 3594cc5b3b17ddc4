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
    [InlineData("Debian 12", "debian", "12", null)]
    [InlineData("debian:12", "debian", "12", null)]
    [InlineData("debian-12", "debian", "12", null)]
    [InlineData("Debian-5", "debian", null, "5")]
    [InlineData("Debian 12.5", "debian", "12", null)]
    [InlineData("bookworm", "debian", "12", null)]
    [InlineData("1:9.2p1-2+deb12u3", "debian", "12", "2+deb12u3")]
    [InlineData("Debian 12 openssh-server 1:9.2p1-2", "debian", "12", "2")]
    [InlineData("Ubuntu 22.04.3 LTS (Jammy Jellyfish)", "ubuntu", "22.04", null)]
    [InlineData("ubuntu-22.04", "ubuntu", "22.04", null)]
    [InlineData("RHEL 8", "rhel", "8", null)]
    [InlineData("rhel-8", "rhel", "8", null)]
    [InlineData("el8", "rhel", "8", null)]
    [InlineData("openssh-9.2p1-19.el8_8", "rhel", "8", "19.el8_8")]
    [InlineData("Red Hat Enterprise Linux release 8.6 (Ootpa)", "rhel", "8", null)]
    [InlineData("CentOS 7", "rhel", "7", null)]
    [InlineData("centos:7", "rhel", "7", null)]
    [InlineData("CentOS Stream 9", "rhel", "9", null)]
    [InlineData("Rocky Linux 9.3", "rhel", "9", null)]
    [InlineData("AlmaLinux 9", "rhel", "9", null)]
    [InlineData("alma 8", "rhel", "8", null)]
    [InlineData("Oracle Linux 8", "rhel", "8", null)]
    [InlineData("Amazon Linux 2", "amazon", "2", null)]
    [InlineData("amzn2", "amazon", "2", null)]
    [InlineData("Alpine 3.19", "alpine", "3.19", null)]
    [InlineData("alpine:v3.19.1", "alpine", "3.19", null)]
    [InlineData("SLES 15 SP5", "suse", "15", null)]
    [InlineData("Fedora 39", "fedora", "39", null)]
    public void Operators_name_it_in_many_ways(string said, string distribution, string? release, string? revision) =>
        DistributionText.Read(OpenSsh, said, [], []).ShouldBe(new InstalledPackage(distribution, release, "9.2p1", revision));

    [Fact]
    public void A_revision_behind_another_products_version_is_not_ours() =>
        DistributionText.Read(OpenSsh, null, ["(Ubuntu) PHP/8.1.2-1ubuntu2.14"], [])!.Revision.ShouldBeNull();

    [Fact]
    public void A_kernels_package_names_no_release() =>
        DistributionText.Read(OpenSsh, null, ["Linux server 5.10.0-8-amd64 #1 SMP Debian 5.10.46-4 (2021-08-03)"], [])!.Release.ShouldBeNull();

    [Theory]
    [InlineData("0", Truth.Yes)]
    [InlineData("", Truth.No)]
    public void A_tracker_says_never_affected_and_still_open(string version, object expected) =>
        FixState.Of(new InstalledPackage("debian", "12", "9.2p1", null), [new FixRow("12", version)]).Fixed.ShouldBe((Truth)expected);

    [Theory]
    [InlineData("0", Truth.Unknown)]
    [InlineData("1:9.1p1-1", Truth.Unknown)]
    [InlineData("1:9.3p1-1", Truth.No)]
    [InlineData("", Truth.No)]
    public void What_only_a_neighbour_tells_of_the_distribution_proves_no_fix(string version, object expected)
    {
        var installed = DistributionText.Read(OpenSsh, null, [], [], ["1~deb12u1"]).ShouldNotBeNull();

        FixState.Of(installed, [new FixRow("12", version)]).Fixed.ShouldBe((Truth)expected);
    }

    [Fact]
    public void What_its_own_text_tells_of_the_distribution_needs_no_neighbour()
    {
        DistributionText.Read(OpenSsh, null, ["(Debian)"], [], ["1~deb12u1"])!.IsByNeighbour.ShouldBeFalse();
        DistributionText.Read(OpenSsh, "debian:12", [], [], ["1~deb12u1"])!.IsByNeighbour.ShouldBeFalse();
    }

    [Theory]
    [InlineData("cpe:2.3:a:postgresql:postgresql:15.6:*:*:*:*:*:*:*", "postgresql-15")]
    [InlineData("cpe:2.3:a:php:php:8.2.7:*:*:*:*:*:*:*", "php8.2")]
    [InlineData("cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*", "nginx")]
    [InlineData("cpe:2.3:a:example:server:1.0:*:*:*:*:*:*:*", "server")]
    public void A_product_is_looked_up_under_its_source_packages(string cpe, string package) => FixState.PackagesOf(CpeName.Parse(cpe)!).ShouldContain(package);

    [Theory]
    [InlineData("Debian", "bookworm", "debian", "12")]
    [InlineData("centos", "7", "rhel", "7")]
    [InlineData("Ubuntu", "jammy", "ubuntu", "22.04")]
    [InlineData("slackware", "15.0", "slackware", "15.0")]
    public void A_fix_tables_names_are_brought_to_ours(string distribution, string release, string expected, string of) =>
        DistributionNames.Normal(distribution, release).ShouldBe((expected, of));

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
