using CsCheck;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Store;

public sealed class ConfigurationTextTests
{
    [Fact]
    public void Configurations_survive_writing_and_reading()
    {
        CpeCriterion[] criteria =
        [
            new(CpeName.Parse("cpe:2.3:a:example:server:*:*:*:*:*:*:*:*")!, new VersionRange("1.0", null, null, "1.4"), vulnerable: true),
            new(CpeName.Parse("cpe:2.3:a:example:server:*:*:*:*:*:*:*:*")!, new VersionRange(null, null, "2", null), vulnerable: true),
            new(CpeName.Parse("cpe:2.3:o:cisco:asa:9.8\\(2\\)20:*:*:*:*:*:x64:*")!, VersionRange.All, vulnerable: false),
            new(CpeName.Parse("cpe:2.3:a:x:y:1\\:2:-:*:*:*:windows:*:*")!, VersionRange.All, vulnerable: true),
        ];
        CpeConfiguration[] configurations = [new(All: true, Negate: false, [new CpeNode(All: false, Negate: true, criteria), new CpeNode(All: true, Negate: false, [])]), new(All: false, Negate: true, [new CpeNode(false, false, criteria[..1])])];

        var read = ConfigurationText.Read(ConfigurationText.Write(configurations), keys: null);

        read.Select(static each => (each.All, each.Negate)).ShouldBe([(true, false), (false, true)]);
        read[0].Nodes.Select(static each => (each.All, each.Negate, each.Criteria.Count)).ShouldBe([(false, true, 4), (true, false, 0)]);
        read[0].Nodes[0].Criteria.Select(Parts).ShouldBe(criteria.Select(Parts), ignoreOrder: true);
        read[1].Nodes[0].Criteria.Select(Parts).ShouldBe(criteria[..1].Select(Parts));
    }

    [Fact]
    public void Alternatives_that_nobody_asks_about_are_passed_over_and_conditions_are_not()
    {
        CpeNode node = new(All: false, Negate: false, [Named("cpe:2.3:a:example:server:1.0:*:*:*:*:*:*:*"), Named("cpe:2.3:a:example:other:1.0:*:*:*:*:*:*:*")]);
        CpeNode platform = new(All: false, Negate: false, [Named("cpe:2.3:o:example:os:-:*:*:*:*:*:*:*")]);
        var text = ConfigurationText.Write([new CpeConfiguration(All: false, Negate: false, [node]), new CpeConfiguration(All: true, Negate: false, [node, platform])]);

        var read = ConfigurationText.Read(text, new HashSet<string> { "a:example:server" });

        read.Select(static each => each.Nodes.Sum(static node => node.Criteria.Count)).ShouldBe([1, 3]);
        ConfigurationText.VulnerableKeys(text).ShouldBe(["a:example:server", "a:example:other", "o:example:os"]);
    }

    [Fact]
    public void Any_bound_survives_but_for_tabs_and_breaks() => Gen.String.Array[4].Sample(static bounds =>
    {
        var range = VersionRange.Of(bounds[0], bounds[1], bounds[2], bounds[3]);
        var text = ConfigurationText.Write([new CpeConfiguration(false, false, [new CpeNode(false, false, [new CpeCriterion(CpeName.Parse("cpe:2.3:a:x:y:*:*:*:*:*:*:*:*")!, range, vulnerable: true)])])]);
        ConfigurationText.Read(text, keys: null).ShouldHaveSingleItem().Nodes.ShouldHaveSingleItem().Criteria.ShouldHaveSingleItem();
    });

    private static CpeCriterion Named(string name) => CpeCriterion.Read(name, VersionRange.All, vulnerable: true)!;

    private static (CpeName, VersionRange, bool) Parts(CpeCriterion criterion) => (criterion.Name, criterion.Range, criterion.Vulnerable);
}
