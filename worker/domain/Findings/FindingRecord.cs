using VulnDiag.Model;

namespace VulnDiag.Domain.Findings;

/// <summary>What names a finding across engagements: hospital, line, protocol, port, check or CVE.</summary>
/// <param name="HospitalCode">医療機関コード.</param>
/// <param name="Line">回線ID.</param>
/// <param name="Protocol">Transport.</param>
/// <param name="Port">Port number.</param>
/// <param name="Id">Check id or CVE.</param>
public sealed record FindingIdentity(string HospitalCode, LineId Line, Transport Protocol, int Port, string Id)
{
    /// <summary>The unique text in 指摘事項 together with the engagement: <c>1312345678/L1/tcp/23/telnet-open</c>.</summary>
    public override string ToString() => $"{HospitalCode}/{Line}/{(Protocol == Transport.Tcp ? "tcp" : "udp")}/{Port}/{Id}";
}

/// <summary>How a finding compares with the previous engagement (前回比較).</summary>
public enum FindingChange
{
    /// <summary>新規.</summary>
    New,

    /// <summary>継続.</summary>
    StillThere,

    /// <summary>解消: the port was reached and the check ran.</summary>
    Fixed,

    /// <summary>未確認: the port was not reached or the check did not run.</summary>
    NotExamined,
}

/// <summary>What a person decided of a finding (判定).</summary>
public enum FindingVerdict
{
    /// <summary>未確認: nobody has looked yet.</summary>
    Open,

    /// <summary>確認済.</summary>
    Confirmed,

    /// <summary>誤検知.</summary>
    FalsePositive,

    /// <summary>リスク受容.</summary>
    AcceptedRisk,
}

/// <summary>A person's layer of a finding; a new scan never overwrites it.</summary>
public sealed record FindingDecision
{
    /// <summary>判定.</summary>
    public FindingVerdict Verdict { get; init; } = FindingVerdict.Open;

    /// <summary>再評価: another rating than the machine's, or null.</summary>
    public Severity? ReRated { get; init; }

    /// <summary>理由: needed for every verdict but 確認済, and for a re-rating.</summary>
    public string Reason { get; init; } = "";

    /// <summary>判定者: login name.</summary>
    public string By { get; init; } = "";

    /// <summary>有効期限 of a false positive or accepted risk, or null.</summary>
    public DateOnly? Expires { get; init; }
}

/// <summary>One row of 指摘事項: what the machine found and what a person decided, kept apart.</summary>
public sealed record FindingRecord
{
    /// <summary>Record number in 指摘事項, or 0 before it is written.</summary>
    public long RecordId { get; init; }

    /// <summary>kintone's revision, or 0 before it is written.</summary>
    public long Revision { get; init; }

    /// <summary>The engagement that it was found in.</summary>
    public required EngagementId Engagement { get; init; }

    /// <summary>Its identity across engagements.</summary>
    public required FindingIdentity Identity { get; init; }

    /// <summary>The machine's layer, as the scan said it.</summary>
    public required ScanFinding Machine { get; init; }

    /// <summary>First seen, across engagements.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>前回比較.</summary>
    public FindingChange Change { get; init; } = FindingChange.New;

    /// <summary>A person's layer.</summary>
    public FindingDecision Decision { get; init; } = new();

    /// <summary>The rating that counts: the person's where there is one, else the machine's.</summary>
    public Severity Severity => Decision.ReRated ?? Machine.Severity;
}
