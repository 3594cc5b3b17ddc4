using System.Collections.Concurrent;
using Newtonsoft.Json;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Kintone.Stores;
using VulnDiag.Model;

namespace VulnDiag.Worker.Effects;

/// <summary>Reads the results that are attached to a record: the record, not a worker's disk, is what findings and reports are made from.</summary>
internal sealed class ResultFiles(EngagementStore records)
{
    private const int Most = 16;

    /// <summary>What a key was found to hold: an attached file never changes under its key.</summary>
    private readonly ConcurrentDictionary<string, ScanResult> _read = new(StringComparer.Ordinal);

    /// <summary>All results, in the order of the files.</summary>
    /// <exception cref="IOException">A file does not hold a result.</exception>
    internal async Task<IReadOnlyList<ScanResult>> LoadAsync(EngagementFacts facts, CancellationToken cancellationToken)
    {
        var results = new List<ScanResult>();
        foreach (var file in facts.ResultFiles) results.Add(await LoadAsync(file, cancellationToken));
        return results;
    }

    /// <summary>Results by line; of two for one line the later counts.</summary>
    internal static IReadOnlyDictionary<LineId, ScanResult> ByLine(IReadOnlyList<ScanResult> results) =>
        results.GroupBy(static result => new LineId(result.Line)).ToDictionary(static group => group.Key, static group => group.MaxBy(static result => result.Finished)!);

    private async Task<ScanResult> LoadAsync(AttachedFile file, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(file.FileKey, out var known)) return known;
        using var content = new MemoryStream();
        await records.DownloadAsync(file, content, cancellationToken);
        try
        {
            var result = Json.Read<ScanResult>(Json.Utf8.GetString(content.GetBuffer(), 0, (int)content.Length));
            if (_read.Count >= Most) _read.Clear();
            _read[file.FileKey] = result;
            return result;
        }
        catch (JsonException fault)
        {
            throw new IOException($"The attached file {file.Name} is no scan result: {fault.Message}", fault);
        }
    }
}
