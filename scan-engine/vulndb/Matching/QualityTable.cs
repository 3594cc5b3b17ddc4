namespace VulnDiag.VulnDb.Matching;

/// <summary>A way in which a match can come about.</summary>
/// <param name="Quality">Quality of detection in percent; null where nothing is told as a match.</param>
/// <param name="Shown">What stands for it in documents where there is none.</param>
/// <param name="Reason">When it is so.</param>
/// <param name="Reader">What the report's reader should know.</param>
internal sealed record QualityRow(int? Quality, string Shown, string Reason, string Reader);

/// <summary>How sure a match by version is, in percent: the one table, which documents are made from.</summary>
/// <remarks>The scale is that of Greenbone's QoD: 80 for a version that a banner tells, 50 for what is concluded from a name, 30 where something that decides is not known.</remarks>
internal static class QualityTable
{
    /// <summary>Product and version were read, and lie in the CVE's range.</summary>
    internal static readonly QualityRow VersionRead = Row(80, "product and version were read and lie in the CVE's range; no condition beyond that, or the platform is known and fits", "the version is vulnerable as its maker numbers it");

    /// <summary>The distribution's word is known.</summary>
    internal static readonly QualityRow NotYetFixed = Row(80, "the distribution is known, and the installed package is older than its fix, or the distribution says that there is no fix yet", "the package is vulnerable, whatever was backported before");

    /// <summary>The record has no CPE name.</summary>
    internal static readonly QualityRow NamedInWords = Row(50, "the CVE's record has no CPE name and names vendor and product in words alone, which fit", "look whether the CVE is about this product");

    /// <summary>A platform decides.</summary>
    internal static readonly QualityRow PlatformUnknown = Row(30, "the CVE needs a platform, a hardware or another product, of which nothing is known", "ask the hospital or the vendor");

    /// <summary>An edition decides.</summary>
    internal static readonly QualityRow EditionUnknown = Row(30, "the record names an edition (community, enterprise, a support line) that the version does not tell", "as above");

    /// <summary>A backported fix decides.</summary>
    internal static readonly QualityRow FixUnknown = Row(30, "the distribution is known and the fix table has no row, or the banner hides the package's revision, or only another product of the answer names the distribution", "old versions with backported fixes are the usual case");

    /// <summary>Fixed by the distribution.</summary>
    internal static readonly QualityRow Suppressed = new(null, "suppressed", "the distribution's fix is in the installed package, or the distribution never had the hole", "listed with the fixing version under `suppressed`, never dropped in silence");

    /// <summary>Not vulnerable.</summary>
    internal static readonly QualityRow NoMatch = new(null, "no match", "the version lies outside, the platform is known to be another one, the record was rejected", "–");

    /// <summary>Every row, the surest first.</summary>
    internal static IReadOnlyList<QualityRow> Rows { get; } = [VersionRead, NotYetFixed, NamedInWords, PlatformUnknown, EditionUnknown, FixUnknown, Suppressed, NoMatch];

    private static QualityRow Row(int quality, string reason, string reader) => new(quality, quality.ToString(System.Globalization.CultureInfo.InvariantCulture), reason, reader);
}
