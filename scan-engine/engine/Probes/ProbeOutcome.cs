namespace VulnDiag.Engine.Probes;

/// <summary>How a probe's run ended.</summary>
internal enum ProbeResult
{
    /// <summary>The port speaks the probe's protocol.</summary>
    Identified,

    /// <summary>It answered, but not in the probe's protocol.</summary>
    NoMatch,

    /// <summary>It closed or refused the connection.</summary>
    Refused,

    /// <summary>No connection could be made at all.</summary>
    Unreachable,

    /// <summary>It said nothing within the time.</summary>
    Silent,

    /// <summary>Its answer broke the probe; the port is reported as not examined.</summary>
    Broken,
}

/// <summary>Outcome of a probe: what the world may do is a value.</summary>
internal sealed record ProbeOutcome
{
    private ProbeOutcome(ProbeResult result) => Result = result;

    /// <summary>Which of the six.</summary>
    public ProbeResult Result { get; }

    /// <summary>Set for <see cref="ProbeResult.Identified"/> only.</summary>
    public Identification? Identification { get; private init; }

    /// <summary>What was answered.</summary>
    public Evidence Evidence { get; private init; } = Evidence.None;

    /// <summary>Why it was refused or broke.</summary>
    public string? Reason { get; private init; }

    /// <summary>The port speaks the probe's protocol.</summary>
    public static ProbeOutcome Identified(Identification identification, Evidence evidence) =>
        new(ProbeResult.Identified) { Identification = identification, Evidence = evidence };

    /// <summary>The answer is another protocol's.</summary>
    public static ProbeOutcome NoMatch(Evidence evidence) => new(ProbeResult.NoMatch) { Evidence = evidence };

    /// <summary>Closed or refused, with the reason.</summary>
    public static ProbeOutcome Refused(string reason) => new(ProbeResult.Refused) { Reason = reason };

    /// <summary>The port took no connection, with the reason.</summary>
    public static ProbeOutcome Unreachable(string reason) => new(ProbeResult.Unreachable) { Reason = reason };

    /// <summary>No answer within the time.</summary>
    public static ProbeOutcome Silent() => new(ProbeResult.Silent);

    /// <summary>The answer broke the probe.</summary>
    public static ProbeOutcome Broken(string reason) => new(ProbeResult.Broken) { Reason = reason };
}
