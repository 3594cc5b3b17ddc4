using System.Globalization;

namespace VulnDiag.Engine.Ports;

/// <summary>UDP ports in the order in which they are worth asking (udp-top-ports.csv, then the rest of the well-known and registered range).</summary>
internal static class UdpTopPorts
{
    private static readonly int[] Ranked =
        [.. EmbeddedData.Rows("Ports.udp-top-ports.csv").Select(static cells => int.Parse(cells[0], CultureInfo.InvariantCulture))];

    /// <summary>The first ports.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<int> First(int count) => [.. Ranked.Concat(Enumerable.Range(1, PortList.Highest)).Distinct().Take(count)];
}
