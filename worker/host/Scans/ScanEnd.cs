using System.Reflection;
using Newtonsoft.Json;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;

namespace VulnDiag.Worker.Scans;

/// <summary>How a scan ended, as its result says.</summary>
/// <param name="State">For the steps.</param>
/// <param name="Reason">The engine's own words; empty when it is complete.</param>
internal sealed record ScanEnd(ScanState State, string Reason)
{
    private static readonly Dictionary<string, ScanState> ByWord = Load();

    /// <summary>Reads the result that a scan left.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="resultBefore">When the result was last written before this run; a run that wrote none broke.</param>
    /// <param name="exitCode">Of the scan.</param>
    internal static async Task<ScanEnd> OfAsync(ScanFolder folder, DateTime? resultBefore, int exitCode, CancellationToken cancellationToken)
    {
        if (folder.ResultWritten is not { } written || written == resultBefore)
            return new ScanEnd(ScanState.Refused, $"scan-broke: the scan ended with code {exitCode} and left no result");
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
        return new ScanEnd(ByWord.GetValueOrDefault(reason.Split(':')[0], ScanState.Refused), reason);
    }

    private static Dictionary<string, ScanState> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.host.Scans.scan-ends.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(static line => line.Split(','))
            .ToDictionary(static cells => cells[0], static cells => Enum.Parse<ScanState>(cells[1]), StringComparer.Ordinal);
    }
}
