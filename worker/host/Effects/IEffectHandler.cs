using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>How trying an effect ended.</summary>
internal abstract record EffectOutcome
{
    private EffectOutcome()
    {
    }

    /// <summary>It is done, for good.</summary>
    internal sealed record Done : EffectOutcome;

    /// <summary>Not now.</summary>
    /// <param name="Why">For the doctor.</param>
    /// <param name="Wait">How long to wait at least, or null for the usual back-off.</param>
    internal sealed record Later(string Why, TimeSpan? Wait = null) : EffectOutcome;

    /// <summary>Never: it is shown to people and not tried again.</summary>
    internal sealed record Failed(string Why) : EffectOutcome;

    /// <summary>Nobody can tell whether it was done: it is shown to people and not done again.</summary>
    internal sealed record InDoubt(string Why) : EffectOutcome;
}

/// <summary>Does effects of one kind. Repeatable: whatever an earlier attempt did before it died is found and not done twice.</summary>
internal interface IEffectHandler
{
    /// <summary>Name of the effect's type.</summary>
    string Kind { get; }

    Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken);
}
