using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Triage;
using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>One line (回線) as the report shows it.</summary>
public sealed record ReportLine
{
    /// <summary>回線ID; for an operator's own scan the scanned address.</summary>
    public required LineId Id { get; init; }

    /// <summary>回線名, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The hospital's answers, or null for an operator's own scan.</summary>
    public Line? Answers { get; init; }

    /// <summary>診断実施判定, or null where the line was not triaged.</summary>
    public TriageResult? Triage { get; init; }

    /// <summary>打合せ結果, or null.</summary>
    public MeetingOutcome? Meeting { get; init; }

    /// <summary>実施状況.</summary>
    public required LineOutcome Outcome { get; init; }

    /// <summary>Why; empty only for 診断済.</summary>
    public string OutcomeReason { get; init; } = "";

    /// <summary>What the scan saw, or null where no scan left a result.</summary>
    public ScanResult? Scan { get; init; }

    /// <summary>The vulnerability database that the scan's products were matched with (the day of its newest record), or null where they were matched with none.</summary>
    public string? MatchedWith => Scan?.Versions.GetValueOrDefault("vulndb") is { Length: > 0 } version and not "empty" ? version : null;

    /// <summary>Weaknesses that stand, worst first: confirmed, open, and accepted risks. These are counted.</summary>
    public IReadOnlyList<ReportFinding> Findings { get; init; } = [];

    /// <summary>How many findings a person judged to be 誤検知: left out, but not hidden.</summary>
    public int FalsePositives { get; init; }

    /// <summary>解消: found before, examined again, gone.</summary>
    public IReadOnlyList<ReportFinding> Fixed { get; init; } = [];

    /// <summary>未確認: found before, not examined this time; may still be there.</summary>
    public IReadOnlyList<ReportFinding> NotExamined { get; init; } = [];

    /// <summary>What the scan could not judge, by port: unknown, not safe.</summary>
    public IReadOnlyList<UnexaminedItem> Unexamined { get; init; } = [];

    /// <summary>Vendors of this line.</summary>
    public IReadOnlyList<ReportVendor> Vendors { get; init; } = [];

    /// <summary>True when an attacker who enters here may reach the medical records (also where the hospital does not know).</summary>
    public bool MayReachMedicalRecords => Answers is { MedicalRecords: not YesNoUnknown.No };
}

/// <summary>Something that could not be judged.</summary>
/// <param name="Item">As the scan said it.</param>
/// <param name="Title">Title of the check's finding, or empty where the check has no words.</param>
public sealed record UnexaminedItem(NotExamined Item, string Title);
