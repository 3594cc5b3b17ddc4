using System.Diagnostics;
using System.Globalization;

namespace VulnDiag.Bench;

/// <summary>One command, measured from outside: GNU time for the process, the lab's interface for the packets.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">User and system.</param>
/// <param name="PeakMegabytes">Largest resident set.</param>
/// <param name="Packets">Packets that left towards the lab.</param>
/// <param name="Output">Standard output.</param>
internal sealed record Measured(double Seconds, double CpuSeconds, double PeakMegabytes, long Packets, string Output)
{
    private const string Counter = "/sys/class/net/vdlab0/statistics/tx_packets";

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<Measured> RunAsync(string file, params string[] words)
    {
        var times = Path.GetTempFileName();
        var before = Sent();
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/time", ["-f", "%e %U %S %M", "-o", times, file, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', words)}: {await said}");
        var cells = (await File.ReadAllLinesAsync(times))[^1].Split(' ').Select(static cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        File.Delete(times);
        return new Measured(cells[0], cells[1] + cells[2], cells[3] / 1024, Sent() - before, output);
    }

    private static long Sent() => long.Parse(File.ReadAllText(Counter), CultureInfo.InvariantCulture);
}
