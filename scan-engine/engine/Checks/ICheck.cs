using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

/// <summary>Judges one weakness from the facts that probes gathered; sends nothing. One file per check.</summary>
/// <remarks>Found by reflection: a check has a parameterless constructor and keeps no state. Its row in checks.ja.csv carries its words.</remarks>
internal interface ICheck
{
    /// <summary>Unique; lower-case letters, digits and hyphens; the key of its row in checks.ja.csv.</summary>
    string Id { get; }

    /// <summary>True when the port calls for this check.</summary>
    bool AppliesTo(PortResult port);

    /// <summary>Judges one port.</summary>
    CheckOutcome Judge(CheckFacts facts);
}

/// <summary>What a check judges by.</summary>
/// <param name="Port">The port.</param>
/// <param name="Others">All ports of the host, this one too.</param>
/// <param name="Target">Address and name.</param>
/// <param name="Now">The scan's clock, for dates in certificates and end-of-life tables.</param>
internal sealed record CheckFacts(PortResult Port, IReadOnlyList<PortResult> Others, ScanTarget Target, DateTimeOffset Now)
{
    /// <summary>A fact by name, or null when no probe gathered it.</summary>
    public string? Fact(string name) => Port.Facts.GetValueOrDefault(name);

    /// <summary>What the port answered; where it only answered by being open, that.</summary>
    public Evidence Seen => new(Port.Evidence.Length > 0 ? Port.Evidence : $"{Port.Protocol.ToString().ToLowerInvariant()}/{Port.Port} {Port.State}");
}
