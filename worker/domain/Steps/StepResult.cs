using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>What a step decided: facts to write, effects to do, a move to make. It touches nothing itself.</summary>
public sealed record StepResult
{
    /// <summary>The facts as they should stand; equal to the engagement's when nothing is to be written.</summary>
    public required EngagementFacts Facts { get; init; }

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>Which scans should run while the engagement stands as it does; every state but 診断中 orders none.</summary>
    public required ScanOrder Scans { get; init; }

    /// <summary>The move to make after the facts are written, or null to stay.</summary>
    public Trigger? Move { get; init; }

    /// <summary>When to look again at the latest, even if the record does not change; null for at the next change.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }
}

/// <summary>What the worker does with a record in one state. A file per state; found by reflection.</summary>
public interface IStep
{
    /// <summary>The state that this step is for.</summary>
    EngagementState State { get; }

    /// <summary>Decides; pure, deterministic, repeatable: the same record and context give the same result.</summary>
    StepResult Decide(Engagement engagement, StepContext context);
}
