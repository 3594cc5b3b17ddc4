namespace VulnDiag.Domain.Triage;

/// <summary>診断実施 of a line.</summary>
public enum Decision
{
    /// <summary>○: may be scanned.</summary>
    Go,

    /// <summary>△: may be scanned once the requirement is met.</summary>
    Conditional,

    /// <summary>×: is left out.</summary>
    No,

    /// <summary>The answers do not suffice for a row.</summary>
    Incomplete,
}

/// <summary>What a decision asks for first.</summary>
public enum Requirement
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>打合せ.</summary>
    Meeting,

    /// <summary>当日グローバルIP確認.</summary>
    SameDayIpCheck,
}

/// <summary>What the table says of a line.</summary>
/// <param name="No">1 to 19, or null where no row applies.</param>
/// <param name="Decision">診断実施.</param>
/// <param name="Requirement">What it asks for; None for Incomplete.</param>
/// <param name="ReasonJa">The table's reason, else our own sentence; never empty.</param>
public sealed record TriageResult(int? No, Decision Decision, Requirement Requirement, string ReasonJa);
