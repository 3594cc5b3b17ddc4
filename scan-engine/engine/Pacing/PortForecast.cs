using System.Globalization;

namespace VulnDiag.Engine.Pacing;

/// <summary>How long it will take to ask ports, told before the start.</summary>
/// <param name="WhereTheyAnswer">One probe a port.</param>
/// <param name="WhereTheyAreSilent">Two probes a port: silence is believed at the second.</param>
/// <remarks>A host that limits its answers takes longer; that shows in the forecast during the scan. Source: SPEC "Scanning".</remarks>
internal sealed record PortForecast(TimeSpan WhereTheyAnswer, TimeSpan WhereTheyAreSilent)
{
    /// <summary>The forecast for some ports.</summary>
    /// <param name="ports">How many are still to be asked.</param>
    /// <param name="packetsPerSecond">What the budget lets through over time.</param>
    public static PortForecast Of(int ports, double packetsPerSecond)
    {
        var once = TimeSpan.FromSeconds(Math.Ceiling(ports / packetsPerSecond));
        return new PortForecast(once, once * 2);
    }

    /// <summary>As a person reads it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $@"about {WhereTheyAnswer:hh\:mm\:ss} where the ports answer, {WhereTheyAreSilent:hh\:mm\:ss} where they are silent");
}
