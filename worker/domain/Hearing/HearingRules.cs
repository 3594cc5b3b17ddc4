using System.Net;

namespace VulnDiag.Domain.Hearing;

/// <summary>What the validator may know beside the answers.</summary>
public sealed record HearingRules
{
    /// <summary>Now, by the worker's TimeProvider: for windows in the past and consent in the future.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Ranges of a laboratory whose addresses are taken for global ones; empty in the shipped default.</summary>
    public IReadOnlyList<IPNetwork> AllowedLabRanges { get; init; } = [];

    /// <summary>A longer candidate window is a mistyped date.</summary>
    public TimeSpan LongestWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A longer time to avoid is a mistyped date.</summary>
    public TimeSpan LongestAvoid { get; init; } = TimeSpan.FromDays(366);

    /// <summary>A candidate window that starts later than this from now is a mistyped date.</summary>
    public TimeSpan FarthestWindow { get; init; } = TimeSpan.FromDays(366);
}
