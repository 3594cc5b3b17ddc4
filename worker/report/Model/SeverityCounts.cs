using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>The six counts of the diagnosis guide, section 2, step 4.</summary>
/// <param name="BySeverity">All six ratings, worst first, each with its count (0 included).</param>
public sealed record SeverityCounts(IReadOnlyDictionary<Severity, int> BySeverity)
{
    /// <summary>How many findings carry this rating.</summary>
    public int this[Severity severity] => BySeverity[severity];

    /// <summary>All findings.</summary>
    public int Total => BySeverity.Values.Sum();

    /// <summary>Counts of these findings.</summary>
    public static SeverityCounts Of(IEnumerable<ReportFinding> findings)
    {
        var counts = Severities.All.ToDictionary(static severity => severity, static _ => 0);
        foreach (var finding in findings) counts[finding.Severity]++;
        return new SeverityCounts(counts);
    }
}
