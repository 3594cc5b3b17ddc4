using System.Globalization;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>FIRST's exploit prediction scores, with or without percentile and comment line.</summary>
/// <remarks>Source: FIRST, EPSS data ("epss_scores-YYYY-MM-DD.csv").</remarks>
internal sealed class EpssFeed : IFeed
{
    public string Id => "epss";

    public bool Recognizes(string head) =>
        head.StartsWith("cve,epss", StringComparison.Ordinal) || (head.StartsWith('#') && head.Contains("\ncve,epss", StringComparison.Ordinal));

    public IEnumerable<FeedItem> Read(Stream stream)
    {
        DateOnly? day = null;
        foreach (var (line, cell) in CsvLines.Read(stream, comment => day = Day(comment) ?? day))
        {
            var id = cell("cve");
            yield return Fields.IsCve(id) && Share(cell("epss")) is { } probability
                ? new EpssScore(id, probability, Share(cell("percentile")), day)
                : new BadRecord($"line {line}", "It has no CVE id with a score from 0 to 1.");
        }
    }

    /// <summary>The day of the first line of today's files: <c>#model_version:v2023.03.01,score_date:2024-10-25T00:00:00+0000</c>.</summary>
    private static DateOnly? Day(string comment)
    {
        const string Mark = "score_date:";
        var at = comment.IndexOf(Mark, StringComparison.Ordinal);
        var text = at < 0 ? "" : comment[(at + Mark.Length)..];
        return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static decimal? Share(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0m and <= 1m ? share : null;
}
