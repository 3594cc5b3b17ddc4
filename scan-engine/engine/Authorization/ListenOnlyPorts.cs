using System.Globalization;
using VulnDiag.Model;

namespace VulnDiag.Engine.Authorization;

/// <summary>Ports that are listened to and never written to (listen-only-ports.csv).</summary>
internal static class ListenOnlyPorts
{
    private static readonly IReadOnlyDictionary<(Transport, int), string> Services = EmbeddedData.Rows("Authorization.listen-only-ports.csv")
        .ToDictionary(
            static cells => (Enum.Parse<Transport>(cells[0], ignoreCase: true), int.Parse(cells[1], CultureInfo.InvariantCulture)),
            static cells => cells[2]);

    /// <summary>True when nothing may be written to the port.</summary>
    public static bool Holds(Transport transport, int port) => Services.ContainsKey((transport, port));

    /// <summary>The service that the port is kept for.</summary>
    /// <returns>Null for a port that is not on the list.</returns>
    public static string? UsualService(Transport transport, int port) => Services.GetValueOrDefault((transport, port));
}
