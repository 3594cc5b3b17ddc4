namespace VulnDiag.VulnDb.Matching;

/// <summary>What is known of a condition, from no to yes.</summary>
internal enum Truth
{
    No,
    Unknown,
    Yes,
}

/// <summary>Logic with three values.</summary>
internal static class TruthLogic
{
    /// <summary>As sure as the least sure; yes for none.</summary>
    internal static Truth All(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.Yes, static (all, each) => each < all ? each : all);

    /// <summary>As sure as the surest; no for none.</summary>
    internal static Truth Any(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.No, static (any, each) => each > any ? each : any);

    internal static Truth Not(this Truth truth) => (Truth)(Truth.Yes - truth);
}
