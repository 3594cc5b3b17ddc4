using Newtonsoft.Json.Linq;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>NVD CVE API 2.0: a response, or a yearly file of the same shape.</summary>
/// <remarks>Source: NVD, "Vulnerabilities" API documentation and cve_api_json_2.0.schema. Unknown fields are passed over. Public domain; NVD asks to be named.</remarks>
internal sealed class NvdFeed : IFeed
{
    private static readonly (string Property, string Version)[] Metrics =
        [("cvssMetricV31", "3.1"), ("cvssMetricV30", "3.0"), ("cvssMetricV40", "4.0"), ("cvssMetricV2", "2.0")];

    public string Id => "nvd";

    public bool Recognizes(string head) =>
        head.StartsWith('{') && (head.Contains("\"NVD_CVE\"", StringComparison.Ordinal)
            || (head.Contains("\"vulnerabilities\"", StringComparison.Ordinal) && head.Contains("\"cve\"", StringComparison.Ordinal)));

    public IEnumerable<FeedItem> Read(TextReader text) => JsonRecords.OfArray(text, "vulnerabilities").Select(static each => Read(each["cve"]));

    private static FeedItem Read(JToken? cve)
    {
        var id = cve.Text("id");
        if (!Fields.IsCve(id)) return new BadRecord(id ?? "a record without id", "It has no CVE id.");
        return new CveRecord
        {
            Id = id!,
            Status = cve.Text("vulnStatus") ?? "",
            Modified = Fields.Instant(cve.Text("lastModified")),
            Description = English(cve),
            Scores = [.. Metrics.SelectMany(metric => Scores(cve, metric.Property, metric.Version)).OrderByDescending(static score => score.IsPrimary)],
            Configurations = NvdConfigurations.Of20((cve as JObject)?["configurations"]),
        };
    }

    private static string English(JToken? cve) =>
        cve.Objects("descriptions").FirstOrDefault(static each => each.Text("lang") == "en").Text("value") ?? "";

    private static IEnumerable<FeedScore> Scores(JToken? cve, string property, string version) =>
        from metric in cve.Objects("metrics", property)
        let score = metric.Number("cvssData", "baseScore")
        let vector = metric.Text("cvssData", "vectorString")
        where score is not null && vector is not null
        select new FeedScore(version, score.Value, vector, metric.Text("source") ?? "", metric.Text("type") == "Primary");
}
