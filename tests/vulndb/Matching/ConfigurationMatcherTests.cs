using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Matching;

public sealed class ConfigurationMatcherTests
{
    private static readonly CpeName Linux = CpeName.Parse("cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*")!;
    private static readonly CpeName Windows = CpeName.Parse("cpe:2.3:o:microsoft:windows_server_2019:-:*:*:*:*:*:*:*")!;

    [Theory]
    // CVE-2023-38408 as NVD has it: before 9.3, and 9.3 with and without p1, but not 9.3p2
    [InlineData("9.2", "p1", true)]
    [InlineData("9.2p1", "*", true)]
    [InlineData("9.3", "p1", true)]
    [InlineData("9.3", "-", true)]
    [InlineData("9.3", "p2", false)]
    [InlineData("9.3p2", "*", false)]
    [InlineData("9.4", "p1", false)]
    [InlineData("-", "*", false)]
    [InlineData("*", "*", false)]
    public void Updates_are_compared_and_NA_is_no_wildcard(string version, string update, bool matches)
    {
        var configuration = Or(Range("a:openbsd:openssh", end: "9.3"), Exact("a:openbsd:openssh:9.3:-"), Exact("a:openbsd:openssh:9.3:p1"));

        Match(configuration, Found("a:openbsd:openssh", version, update)).ShouldBe(matches ? Truth.Yes : Truth.No);
    }

    [Theory]
    [InlineData("8.5", "p1", true)]
    [InlineData("9.7", "p1", true)]
    [InlineData("9.8", "p1", false)]
    [InlineData("8.4", "p1", false)]
    public void Bounds_with_a_patch_level_are_compared_whole(string version, string update, bool matches) =>
        Match(Or(Range("a:openbsd:openssh", start: "8.5p1", end: "9.8p1")), Found("a:openbsd:openssh", version, update)).ShouldBe(matches ? Truth.Yes : Truth.No);

    [Fact]
    public void A_release_candidate_lies_before_its_release()
    {
        Match(Or(Range("a:example:server", end: "2.4.0")), Found("a:example:server", "2.4.0", "rc1")).ShouldBe(Truth.Yes);
        Match(Or(Range("a:example:server", end: "2.4.0")), Found("a:example:server", "2.4.0", "p1")).ShouldBe(Truth.No);
        Match(Or(Exact("a:proftpd:proftpd:1.2.0-rc2:*")), Found("a:proftpd:proftpd", "1.2.0", "rc2")).ShouldBe(Truth.Yes);
    }

    [Fact]
    public void What_it_runs_on_decides_where_it_is_known()
    {
        var configuration = new CpeConfiguration(All: true, Negate: false, [Node(Range("a:example:server", end: "2")), Node(Exact("o:microsoft:windows_server_2019:-:*", vulnerable: false))]);
        var found = Found("a:example:server", "1.9", "*");

        Match(configuration, found).ShouldBe(Truth.Unknown);
        Match(configuration, found with { Platforms = [Windows] }).ShouldBe(Truth.Yes);
        Match(configuration, found with { Platforms = [Linux] }).ShouldBe(Truth.No);
        Match(configuration, Found("a:example:server", "2.0", "*")).ShouldBe(Truth.No);
    }

    [Fact]
    public void The_platform_of_a_vulnerable_product_is_not_vulnerable_itself()
    {
        var configuration = new CpeConfiguration(All: true, Negate: false, [Node(Exact("o:example:firmware:1.0:*")), Node(Exact("a:nginx:nginx:1.18.0:*", vulnerable: false))]);

        Match(configuration, Found("a:nginx:nginx", "1.18.0", "*")).ShouldBe(Truth.No);
    }

    [Fact]
    public void Target_software_is_held_against_the_platform()
    {
        var configuration = Or(new CpeCriterion(CpeName.Parse("cpe:2.3:a:example:server:*:*:*:*:*:windows:*:*")!, new VersionRange(null, null, null, "2"), vulnerable: true));
        var found = Found("a:example:server", "1.0", "*");

        Match(configuration, found).ShouldBe(Truth.Unknown);
        Match(configuration, found with { Platforms = [Windows] }).ShouldBe(Truth.Yes);
        Match(configuration, found with { Platforms = [Linux] }).ShouldBe(Truth.No);
    }

    [Fact]
    public void A_product_is_known_by_all_its_names()
    {
        var found = Found("a:f5:nginx", "1.18.0", "*");

        Match(Or(Range("a:nginx:nginx", end: "1.20")), found).ShouldBe(Truth.Yes);
        Match(Or(Range("a:f5:nginx_open_source", end: "1.20")), found).ShouldBe(Truth.Yes);
        Match(Or(Range("a:f5:nginx_plus", end: "R30")), found).ShouldBe(Truth.No);
        Match(Or(Exact("o:yamaha:rtx1200:rev.10.01.36:*")), Found("o:yamaha:rtx1200_firmware", "10.01.36", "*")).ShouldBe(Truth.Yes);
    }

    [Fact]
    public void Every_alias_has_one_canonical_name_that_is_no_alias() =>
        EmbeddedData.Rows("Matching.product-aliases.csv").ShouldAllBe(static cells => ProductAliases.Canonical(cells[0]) == cells[0] && ProductAliases.Canonical(cells[1]) == cells[0]);

    [Fact]
    public void Negated_nodes_turn_round()
    {
        var node = Node(Exact("o:microsoft:windows_server_2019:-:*", vulnerable: false)) with { Negate = true };
        var configuration = new CpeConfiguration(All: true, Negate: false, [Node(Range("a:example:server", end: "2")), node]);

        Match(configuration, Found("a:example:server", "1.0", "*") with { Platforms = [Linux] }).ShouldBe(Truth.Yes);
        Match(configuration, Found("a:example:server", "1.0", "*") with { Platforms = [Windows] }).ShouldBe(Truth.No);
    }

    private static Truth Match(CpeConfiguration configuration, Subject subject) => ConfigurationMatcher.Match([configuration], subject);

    private static Subject Found(string key, string version, string update) => Subject.Of(CpeName.Parse($"cpe:2.3:{key}:{version}:{update}:*:*:*:*:*:*")!, []);

    private static CpeConfiguration Or(params CpeCriterion[] criteria) => new(All: false, Negate: false, [Node(criteria)]);

    private static CpeNode Node(params CpeCriterion[] criteria) => new(All: false, Negate: false, criteria);

    private static CpeCriterion Range(string key, string? start = null, string? end = null) =>
        new(CpeName.Parse($"cpe:2.3:{key}:*:*:*:*:*:*:*:*")!, new VersionRange(start, null, null, end), vulnerable: true);

    private static CpeCriterion Exact(string keyVersionUpdate, bool vulnerable = true) =>
        new(CpeName.Parse($"cpe:2.3:{keyVersionUpdate}:*:*:*:*:*:*")!, VersionRange.All, vulnerable);
}
