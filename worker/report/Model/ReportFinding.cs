using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>One weakness as the report shows it: the machine's layer, the person's layer, and the words to explain it.</summary>
public sealed record ReportFinding
{
    /// <summary>The line it is on.</summary>
    public required LineId Line { get; init; }

    /// <summary>What the scan said.</summary>
    public required ScanFinding Machine { get; init; }

    /// <summary>The rating that counts.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What a person decided.</summary>
    public FindingDecision Decision { get; init; } = new();

    /// <summary>True when an earlier 誤検知 or リスク受容 has run out, so that the finding stands again.</summary>
    public bool DecisionExpired { get; init; }

    /// <summary>前回比較, or null where there is nothing to compare with.</summary>
    public FindingChange? Change { get; init; }

    /// <summary>First seen, across engagements.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Why it matters and what to do.</summary>
    public required CheckText Text { get; init; }

    /// <summary>True for an accepted risk that has not run out.</summary>
    public bool Accepted => Decision.Verdict is FindingVerdict.AcceptedRisk && !DecisionExpired;

    /// <summary>Worst first: rating, known exploitation, score, then port and id, so that the order is the same every time.</summary>
    internal static IEnumerable<ReportFinding> WorstFirst(IEnumerable<ReportFinding> findings) => findings
        .OrderBy(static finding => finding.Severity)
        .ThenByDescending(static finding => finding.Machine.Kev)
        .ThenByDescending(static finding => finding.Machine.Cvss?.Score ?? 0m)
        .ThenBy(static finding => finding.Machine.Protocol)
        .ThenBy(static finding => finding.Machine.Port)
        .ThenBy(static finding => finding.Machine.Id, StringComparer.Ordinal);
}
