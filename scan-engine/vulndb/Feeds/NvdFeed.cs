using System.Text.Json;

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

    public IEnumerable<FeedItem> Read(Stream stream) => JsonRecords.OfArray(stream, "vulnerabilities", static each => Read(each.At("cve")));

    private static FeedItem Read(JsonElement cve)
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
            Configurations = NvdConfigurations.Of20(cve.At("configurations")),
        };
    }

    private static string English(JsonElement cve)
    {
        foreach (var each in cve.Objects("descriptions"))
        {
            if (each.Text("lang") == "en") return each.Text("value") ?? "";
        }

        return "";
    }

    private static IEnumerable<FeedScore> Scores(JsonElement cve, string property, string version)
    {
        foreach (var metric in cve.Objects("metrics", property))
        {
            if (metric.Number("cvssData", "baseScore") is { } score && metric.Text("cvssData", "vectorString") is { } vector)
                yield return new FeedScore(version, score, vector, metric.Text("source") ?? "", metric.Text("type") == "Primary");
        }
    }
}
