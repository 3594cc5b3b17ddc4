using VulnDiag.Engine.Probes;

namespace VulnDiag.Engine.Checks;

/// <summary>How a check judged.</summary>
internal enum CheckVerdict
{
    /// <summary>The weakness is there.</summary>
    Positive,

    /// <summary>It is not there, and the facts to say so were.</summary>
    Negative,

    /// <summary>The facts do not suffice: reported as not examined, never as safe.</summary>
    CannotTell,
}

/// <summary>A check's judgement.</summary>
internal sealed record CheckOutcome
{
    private CheckOutcome(CheckVerdict verdict) => Verdict = verdict;

    /// <summary>Which of the three.</summary>
    public CheckVerdict Verdict { get; }

    /// <summary>What was seen; positive only.</summary>
    public Evidence Evidence { get; private init; } = Evidence.None;

    /// <summary>Quality of detection in percent; positive only.</summary>
    public int Qod { get; private init; }

    /// <summary>What is missing; cannot tell only.</summary>
    public string? Reason { get; private init; }

    /// <summary>The weakness is there.</summary>
    public static CheckOutcome Positive(Evidence evidence, int qod) => new(CheckVerdict.Positive) { Evidence = evidence, Qod = qod };

    /// <summary>The weakness is not there.</summary>
    public static CheckOutcome Negative() => new(CheckVerdict.Negative);

    /// <summary>Unknown, for a reason.</summary>
    public static CheckOutcome CannotTell(string reason) => new(CheckVerdict.CannotTell) { Reason = reason };
}
