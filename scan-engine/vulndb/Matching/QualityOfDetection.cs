using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>How sure a match by version is, in percent.</summary>
/// <remarks>The scale is that of Greenbone's QoD: 80 for a version read from a banner, 30 where something that decides is not known.</remarks>
internal static class QualityOfDetection
{
    /// <summary>Product and version were read, and lie in the CVE's range.</summary>
    internal const int RemoteVersion = 80;

    /// <summary>A condition is not known from outside.</summary>
    internal const int Unreliable = 30;

    /// <summary>Of a match that is not suppressed.</summary>
    /// <param name="truth">Yes, or unknown because of the platform.</param>
    /// <param name="product">What was found.</param>
    /// <param name="installed">The distribution's package, or null where no distribution is known.</param>
    /// <param name="isFixed">No, or unknown.</param>
    /// <param name="fixedVersion">The distribution's fixed version, where the table has one.</param>
    internal static (int Quality, string Why) Of(Truth truth, CpeName product, InstalledPackage? installed, Truth isFixed, string? fixedVersion)
    {
        var range = $"{product.Product} {Version(product)} lies in the range of the CVE";
        if (truth is not Truth.Yes) return (Unreliable, $"{range}, which also depends on a platform that is not known.");
        if (installed is null) return (RemoteVersion, range + ".");
        if (isFixed is Truth.No)
            return (RemoteVersion, fixedVersion is FixRow.Open ? $"{range}; {installed.Distribution} says that it has no fix yet." : $"{range}; {installed} is older than the fixed {fixedVersion}.");
        return (Unreliable, fixedVersion is null
            ? $"{range}; whether {installed} has the fix backported is not known."
            : $"{range}; {installed} is fixed from {fixedVersion} on, and the installed revision is not known.");
    }

    private static string Version(CpeName product) => product.Update is CpeName.Any or CpeName.NotApplicable ? product.Version : product.Version + product.Update;
}
