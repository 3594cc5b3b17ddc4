using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Matching;

public sealed class PlatformMatcherTests
{
    [Theory]
    [InlineData("o:microsoft:windows:-", "o:microsoft:windows_server_2019:-", Truth.Yes)]
    [InlineData("o:microsoft:windows_server_2016:-", "o:microsoft:windows_server_2019:-", Truth.No)]
    [InlineData("o:microsoft:windows_server_2016:-", "o:microsoft:windows:*", Truth.Unknown)]
    [InlineData("o:microsoft:windows:-", "o:debian:debian_linux:12.0", Truth.No)]
    [InlineData("o:linux:linux_kernel:-", "o:debian:debian_linux:12.0", Truth.Yes)]
    [InlineData("o:linux:linux_kernel:-", "o:redhat:enterprise_linux:8.0", Truth.Yes)]
    [InlineData("o:linux:linux_kernel:-", "o:freebsd:freebsd:14.0", Truth.No)]
    [InlineData("o:debian:debian_linux:9.0", "o:debian:debian_linux:12.0", Truth.No)]
    [InlineData("o:debian:debian_linux:12.0", "o:debian:debian_linux:*", Truth.Unknown)]
    [InlineData("o:debian:debian_linux:*", "o:canonical:ubuntu_linux:22.04", Truth.No)]
    [InlineData("o:debian:debian_linux:*", "o:linux:linux_kernel:*", Truth.Unknown)]
    [InlineData("o:unix:unix:*", "o:microsoft:windows:*", Truth.No)]
    [InlineData("o:unix:unix:*", "o:debian:debian_linux:*", Truth.Yes)]
    [InlineData("o:linux:linux_kernel:-", "o:unix:unix:*", Truth.Unknown)]
    [InlineData("h:cisco:asa_5500:-", "o:microsoft:windows:*", Truth.Unknown)]
    [InlineData("a:php:php:*", "o:microsoft:windows:*", Truth.Unknown)]
    [InlineData("a:php:php:*", "a:php:php:8.1", Truth.Yes)]
    [InlineData("a:php:php:*", "a:python:python:3.8", Truth.No)]
    public void What_is_known_of_the_platform_decides(string criterion, string platform, object expected) =>
        PlatformMatcher.Match(Criterion(criterion, vulnerable: false), Found("a:example:server:1.0", platform)).ShouldBe((Truth)expected);

    [Theory]
    [InlineData("windows", "o:microsoft:windows_10:*", Truth.Yes)]
    [InlineData("windows", "o:linux:linux_kernel:*", Truth.No)]
    [InlineData("win32", "o:linux:linux_kernel:*", Truth.No)]
    [InlineData("debian", "o:debian:debian_linux:*", Truth.Yes)]
    [InlineData("wordpress", "o:linux:linux_kernel:*", Truth.Unknown)]
    public void A_word_for_a_system_is_held_against_it(string word, string platform, object expected) =>
        PlatformMatcher.MatchSystem(word, Found("a:example:server:1.0", platform)).ShouldBe((Truth)expected);

    [Fact]
    public void Firmware_runs_on_the_hardware_that_it_is_named_after()
    {
        var hardware = Criterion("h:cisco:rv340:-", vulnerable: false);

        PlatformMatcher.Match(hardware, Subject.Of(Name("o:cisco:rv340_firmware:1.0"), [])).ShouldBe(Truth.Yes);
        PlatformMatcher.Match(hardware, Subject.Of(Name("o:cisco:rv160_firmware:1.0"), [])).ShouldBe(Truth.Unknown);
        CriterionMatcher.IsAbout(hardware, Subject.Of(Name("o:cisco:rv340_firmware:1.0"), [])).ShouldBeFalse();
    }

    [Fact]
    public void An_edition_that_names_a_system_is_a_platform()
    {
        var criterion = Criterion("a:apache:http_server:2.2.3:*:windows", vulnerable: true);

        CriterionMatcher.Match(criterion, Found("a:apache:http_server:2.2.3")).ShouldBe(Truth.Unknown);
        CriterionMatcher.Match(criterion, Found("a:apache:http_server:2.2.3", "o:centos:centos:*")).ShouldBe(Truth.No);
        CriterionMatcher.Match(criterion, Found("a:apache:http_server:2.2.3", "o:microsoft:windows:*")).ShouldBe(Truth.Yes);
    }

    [Theory]
    [InlineData("a:isc:bind:*:*:*:*:supported_preview", "a:isc:bind:9.11.36:s1", Truth.Yes)]
    [InlineData("a:isc:bind:*:*:*:*:supported_preview", "a:isc:bind:9.11.36:*", Truth.No)]
    [InlineData("a:isc:bind:*:*:*:*:stable", "a:isc:bind:9.11.36:*", Truth.Yes)]
    [InlineData("a:isc:bind:*:*:*:*:esv", "a:isc:bind:9.6-esv-r9-p1:*", Truth.Yes)]
    [InlineData("a:jenkins:jenkins:*:*:*:*:lts", "a:jenkins:jenkins:2.303.3:*", Truth.Yes)]
    [InlineData("a:jenkins:jenkins:*:*:*:*:-", "a:jenkins:jenkins:2.303.3:*", Truth.No)]
    [InlineData("a:jenkins:jenkins:*:*:*:*:-", "a:jenkins:jenkins:2.314:*", Truth.Yes)]
    [InlineData("a:gitlab:gitlab:*:*:*:*:community", "a:gitlab:gitlab:13.10.2:*", Truth.Unknown)]
    public void An_edition_is_told_by_the_version_where_it_can_be(string criterion, string found, object expected) =>
        CriterionMatcher.Match(Criterion(criterion, vulnerable: true), Found(found)).ShouldBe((Truth)expected);

    [Theory]
    // An exact version names the release, not the patch levels that came after it; a service pack is one of its states.
    [InlineData("a:proftpd:proftpd:1.3.5:*", "a:proftpd:proftpd:1.3.5:b", Truth.No)]
    [InlineData("a:proftpd:proftpd:1.3.5:b", "a:proftpd:proftpd:1.3.5:b", Truth.Yes)]
    [InlineData("a:proftpd:proftpd:1.3.5b:*", "a:proftpd:proftpd:1.3.5:b", Truth.Yes)]
    [InlineData("a:isc:bind:9.4.3:*", "a:isc:bind:9.4.3:p3", Truth.No)]
    [InlineData("a:microsoft:exchange_server:2010:*", "a:microsoft:exchange_server:2010:sp3", Truth.Yes)]
    [InlineData("a:openbsd:openssh:7.4:p1", "a:openbsd:openssh:7.4:*", Truth.Yes)]
    [InlineData("a:openbsd:openssh:7.4:p1", "a:openbsd:openssh:7.4:-", Truth.No)]
    [InlineData("a:exim:exim:-:*", "a:exim:exim:4.96:*", Truth.No)]
    public void An_exact_version_names_no_later_level(string criterion, string found, object expected) =>
        CriterionMatcher.Match(Criterion(criterion, vulnerable: true), Found(found)).ShouldBe((Truth)expected);

    [Theory]
    [InlineData("7.2", "p1", Truth.Yes)]
    [InlineData("7.2", "p2", Truth.No)]
    [InlineData("7.1", "p2", Truth.Yes)]
    public void An_update_beside_a_range_belongs_to_its_last_version(string version, string update, object expected) =>
        CriterionMatcher.Match(
            new CpeCriterion(Name("a:openbsd:openssh:*:p1"), new VersionRange(null, null, "7.2", null), vulnerable: true),
            Found($"a:openbsd:openssh:{version}:{update}")).ShouldBe((Truth)expected);

    [Fact]
    public void Other_products_with_the_hole_are_no_condition()
    {
        var node = new CpeNode(All: false, Negate: false, [Criterion("a:example:server:1.0:*", vulnerable: true), Criterion("a:example:other:*", vulnerable: true)]);
        var platform = new CpeNode(All: false, Negate: false, [Criterion("a:example:library:*", vulnerable: true)]);
        var configuration = new CpeConfiguration(All: true, Negate: false, [node, platform]);

        ConfigurationMatcher.Match([configuration], Found("a:example:server:1.0")).ShouldBe(Truth.Unknown);
        ConfigurationMatcher.Match([configuration], Found("a:example:server:1.1")).ShouldBe(Truth.No);
    }

    private static CpeCriterion Criterion(string name, bool vulnerable) => new(Name(name), VersionRange.All, vulnerable);

    private static Subject Found(string name, params string[] platforms) => Subject.Of(Name(name), platforms.Select(Name));

    private static CpeName Name(string start) => CpeName.Parse("cpe:2.3:" + start + string.Concat(Enumerable.Repeat(":*", 11 - start.Split(':').Length)))!;
}
