using VulnDiag.VulnDb.Cvss;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>A feed's score that is not what its own vector gives.</summary>
/// <param name="Cve">CVE id.</param>
/// <param name="Vector">Vector as the feed prints it.</param>
/// <param name="Printed">The feed's score.</param>
/// <param name="Reckoned">Ours; null when the vector is not valid.</param>
/// <param name="Source">Who gave it.</param>
public sealed record ScoreDifference(string Cve, string Vector, decimal Printed, decimal? Reckoned, string Source);

/// <summary>Reckons the feed's scores anew. Few vectors stand in most records, so each is reckoned once.</summary>
internal sealed class ScoreCheck
{
    private const int Remembered = 20_000;
    private readonly Dictionary<string, decimal?> reckoned = new(StringComparer.Ordinal);

    /// <summary>The scores of a record that differ.</summary>
    internal IEnumerable<ScoreDifference> Of(CveRecord record)
    {
        foreach (var score in record.Scores)
        {
            // A base score says nothing of a vector that also has metrics of exploit code.
            if (score.Vector.Contains("/E:", StringComparison.Ordinal)) continue;
            if (Reckon(score.Vector) is var ours && ours != score.Score) yield return new ScoreDifference(record.Id, score.Vector, score.Score, ours, score.Source);
        }
    }

    private decimal? Reckon(string vector)
    {
        if (reckoned.TryGetValue(vector, out var known)) return known;
        if (reckoned.Count == Remembered) reckoned.Clear();
        return reckoned[vector] = CvssVector.Parse(vector)?.Score;
    }
}
