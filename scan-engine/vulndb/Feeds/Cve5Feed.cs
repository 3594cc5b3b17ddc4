using System.Text.Json;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>CVE records in JSON 5, one a line or alone, with what CISA adds (CPE names, scores): NVD no longer analyses every CVE.</summary>
/// <remarks>Source: CVE Program, CVE_Record_Format schema 5.1. Only products with a stated range are taken: a name alone would match every version.</remarks>
internal sealed class Cve5Feed : IFeed
{
    private static readonly (string Property, string Version)[] Metrics = [("cvssV3_1", "3.1"), ("cvssV3_0", "3.0"), ("cvssV4_0", "4.0"), ("cvssV2_0", "2.0")];

    public string Id => "cve5";

    public bool Recognizes(string head) =>
        head.StartsWith('{') && head.Contains("\"dataType\"", StringComparison.Ordinal) && head.Contains("CVE_RECORD", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) => JsonRecords.OneAfterTheOther(stream, Read);

    private static FeedItem Read(JsonElement record)
    {
        var id = record.Text("cveMetadata", "cveId");
        if (!Fields.IsCve(id)) return new BadRecord(id ?? "a record without id", "It has no CVE id.");
        JsonElement[] containers = [record.At("containers", "cna"), .. record.Objects("containers", "adp")];
        var affected = containers.SelectMany(static container => container.Objects("affected")).ToList();
        List<CpeConfiguration> configurations = [.. affected.Select(Configuration).OfType<CpeConfiguration>()];
        return new CveRecord
        {
            Id = id!,
            IsNvd = false,
            Status = string.Equals(record.Text("cveMetadata", "state"), "REJECTED", StringComparison.OrdinalIgnoreCase) ? "Rejected" : "",
            Modified = Fields.Instant(record.Text("cveMetadata", "dateUpdated")),
            Description = containers[0].Objects("descriptions").FirstOrDefault(static each => each.Text("lang")?.StartsWith("en", StringComparison.Ordinal) == true).Text("value") ?? "",
            Scores = [.. containers.SelectMany(Scores)],
            Configurations = configurations,
            ByName = configurations.Count > 0 ? [] : [.. affected.Select(Cve5Names.Configuration).OfType<CpeConfiguration>()],
        };
    }

    private static IEnumerable<FeedScore> Scores(JsonElement container) =>
        from metric in container.Objects("metrics")
        from kind in Metrics
        let score = metric.Number(kind.Property, "baseScore")
        let vector = metric.Text(kind.Property, "vectorString")
        where score is not null && vector is not null
        select new FeedScore(kind.Version, score.Value, vector, container.Text("providerMetadata", "shortName") ?? "", IsPrimary: false);

    private static CpeConfiguration? Configuration(JsonElement affected)
    {
        var names = affected.Texts("cpes").Select(CpeName.Parse).OfType<CpeName>()
            .Select(static name => name with { Version = CpeName.Any, Update = CpeName.Any }).Distinct().ToList();
        var versions = names.Count == 0 ? [] : Cve5Versions.Of(affected);
        List<CpeCriterion> criteria =
            [.. names.SelectMany(name => versions.Select(version => new CpeCriterion(name with { Version = version.Version }, version.Range, vulnerable: true)))];
        return criteria.Count == 0 ? null : new CpeConfiguration(All: false, Negate: false, [new CpeNode(All: false, Negate: false, criteria)]);
    }
}
