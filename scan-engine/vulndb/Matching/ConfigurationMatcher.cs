using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Holds a CVE's configurations against what was found.</summary>
internal static class ConfigurationMatcher
{
    /// <summary>As sure as the surest configuration in which the found product is itself the vulnerable one.</summary>
    internal static Truth Match(IReadOnlyList<CpeConfiguration> configurations, Subject subject)
    {
        var surest = Truth.No;
        for (var at = 0; at < configurations.Count && surest < Truth.Yes; at++)
        {
            if (!IsVulnerable(configurations[at], subject)) continue;
            var truth = Match(configurations[at], subject);
            if (truth > surest) surest = truth;
        }

        return surest;
    }

    /// <summary>A product that a vulnerable one merely runs on has no hole by that.</summary>
    private static bool IsVulnerable(CpeConfiguration configuration, Subject subject)
    {
        foreach (var node in configuration.Nodes)
        {
            foreach (var criterion in node.Criteria)
            {
                if (criterion.Vulnerable && CriterionMatcher.IsAbout(criterion, subject) && CriterionMatcher.Match(criterion, subject) > Truth.No) return true;
            }
        }

        return false;
    }

    private static Truth Match(CpeConfiguration configuration, Subject subject)
    {
        var nodes = configuration.Nodes.Select(node => Match(node, subject));
        var truth = configuration.All ? nodes.All() : nodes.Any();
        return configuration.Negate ? truth.Not() : truth;
    }

    /// <summary>Where a node has a word on the found product, that decides: what else it lists are other products with the hole, not what ours runs on.</summary>
    private static Truth Match(CpeNode node, Subject subject)
    {
        if (node.Criteria.Count == 0) return Truth.No;
        var isAbout = !node.All && IsAbout(node, subject);
        var truth = node.All ? Truth.Yes : Truth.No;
        foreach (var criterion in node.Criteria)
        {
            var isOurs = CriterionMatcher.IsAbout(criterion, subject);
            if (isAbout && !isOurs) continue;
            var one = isOurs ? CriterionMatcher.Match(criterion, subject) : PlatformMatcher.Match(criterion, subject);
            if (node.All ? one < truth : one > truth) truth = one;
            if (truth == (node.All ? Truth.No : Truth.Yes)) break;
        }

        return node.Negate ? truth.Not() : truth;
    }

    private static bool IsAbout(CpeNode node, Subject subject)
    {
        foreach (var criterion in node.Criteria)
        {
            if (CriterionMatcher.IsAbout(criterion, subject)) return true;
        }

        return false;
    }
}
