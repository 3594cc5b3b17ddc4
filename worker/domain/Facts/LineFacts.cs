using VulnDiag.Domain.Triage;

namespace VulnDiag.Domain.Facts;

/// <summary>打合せ結果.</summary>
public enum MeetingOutcome
{
    /// <summary>実施可.</summary>
    Feasible,

    /// <summary>実施不可.</summary>
    NotFeasible,
}

/// <summary>How far the diagnosis of a line has come (実施状況). Words stand in words.ja.csv.</summary>
public enum LineOutcome
{
    /// <summary>未実施: still to do, or not done, with its reason.</summary>
    NotCarriedOut,

    /// <summary>診断中.</summary>
    Scanning,

    /// <summary>診断済.</summary>
    Done,

    /// <summary>未診断: out of scope by the table or by the meeting.</summary>
    OutOfScope,

    /// <summary>今回見送り.</summary>
    Deferred,

    /// <summary>中止: stopped, or the engagement was cancelled.</summary>
    Stopped,
}

/// <summary>What staff and the worker recorded of one line: a row of 回線結果.</summary>
public sealed record LineFacts
{
    /// <summary>回線ID.</summary>
    public required LineId Id { get; init; }

    /// <summary>Last triage (worker), or null before the first.</summary>
    public TriageResult? Triage { get; init; }

    /// <summary>打合せ結果 (coordinator), or null while open.</summary>
    public MeetingOutcome? Meeting { get; init; }

    /// <summary>打合せメモ (coordinator).</summary>
    public string MeetingNote { get; init; } = "";

    /// <summary>Hash of the line's answers that the outcome was about (worker), or empty before it was bound.</summary>
    public string MeetingHash { get; init; } = "";

    /// <summary>今回見送り (coordinator).</summary>
    public bool Deferred { get; init; }

    /// <summary>見送り理由 (coordinator).</summary>
    public string DeferredReason { get; init; } = "";

    /// <summary>実施状況 (worker).</summary>
    public LineOutcome Outcome { get; init; } = LineOutcome.NotCarriedOut;

    /// <summary>Why the outcome is what it is (worker); empty only for 診断済 and before anything happened.</summary>
    public string OutcomeReason { get; init; } = "";

    /// <summary>Start of the window that this line was given up for (worker), or null.</summary>
    public DateTimeOffset? GivenUpWindow { get; init; }

    /// <summary>When the line's scan ended (worker), or null.</summary>
    public DateTimeOffset? ScanFinished { get; init; }
}
