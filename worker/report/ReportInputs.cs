using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>What a hospital's report is made from.</summary>
public sealed record EngagementReportInput
{
    /// <summary>The engagement as read from its record.</summary>
    public required Engagement Engagement { get; init; }

    /// <summary>Results of its scans; each names its line. Of two for one line the later counts.</summary>
    public required IReadOnlyList<ScanResult> Results { get; init; }

    /// <summary>指摘事項 of this engagement, with people's decisions and the comparison.</summary>
    public required IReadOnlyList<FindingRecord> Findings { get; init; }

    /// <summary>Words that explain findings.</summary>
    public required CheckTexts Texts { get; init; }

    /// <summary>Operator's name (a setting).</summary>
    public required string Operator { get; init; }

    /// <summary>Edition to be made, 1 or more.</summary>
    public required int Edition { get; init; }

    /// <summary>True for 案.</summary>
    public required bool Draft { get; init; }

    /// <summary>Day of issue in Japan; also the day on which decisions have or have not run out.</summary>
    public required DateOnly Made { get; init; }

    /// <summary>Display name of the 分析担当; empty where nobody is named.</summary>
    public string Analyst { get; init; } = "";

    /// <summary>Display name of the 承認者; empty where nobody is named.</summary>
    public string Approver { get; init; } = "";

    /// <summary>The engagement that this one follows, or null.</summary>
    public PreviousReport? Previous { get; init; }
}

/// <summary>What a report of an operator's own scan is made from.</summary>
/// <param name="Result">RESULT.json.</param>
/// <param name="Texts">Words that explain findings.</param>
/// <param name="Operator">Operator's name (a setting).</param>
/// <param name="Made">Day of issue in Japan.</param>
public sealed record ScanReportInput(ScanResult Result, CheckTexts Texts, string Operator, DateOnly Made);
