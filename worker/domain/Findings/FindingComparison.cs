using VulnDiag.Model;

namespace VulnDiag.Domain.Findings;

/// <summary>Compares what a scan found with the engagement that it follows. Decisions are carried over, never overwritten.</summary>
/// <remarks>A finding is 解消 only when its port was reached and its check ran. Source: SPEC "Findings".</remarks>
public static class FindingComparison
{
    /// <summary>The rows for 指摘事項 of this engagement.</summary>
    /// <param name="engagement">This engagement.</param>
    /// <param name="hospitalCode">医療機関コード.</param>
    /// <param name="results">Scan results by line.</param>
    /// <param name="previous">Rows of the engagement that this one follows, or none.</param>
    /// <param name="today">Today in Japan: expired decisions are not carried over.</param>
    public static IReadOnlyList<FindingRecord> Compare(
        EngagementId engagement,
        string hospitalCode,
        IReadOnlyDictionary<LineId, ScanResult> results,
        IReadOnlyList<FindingRecord> previous,
        DateOnly today)
    {
        var before = previous.ToDictionary(static row => row.Identity);
        var found = (
            from line in results.OrderBy(static pair => pair.Key)
            from finding in line.Value.Findings
            let identity = new FindingIdentity(hospitalCode, line.Key, finding.Protocol, finding.Port, finding.Id)
            select Found(engagement, identity, finding, line.Value.Finished, before.GetValueOrDefault(identity), today)).ToList();
        var seen = found.Select(static row => row.Identity).ToHashSet();
        var gone =
            from row in previous
            where !seen.Contains(row.Identity) && row.Change is not FindingChange.Fixed
            select row with
            {
                RecordId = 0,
                Revision = 0,
                Engagement = engagement,
                Change = Examined(row.Identity, results.GetValueOrDefault(row.Identity.Line)) ? FindingChange.Fixed : FindingChange.NotExamined,
                Decision = CarriedOver(row.Decision, today),
            };
        return [.. found, .. gone];
    }

    private static FindingRecord Found(
        EngagementId engagement, FindingIdentity identity, ScanFinding finding, DateTimeOffset seen, FindingRecord? before, DateOnly today) => new()
    {
        Engagement = engagement,
        Identity = identity,
        Machine = finding,
        FirstSeen = before?.FirstSeen ?? seen,
        LastSeen = seen,
        Change = before is null ? FindingChange.New : FindingChange.StillThere,
        Decision = before is null ? new FindingDecision() : CarriedOver(before.Decision, today),
    };

    private static FindingDecision CarriedOver(FindingDecision decision, DateOnly today) =>
        decision.Expires is { } expires && expires < today ? new FindingDecision() : decision;

    private static bool Examined(FindingIdentity identity, ScanResult? result)
    {
        if (result is null || !result.Complete) return false;
        if (result.NotExamined.Any(gap => Covers(gap, identity))) return false;
        if (result.Ports.Any(port => port.Protocol == identity.Protocol && port.Port == identity.Port && port.State == "open")) return true;
        return identity.Protocol is Transport.Tcp && result.Coverage.Tcp is { Filtered: 0, Untested: 0 };
    }

    private static bool Covers(NotExamined gap, FindingIdentity identity) =>
        (gap.Protocol is null || gap.Protocol == identity.Protocol)
        && (gap.Port is null || gap.Port == identity.Port)
        && (gap.Port is null || gap.What == identity.Id || identity.Id.StartsWith("CVE-", StringComparison.Ordinal));
}
