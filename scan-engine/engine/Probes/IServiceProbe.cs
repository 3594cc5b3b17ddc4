using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Finds out whether a port speaks one protocol, and what product speaks it. One file per protocol.</summary>
/// <remarks>Found by reflection: a probe has a parameterless constructor and keeps no state between runs.</remarks>
internal interface IServiceProbe
{
    /// <summary>What the probe is and what it may send.</summary>
    ProbeInfo Info { get; }

    /// <summary>True when <paramref name="greeting"/>, which a server sent without being asked, looks like this protocol.</summary>
    bool Recognises(ReadOnlySpan<byte> greeting) => false;

    /// <summary>Talks to the port. A refused or broken connection may be left to throw: the caller makes it an outcome.</summary>
    ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken);
}

/// <summary>A probe's card.</summary>
/// <param name="Id">Unique; lower-case letters, digits and hyphens.</param>
/// <param name="Transport">TCP or UDP.</param>
/// <param name="Ports">The usual ports, tried first there.</param>
/// <param name="MaxRequests">Most messages that one run sends; the context enforces it.</param>
internal sealed record ProbeInfo(string Id, Transport Transport, IReadOnlyList<int> Ports, int MaxRequests)
{
    /// <summary>
    /// Place in the queue on unusual ports whose server says nothing by itself: the likelier protocol has the lower number. Null for
    /// probes that are never asked there, because they may disturb what they do not know.
    /// </summary>
    public int? AnyPort { get; init; }

    /// <summary>Of the probes whose usual port it is, the lower number goes first.</summary>
    public int Order { get; init; } = 100;
}
