using System.Globalization;
using System.Reflection;
using Newtonsoft.Json;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Scans;

/// <summary>How a scan ended, as its result says.</summary>
/// <param name="State">For the steps.</param>
/// <param name="Reason">The engine's own words; empty when it is complete.</param>
internal sealed record ScanEnd(ScanState State, string Reason)
{
    private static readonly Dictionary<string, (ScanState State, TimeSpan Wait)> ByWord = Load();

    /// <summary>How long a line whose scan was refused for a reason that nobody listed is left alone.</summary>
    internal static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    /// <summary>Reads the result that a scan left.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="resultBefore">When the result was last written before this run; a run that wrote none broke.</param>
    /// <param name="exitCode">Of the scan.</param>
    internal static async Task<ScanEnd> OfAsync(ScanFolder folder, DateTimeOffset? resultBefore, int exitCode, CancellationToken cancellationToken) =>
        await ReadAsync(folder, resultBefore, cancellationToken) ?? new ScanEnd(ScanState.Refused, $"scan-broke: the scan ended with code {exitCode} and left no result");

    /// <summary>How a scan ended whose worker died under it: as its result says, or with the checkpoint that it left.</summary>
    internal static async Task<ScanEnd> OfOrphanAsync(StartedScan scan, CancellationToken cancellationToken) =>
        await ReadAsync(new ScanFolder(scan.Folder), scan.ResultBefore, cancellationToken)
            ?? (scan.Mine ? new ScanEnd(ScanState.Refused, "scan-broke: the scan could not be started") : new ScanEnd(ScanState.Paused, "worker-gone: the worker that ran this scan ended"));

    /// <summary>How long a line is left alone before it is asked for again, counted from the end of its last scan.</summary>
    internal static TimeSpan RestAfter(LineScan scan) =>
        ByWord.TryGetValue(WordOf(scan.Reason), out var known) ? known.Wait : scan.State is ScanState.Refused ? LongestRest : TimeSpan.Zero;

    private static async Task<ScanEnd?> ReadAsync(ScanFolder folder, DateTimeOffset? resultBefore, CancellationToken cancellationToken)
    {
        if (folder.ResultWritten is not { } written || written == resultBefore) return null;
        try
        {
            return Of(Json.Read<ScanResult>(await File.ReadAllTextAsync(folder.ResultFile, cancellationToken)));
        }
        catch (JsonException fault)
        {
            return new ScanEnd(ScanState.Refused, $"result-unreadable: {fault.Message}");
        }
    }

    /// <summary>A stop that is no mere pause is final; a word that nobody listed is a refusal, never a success.</summary>
    internal static ScanEnd Of(ScanResult result)
    {
        if (result.Complete) return new ScanEnd(ScanState.Complete, "");
        var reason = result.Stops.Count > 0 ? result.Stops[^1].Reason : "unknown: the result is not complete and names no reason";
        return new ScanEnd(ByWord.TryGetValue(WordOf(reason), out var known) ? known.State : ScanState.Refused, reason);
    }

    private static string WordOf(string reason) => reason.Split(':')[0];

    private static Dictionary<string, (ScanState, TimeSpan)> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.host.Scans.scan-ends.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(static line => line.Split(','))
            .ToDictionary(static cells => cells[0], static cells => (Enum.Parse<ScanState>(cells[1]), TimeSpan.FromSeconds(int.Parse(cells[2], CultureInfo.InvariantCulture))), StringComparer.Ordinal);
    }
}
