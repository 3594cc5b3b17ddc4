namespace VulnDiag.VulnDb.Feeds;

/// <summary>Configurations for CVEs that NVD has not analysed or got wrong: <c>{_annotation, cve}</c>, one a line or alone.</summary>
/// <remarks>Source: Anchore, nvd-data-overrides (CC0 1.0). They hold no scores and are not NVD's.</remarks>
internal sealed class OverrideFeed : IFeed
{
    public string Id => "overrides";

    public bool Recognizes(string head) => head.StartsWith('{') && head.Contains("\"_annotation\"", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) => JsonRecords.OneAfterTheOther(stream, static record =>
    {
        var id = record.Text("_annotation", "cve_id");
        return Fields.IsCve(id)
            ? new ConfigurationOverride(id!, NvdConfigurations.Of20(record.At("cve", "configurations")))
            : new BadRecord(id ?? "an override without id", "It has no CVE id.");
    });
}
