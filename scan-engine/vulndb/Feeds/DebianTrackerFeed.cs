using System.Text.Json;
using VulnDiag.VulnDb.Backports;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Debian's security tracker as JSON: source package, CVE, and per release resolved (from which version) or open.</summary>
/// <remarks>Source: Debian, "Security Tracker", data/json. Version 0 says that the release never had the hole. Undetermined states are left out.</remarks>
internal sealed class DebianTrackerFeed : IFeed
{
    private const string Debian = "debian";

    public string Id => "debian-tracker";

    public bool Recognizes(string head) =>
        head.StartsWith('{') && head.Contains("\"releases\"", StringComparison.Ordinal) && head.Contains("\"repositories\"", StringComparison.Ordinal);

    public IEnumerable<FeedItem> Read(Stream stream) =>
        JsonRecords.OfProperties(stream, static (package, issues) => issues.Properties().SelectMany(issue => Read(package, issue)));

    private static IEnumerable<FeedItem> Read(string package, JsonProperty issue)
    {
        // Issues without a CVE id have a temporary name (TEMP-…), which no one else knows.
        if (!Fields.IsCve(issue.Name)) yield break;
        foreach (var release in issue.Value.Properties("releases"))
        {
            var version = release.Value.Text("status") switch
            {
                "resolved" => release.Value.Text("fixed_version"),
                "open" => FixRow.Open,
                _ => null,
            };
            if (version is not null) yield return DistributionFix.Of(Debian, release.Name, package, issue.Name, version);
        }
    }
}
