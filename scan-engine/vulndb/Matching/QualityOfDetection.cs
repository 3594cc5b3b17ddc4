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

    internal static (int Quality, string Why) Of(Truth truth, CpeName product) => truth is Truth.Yes
        ? (RemoteVersion, $"{product.Product} {Version(product)} lies in the range of the CVE.")
        : (Unreliable, $"{product.Product} {Version(product)} lies in the range of the CVE, which also depends on a platform that is not known.");

    private static string Version(CpeName product) => product.Update is CpeName.Any or CpeName.NotApplicable ? product.Version : product.Version + product.Update;
}
