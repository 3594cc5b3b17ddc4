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
            new(CpeName.Parse("cpe:2.3:a:example:server:*:*:*:*:*:*:*:*")!, new VersionRange("1.0", null, null, "1.4"), Vulnerable: true),
            new(CpeName.Parse("cpe:2.3:a:example:server:*:*:*:*:*:*:*:*")!, new VersionRange(null, null, "2", null), Vulnerable: true),
            new(CpeName.Parse("cpe:2.3:o:cisco:asa:9.8\\(2\\)20:*:*:*:*:*:x64:*")!, VersionRange.All, Vulnerable: false),
            new(CpeName.Parse("cpe:2.3:a:x:y:1\\:2:-:*:*:*:windows:*:*")!, VersionRange.All, Vulnerable: true),
        ];
        CpeConfiguration[] configurations = [new(All: true, Negate: false, [new CpeNode(All: false, Negate: true, criteria), new CpeNode(All: true, Negate: false, [])]), new(All: false, Negate: true, [new CpeNode(false, false, criteria[..1])])];

        var read = ConfigurationText.Read(ConfigurationText.Write(configurations));

        read.Select(static each => (each.All, each.Negate)).ShouldBe([(true, false), (false, true)]);
        read[0].Nodes.Select(static each => (each.All, each.Negate, each.Criteria.Count)).ShouldBe([(false, true, 4), (true, false, 0)]);
        read[0].Nodes[0].Criteria.ShouldBe(criteria);
        read[1].Nodes[0].Criteria.ShouldBe(criteria[..1]);
    }
}
