namespace VulnDiag.Domain.Lifecycle;

/// <summary>Who may press an action.</summary>
[Flags]
public enum Mover
{
    /// <summary>The worker (W).</summary>
    Worker = 1,

    /// <summary>A person's button (P).</summary>
    Person = 2,
}

/// <summary>One row of lifecycle.csv: one action of kintone's process management and one edge of the Stateless graph.</summary>
/// <param name="From">State that the action leaves.</param>
/// <param name="Trigger">Our name for it.</param>
/// <param name="ActionJa">kintone's action name, unique within <paramref name="From"/>.</param>
/// <param name="By">Who presses it.</param>
/// <param name="To">State that it reaches.</param>
public sealed record Transition(EngagementState From, Trigger Trigger, string ActionJa, Mover By, EngagementState To);
