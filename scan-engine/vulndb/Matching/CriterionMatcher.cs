using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Holds one criterion about the found product against what was found.</summary>
/// <remarks>Source: NISTIR 7696, CPE Name Matching 2.3, table 6-2 (ANY and NA); NVD, "CPE match strings and ranges".</remarks>
internal static partial class CriterionMatcher
{
    /// <summary>True when the criterion is about the product that was found. A name without any version is that of the hardware that firmware runs on.</summary>
    internal static bool IsAbout(CpeCriterion criterion, Subject subject) =>
        criterion.IsAmong(subject.Keys) && (criterion.Release.Version is not CpeName.NotApplicable || subject.Product.Version is CpeName.NotApplicable);

    /// <summary>Whether what was found is what the criterion names.</summary>
    internal static Truth Match(CpeCriterion criterion, Subject subject)
    {
        if (!Version(criterion, subject)) return Truth.No;
        var (name, found) = (criterion.Name, subject.Product);
        if (!Fits(name.TargetHardware, found.TargetHardware) || !Fits(name.Language, found.Language)) return Truth.No;
        var (edition, software, system) = (Edition(name, subject), SoftwareEdition(name.SoftwareEdition, found.SoftwareEdition), TargetSystem(name.TargetSoftware, subject));
        return (Truth)Math.Min((int)edition, Math.Min((int)software, (int)system));
    }

    private static bool Version(CpeCriterion criterion, Subject subject)
    {
        var ((version, update), range, found) = (criterion.Release, criterion.Range, subject.Product);
        if (found.Version is CpeName.NotApplicable) return version is CpeName.NotApplicable;
        if (version is not CpeName.Any) return found.Version is not CpeName.Any && Exact(criterion, subject);
        var hasUpdate = update is not (CpeName.Any or CpeName.NotApplicable);
        if (range.IsOpen) return !hasUpdate || found.Update == update;
        return found.Version is not CpeName.Any && (hasUpdate ? range.UpTo(update) : range).Contains(subject.Place, subject.Compare, subject.Scheme);
    }

    private static bool Exact(CpeCriterion criterion, Subject subject)
    {
        var ((version, update), found) = (criterion.Release, subject.Product.Update);
        if (update is CpeName.Any) return subject.PlaceOfWhole(version) == 0 || (subject.PlaceOfVersion(version) == 0 && !IsLaterRelease(found));
        if (update is CpeName.NotApplicable) return found is CpeName.NotApplicable or CpeName.Any && subject.PlaceOfVersion(version) == 0;
        return found is not CpeName.NotApplicable && subject.PlaceOfWhole(criterion.Whole) == 0;
    }

    /// <summary>A letter or patch level makes a release of its own, with fixes that the version without it lacks: 1.3.5 does not name 1.3.5b.</summary>
    private static bool IsLaterRelease(string update) => LaterRelease().IsMatch(update);

    /// <summary>CPE 2.2 wrote the system into the edition. A development edition is a release of its own.</summary>
    private static Truth Edition(CpeName name, Subject subject)
    {
        const string Development = "dev";
        if (name.Edition is CpeName.Any or CpeName.NotApplicable || name.Edition == subject.Product.Edition) return Truth.Yes;
        if (subject.Product.Edition is not CpeName.Any || name.Edition == Development) return Truth.No;
        return OperatingSystems.IsKind(name.Edition) ? PlatformMatcher.MatchSystem(name.Edition, subject) : Truth.Yes;
    }

    private static Truth SoftwareEdition(string wanted, string found)
    {
        if (wanted is CpeName.Any || wanted == found) return Truth.Yes;
        if (found is CpeName.Any) return wanted is CpeName.NotApplicable ? Truth.Yes : Truth.Unknown;
        return Truth.No;
    }

    private static Truth TargetSystem(string target, Subject subject)
    {
        // The same code from Maven's repository.
        const string Maven = "maven";
        if (target is CpeName.Any or CpeName.NotApplicable or Maven) return Truth.Yes;
        if (subject.Product.TargetSoftware is not CpeName.Any) return target == subject.Product.TargetSoftware ? Truth.Yes : Truth.No;
        return PlatformMatcher.MatchSystem(target, subject);
    }

    private static bool Fits(string wanted, string found) => wanted is CpeName.Any or CpeName.NotApplicable || found is CpeName.Any || wanted == found;

    [GeneratedRegex(@"\A([a-z]|(p|pl|patch|hf|h)[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LaterRelease();
}
