using System.Globalization;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>CISA's catalogue of known exploited vulnerabilities.</summary>
/// <remarks>Source: CISA, Known Exploited Vulnerabilities Catalog, JSON schema (CC0 1.0).</remarks>
internal sealed class KevFeed : IFeed
{
    public string Id => "kev";

    public bool Recognizes(string head) => head.StartsWith('{') && head.Contains("\"catalogVersion\"", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) => JsonRecords.OfArray(stream, "vulnerabilities", static entry =>
    {
        var id = entry.Text("cveID");
        if (!Fields.IsCve(id)) return new BadRecord(id ?? "an entry without id", "It has no CVE id.");
        var added = DateOnly.TryParseExact(entry.Text("dateAdded"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        return new KevEntry(id!, added, entry.Text("knownRansomwareCampaignUse") == "Known");
    });
}
