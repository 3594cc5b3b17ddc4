namespace VulnDiag.VulnDb.Feeds;

/// <summary>Fixes of distributions as CSV: <c>distro,release,source_package,cve,fixed_version</c>, further columns passed over.</summary>
internal sealed class DistributionFixFeed : IFeed
{
    public string Id => "distribution-fixes";

    public bool Recognizes(string head) => head.StartsWith("distro,release,source_package,cve,fixed_version", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) => CsvLines.Read(stream).Select(static row =>
    {
        var fix = DistributionFix.Of(row.Cell("distro"), row.Cell("release"), row.Cell("source_package"), row.Cell("cve"), row.Cell("fixed_version"));
        var whole = fix is { Distribution.Length: > 0, Release.Length: > 0, Package.Length: > 0, FixedVersion.Length: > 0 } && Fields.IsCve(fix.Cve);
        return whole ? fix : (FeedItem)new BadRecord($"line {row.Line}", "It lacks the distribution, release, package, CVE id or version.");
    });
}
