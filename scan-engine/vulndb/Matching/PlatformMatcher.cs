using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Holds what a vulnerable product runs on against what is known of it.</summary>
internal static class PlatformMatcher
{
    /// <summary>Whether the criterion's product is there: unknown as long as nothing of its part (application, system, hardware) is known.</summary>
    internal static Truth Match(CpeCriterion criterion, Subject subject)
    {
        var name = criterion.Name;
        // Firmware runs on the hardware that it is named after.
        if (name.Version is CpeName.NotApplicable && subject.Keys.Contains(name.Key)) return Truth.Yes;
        var known = subject.Platforms.Where(platform => platform.Part == name.Part).ToList();
        return known.Count == 0 ? Truth.Unknown : known.Select(platform => Match(criterion, platform)).Any();
    }

    /// <summary>Whether what is known runs a system such as <c>windows</c> or <c>linux</c>; unknown for words that are no system.</summary>
    internal static Truth MatchSystem(string system, Subject subject)
    {
        if (!OperatingSystems.IsKind(system)) return subject.Platforms.Any(platform => platform.Product == system) ? Truth.Yes : Truth.Unknown;
        var known = subject.Platforms.Where(static platform => platform.Part == "o").ToList();
        return known.Count == 0 ? Truth.Unknown : known.Select(platform => OperatingSystems.Is(platform, system)).Any();
    }

    private static Truth Match(CpeCriterion criterion, CpeName platform)
    {
        var name = criterion.Name;
        if (platform.Key == name.Key) return Version(criterion, platform);
        if (platform.Part != "o" || OperatingSystems.KindOf(name) is not { } kind) return Truth.No;
        if (OperatingSystems.Is(platform, kind) is not Truth.Yes and var other) return other;
        // One of the two is the family alone: a criterion that says no more is met, a platform of which no more is known may be it.
        if (OperatingSystems.IsFamily(name)) return criterion.Range.IsOpen && name.Version is CpeName.Any or CpeName.NotApplicable ? Truth.Yes : Truth.Unknown;
        return OperatingSystems.IsFamily(platform) ? Truth.Unknown : Truth.No;
    }

    private static Truth Version(CpeCriterion criterion, CpeName platform)
    {
        var name = criterion.Name;
        if (name.Version is CpeName.NotApplicable || (name.Version is CpeName.Any && criterion.Range.IsOpen)) return Truth.Yes;
        if (platform.Version is CpeName.Any) return Truth.Unknown;
        if (platform.Version is CpeName.NotApplicable) return Truth.No;
        var scheme = VersionSchemes.Of(platform.Vendor, platform.Product);
        if (name.Version is CpeName.Any) return criterion.Range.Contains(platform.Version, scheme) ? Truth.Yes : Truth.No;
        return scheme.Place(platform.Version, name.Version) == 0 ? Truth.Yes : Truth.No;
    }
}
