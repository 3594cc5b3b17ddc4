using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Holds one criterion against what was found.</summary>
/// <remarks>Source: NISTIR 7696, CPE Name Matching 2.3, table 6-2 (ANY and NA); NVD, "CPE match strings and ranges".</remarks>
internal static class CriterionMatcher
{
    private static readonly IVersionScheme Scheme = new GeneralScheme();

    private static readonly Dictionary<string, string> SystemVendors = new(StringComparer.Ordinal)
    {
        ["windows"] = "microsoft", ["macos"] = "apple", ["mac_os_x"] = "apple", ["mac_os"] = "apple", ["iphone_os"] = "apple", ["android"] = "google",
    };

    /// <summary>True when the criterion is about the product that was found.</summary>
    internal static bool IsAbout(CpeCriterion criterion, Subject subject) => subject.Keys.Contains(criterion.Name.Key, StringComparer.Ordinal);

    /// <summary>Whether what was found is what the criterion names.</summary>
    internal static Truth Match(CpeCriterion criterion, Subject subject)
    {
        if (!IsAbout(criterion, subject)) return Platform(criterion, subject.Platforms);
        if (!Fits(criterion.Name.SoftwareEdition, subject.Product.SoftwareEdition)) return Truth.No;
        var version = Version(criterion, subject.Product);
        var system = TargetSystem(criterion.Name.TargetSoftware, subject);
        return version < system ? version : system;
    }

    /// <summary>A product that was not found itself may be what the found one runs on: unknown, as long as the platform is.</summary>
    private static Truth Platform(CpeCriterion criterion, IReadOnlyList<CpeName> platforms)
    {
        if (criterion.Vulnerable && criterion.Name.Part == "a") return Truth.No;
        if (platforms.Count == 0) return Truth.Unknown;
        return platforms.Select(platform => platform.Key == criterion.Name.Key ? PlatformVersion(criterion, platform) : Truth.No).Any();
    }

    private static Truth PlatformVersion(CpeCriterion criterion, CpeName platform) =>
        platform.Version is CpeName.Any or CpeName.NotApplicable || criterion.Name.Version is CpeName.NotApplicable ? Truth.Yes : Version(criterion, platform);

    private static Truth Version(CpeCriterion criterion, CpeName found)
    {
        var name = criterion.Name;
        if (name.Version is CpeName.NotApplicable || found.Version is CpeName.NotApplicable) return name.Version == found.Version ? Truth.Yes : Truth.No;
        if (name.Version is not CpeName.Any) return found.Version is CpeName.Any ? Truth.No : Exact(name, found);
        if (criterion.Range.IsOpen) return Truth.Yes;
        return found.Version is not CpeName.Any && Inside(criterion.Range, found) && Fits(name.Update, found.Update) ? Truth.Yes : Truth.No;
    }

    private static Truth Exact(CpeName name, CpeName found)
    {
        if (name.Update is CpeName.Any) return Scheme.Compare(name.Version, found.Version) == 0 || Scheme.Compare(name.Version, Whole(found)) == 0 ? Truth.Yes : Truth.No;
        if (name.Update is CpeName.NotApplicable)
            return Scheme.Compare(name.Version, found.Version) == 0 && found.Update is CpeName.NotApplicable or CpeName.Any ? Truth.Yes : Truth.No;
        return Scheme.Compare(Whole(name), Whole(found)) == 0 ? Truth.Yes : Truth.No;
    }

    /// <summary>A bound without a patch level is about whole releases (before 9.3 leaves out 9.3p1 too); what comes before a release still lies before it.</summary>
    private static bool Inside(VersionRange range, CpeName found) =>
        (range.StartIncluding is null || Compare(found, range.StartIncluding) >= 0)
        && (range.StartExcluding is null || Compare(found, range.StartExcluding) > 0)
        && (range.EndIncluding is null || Compare(found, range.EndIncluding) <= 0)
        && (range.EndExcluding is null || Compare(found, range.EndExcluding) < 0);

    private static int Compare(CpeName found, string bound)
    {
        var whole = Scheme.Compare(Whole(found), bound);
        var release = Scheme.Compare(found.Version, bound);
        return release == 0 && whole > 0 ? 0 : whole;
    }

    private static string Whole(CpeName name) => name.Update is CpeName.Any or CpeName.NotApplicable ? name.Version : $"{name.Version}-{name.Update}";

    private static Truth TargetSystem(string target, Subject subject)
    {
        if (target is CpeName.Any or CpeName.NotApplicable) return Truth.Yes;
        if (subject.Product.TargetSoftware is not CpeName.Any) return target == subject.Product.TargetSoftware ? Truth.Yes : Truth.No;
        if (subject.Platforms.Count == 0) return Truth.Unknown;
        return subject.Platforms.Any(platform => platform.Product.Contains(target, StringComparison.Ordinal) || SystemVendors.GetValueOrDefault(target) == platform.Vendor)
            ? Truth.Yes
            : Truth.No;
    }

    private static bool Fits(string wanted, string found) => wanted is CpeName.Any || found is CpeName.Any || wanted == found;
}
