using System.Globalization;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>FIRST's exploit prediction scores, with or without percentile and comment line.</summary>
/// <remarks>Source: FIRST, EPSS data ("epss_scores-YYYY-MM-DD.csv").</remarks>
internal sealed class EpssFeed : IFeed
{
    public string Id => "epss";

    public bool Recognizes(string head) =>
        head.StartsWith("cve,epss", StringComparison.Ordinal) || (head.StartsWith('#') && head.Contains("\ncve,epss", StringComparison.Ordinal));

    public IEnumerable<FeedItem> Read(TextReader text) => CsvLines.Read(text).Select(static row =>
    {
        var id = row.Cell("cve");
        return Fields.IsCve(id) && Share(row.Cell("epss")) is { } probability
            ? new EpssScore(id, probability, Share(row.Cell("percentile")))
            : (FeedItem)new BadRecord($"line {row.Line}", "It has no CVE id with a score from 0 to 1.");
    });

    private static decimal? Share(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0m and <= 1m ? share : null;
}
