namespace VulnDiag.Domain.Scheduling;

/// <summary>How long the scans of an engagement will take.</summary>
/// <remarks>
/// Lines are scanned side by side, each under its own budget, so the longest decides. A line that answers nothing costs its probes twice
/// (each unanswered one is repeated once); identification and checks are allowed half an hour. Source: SPEC "Scanning"; the guide, section 2: 2 to 24 hours a day.
/// </remarks>
public static class DurationForecast
{
    private const int TcpPorts = 65_535;
    private const int UdpPorts = 100;
    private const int ProbesPerSilentTcpPort = 2;
    private const int ProbesPerSilentUdpPort = 3;
    private static readonly TimeSpan IdentificationAndChecks = TimeSpan.FromMinutes(30);

    /// <summary>The forecast for a number of lines at a budget per host; zero without lines.</summary>
    public static TimeSpan Of(int lines, int packetsPerSecondPerHost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lines);
        ArgumentOutOfRangeException.ThrowIfLessThan(packetsPerSecondPerHost, 1);
        if (lines == 0) return TimeSpan.Zero;
        var packets = (double)(TcpPorts * ProbesPerSilentTcpPort + UdpPorts * ProbesPerSilentUdpPort);
        return TimeSpan.FromSeconds(Math.Ceiling(packets / packetsPerSecondPerHost)) + IdentificationAndChecks;
    }
}
