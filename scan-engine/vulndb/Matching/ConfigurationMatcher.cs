using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Holds a CVE's configurations against what was found.</summary>
internal static class ConfigurationMatcher
{
    /// <summary>As sure as the surest configuration in which the found product is itself the vulnerable one.</summary>
    internal static Truth Match(IEnumerable<CpeConfiguration> configurations, Subject subject) =>
        configurations.Where(configuration => IsVulnerable(configuration, subject)).Select(configuration => Match(configuration, subject)).Any();

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
        var isAbout = !node.All && node.Criteria.Any(criterion => CriterionMatcher.IsAbout(criterion, subject));
        var criteria = node.Criteria
            .Where(criterion => !isAbout || CriterionMatcher.IsAbout(criterion, subject))
            .Select(criterion => CriterionMatcher.IsAbout(criterion, subject) ? CriterionMatcher.Match(criterion, subject) : PlatformMatcher.Match(criterion, subject));
        var truth = node.All ? criteria.All() : criteria.Any();
        return node.Negate ? truth.Not() : truth;
    }
}
