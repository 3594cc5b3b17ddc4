using System.Text.Json;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Reads <c>configurations</c> as NVD writes them, in API 2.0 and in the older 1.1.</summary>
/// <remarks>Source: NVD CVE API 2.0 schema; NVD JSON 1.1 schema (nodes with children).</remarks>
internal static class NvdConfigurations
{
    /// <summary>API 2.0: a list of configurations, each with nodes. A criterion whose name cannot be read is left out.</summary>
    internal static IReadOnlyList<CpeConfiguration> Of20(JsonElement configurations) =>
        [.. configurations.Objects()
            .Select(static each => new CpeConfiguration(IsAll(each), each.IsTrue("negate"), [.. each.Objects("nodes").Select(static node => Node(node, "cpeMatch", "criteria"))]))
            .Where(static each => each.Nodes.Count > 0)];

    /// <summary>1.1: a tree; a node with children becomes a configuration of them, any other one of its own.</summary>
    internal static IReadOnlyList<CpeConfiguration> Of11(JsonElement configurations) =>
        [.. configurations.Objects("nodes").Select(static node => node.Objects("children").ToList() is { Count: > 0 } children
            ? new CpeConfiguration(IsAll(node), node.IsTrue("negate"), [.. children.Select(static child => Node(child, "cpe_match", "cpe23Uri"))])
            : new CpeConfiguration(All: false, Negate: false, [Node(node, "cpe_match", "cpe23Uri")]))];

    private static CpeNode Node(JsonElement node, string criteria, string name)
    {
        var list = new List<CpeCriterion>();
        foreach (var each in node.Objects(criteria))
        {
            if (Criterion(each, name) is { } criterion) list.Add(criterion);
        }

        return new CpeNode(IsAll(node), node.IsTrue("negate"), list);
    }

    private static CpeCriterion? Criterion(JsonElement criterion, string name) => CpeCriterion.Read(
        criterion.Text(name) ?? "",
        VersionRange.Of(
            criterion.Text("versionStartIncluding"), criterion.Text("versionStartExcluding"),
            criterion.Text("versionEndIncluding"), criterion.Text("versionEndExcluding")),
        criterion.At("vulnerable").ValueKind != JsonValueKind.False);

    private static bool IsAll(JsonElement node) => string.Equals(node.Text("operator"), "AND", StringComparison.OrdinalIgnoreCase);
}
