using Newtonsoft.Json.Linq;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Reads <c>configurations</c> as NVD writes them, in API 2.0 and in the older 1.1.</summary>
/// <remarks>Source: NVD CVE API 2.0 schema; NVD JSON 1.1 schema (nodes with children).</remarks>
internal static class NvdConfigurations
{
    /// <summary>API 2.0: a list of configurations, each with nodes. A criterion whose name cannot be read is left out.</summary>
    internal static IReadOnlyList<CpeConfiguration> Of20(JToken? configurations) =>
        [.. (configurations ?? new JArray()).OfType<JObject>()
            .Select(static each => new CpeConfiguration(IsAll(each), IsNegated(each), [.. Objects(each["nodes"]).Select(static node => Node(node, "cpeMatch", "criteria"))]))
            .Where(static each => each.Nodes.Count > 0)];

    /// <summary>1.1: a tree; a node with children becomes a configuration of them, any other one of its own.</summary>
    internal static IReadOnlyList<CpeConfiguration> Of11(JToken? configurations) =>
        [.. Objects(configurations?["nodes"]).Select(static node => Objects(node["children"]).ToList() is { Count: > 0 } children
            ? new CpeConfiguration(IsAll(node), IsNegated(node), [.. children.Select(static child => Node(child, "cpe_match", "cpe23Uri"))])
            : new CpeConfiguration(All: false, Negate: false, [Node(node, "cpe_match", "cpe23Uri")]))];

    private static CpeNode Node(JObject node, string criteria, string name) =>
        new(IsAll(node), IsNegated(node), [.. Objects(node[criteria]).Select(each => Criterion(each, name)).OfType<CpeCriterion>()]);

    private static CpeCriterion? Criterion(JObject criterion, string name) =>
        CpeName.Parse(Text(criterion, name) ?? "") is { } cpe
            ? new CpeCriterion(
                cpe,
                new VersionRange(
                    Text(criterion, "versionStartIncluding"), Text(criterion, "versionStartExcluding"),
                    Text(criterion, "versionEndIncluding"), Text(criterion, "versionEndExcluding")),
                criterion["vulnerable"] is not JValue { Value: false })
            : null;

    private static bool IsAll(JObject node) => string.Equals(Text(node, "operator"), "AND", StringComparison.OrdinalIgnoreCase);

    private static bool IsNegated(JObject node) => node["negate"] is JValue { Value: true };

    private static string? Text(JObject node, string name) => node[name] is JValue { Value: string text } ? text : null;

    private static IEnumerable<JObject> Objects(JToken? list) => (list as JArray ?? []).OfType<JObject>();
}
