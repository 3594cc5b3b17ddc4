using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

/// <summary>A check that must send to judge, and says so. It sends through a <see cref="ProbeContext"/>, as probes do.</summary>
internal interface IActiveCheck
{
    /// <inheritdoc cref="ICheck.Id"/>
    string Id { get; }

    /// <summary>What it may send at worst.</summary>
    ActiveCheckCost Cost { get; }

    /// <inheritdoc cref="ICheck.AppliesTo"/>
    bool AppliesTo(PortResult port);

    /// <summary>Judges one port by talking to it.</summary>
    ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken);
}

/// <summary>What an active check may do at worst.</summary>
/// <param name="MaxRequests">Most messages sent to one port; the context enforces it.</param>
/// <param name="Risk">What could go wrong on a fragile device.</param>
internal sealed record ActiveCheckCost(int MaxRequests, CheckRisk Risk)
{
    /// <summary>True for checks that log in: they run only where the authorisation carries consent for accounts.</summary>
    public bool NeedsAccountConsent { get; init; }
}

/// <summary>How much a check disturbs.</summary>
internal enum CheckRisk
{
    /// <summary>A request that the protocol is made for.</summary>
    None,

    /// <summary>Leaves entries in logs.</summary>
    Logged,

    /// <summary>Counts against a lockout or a rate limit.</summary>
    Counted,
}
