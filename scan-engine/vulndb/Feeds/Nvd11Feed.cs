using System.Text.Json;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>NVD JSON 1.1, which NVD retired in 2023 and mirrors still keep.</summary>
/// <remarks>Source: nvd_cve_feed_json_1.1.schema.</remarks>
internal sealed class Nvd11Feed : IFeed
{
    private const string RejectedMark = "** REJECT **";

    public string Id => "nvd-1.1";

    public bool Recognizes(string head) => head.StartsWith('{') && head.Contains("\"CVE_data_type\"", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) => JsonRecords.OfArray(stream, "CVE_Items", Read);

    private static FeedItem Read(JsonElement item)
    {
        var id = item.Text("cve", "CVE_data_meta", "ID");
        if (!Fields.IsCve(id)) return new BadRecord(id ?? "a record without id", "It has no CVE id.");
        var description = item.Objects("cve", "description", "description_data").FirstOrDefault(static each => each.Text("lang") == "en").Text("value") ?? "";
        return new CveRecord
        {
            Id = id!,
            Status = description.StartsWith(RejectedMark, StringComparison.Ordinal) ? "Rejected" : "",
            Modified = Fields.Instant(item.Text("lastModifiedDate")),
            Description = description,
            Scores = [.. Scores(item)],
            Configurations = NvdConfigurations.Of11(item.At("configurations")),
        };
    }

    private static IEnumerable<FeedScore> Scores(JsonElement item)
    {
        foreach (var (metric, data) in new[] { ("baseMetricV3", "cvssV3"), ("baseMetricV2", "cvssV2") })
        {
            var cvss = item.At("impact", metric, data);
            if (cvss.Number("baseScore") is { } score && cvss.Text("vectorString") is { } vector)
                yield return new FeedScore(cvss.Text("version") ?? "", score, vector, "nvd@nist.gov", IsPrimary: true);
        }
    }
}
