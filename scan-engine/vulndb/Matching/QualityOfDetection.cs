using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Which row of the <see cref="QualityTable"/> a match is of, and why in words.</summary>
internal static class QualityOfDetection
{
    /// <summary>Of a match that is not suppressed.</summary>
    /// <param name="truth">Yes, or unknown because of the platform or the edition.</param>
    /// <param name="isInWords">True where the record names the product in words alone.</param>
    /// <param name="product">What was found.</param>
    /// <param name="installed">The distribution's package, or null where no distribution is known.</param>
    /// <param name="isFixed">No, or unknown.</param>
    /// <param name="fixedVersion">The distribution's fixed version, where the table has one.</param>
    internal static (int Quality, string Why) Of(Truth truth, bool isInWords, CpeName product, InstalledPackage? installed, Truth isFixed, string? fixedVersion)
    {
        var (row, why) = Row(truth, product, installed, isFixed, fixedVersion);
        if (!isInWords) return (row.Quality!.Value, why);
        return (Math.Min(row.Quality!.Value, QualityTable.NamedInWords.Quality!.Value), $"{why} The record names the product in words, not by a CPE name.");
    }

    private static (QualityRow Row, string Why) Row(Truth truth, CpeName product, InstalledPackage? installed, Truth isFixed, string? fixedVersion)
    {
        var range = $"{product.Product} {Version(product)} lies in the range of the CVE";
        if (truth is not Truth.Yes) return (QualityTable.PlatformUnknown, $"{range}, which also depends on a platform that is not known.");
        if (installed is null) return (QualityTable.VersionRead, range + ".");
        if (isFixed is Truth.No)
            return (QualityTable.NotYetFixed, fixedVersion is FixRow.Open ? $"{range}; {installed.Distribution} says that it has no fix yet." : $"{range}; {installed} is older than the fixed {fixedVersion}.");
        if (installed.IsByNeighbour && fixedVersion is not null)
            return (QualityTable.FixUnknown, $"{range}; what {installed.Distribution} says of the CVE holds for its own package, and only another product of the same answer names {installed.Distribution}.");
        return (QualityTable.FixUnknown, fixedVersion is null
            ? $"{range}; whether {installed} has the fix backported is not known."
            : $"{range}; {installed} is fixed from {fixedVersion} on, and the installed revision is not known.");
    }

    private static string Version(CpeName product) => product.Update is CpeName.Any or CpeName.NotApplicable ? product.Version : product.Version + product.Update;
}
