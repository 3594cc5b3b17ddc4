using VulnDiag.Model;

namespace VulnDiag.Engine.Results;

/// <summary>Writes files that must survive: aside, flushed to the disk, renamed.</summary>
internal static class ResultFile
{
    /// <summary>Writes RESULT.json.</summary>
    /// <exception cref="IOException">It cannot be written; an earlier one is left as it was.</exception>
    public static Task WriteAsync(string path, ScanResult result, CancellationToken cancellationToken) =>
        WriteTextAsync(path, Json.WriteIndented(result), cancellationToken);

    /// <summary>Writes any text.</summary>
    /// <exception cref="IOException">It cannot be written; an earlier file is left as it was.</exception>
    public static async Task WriteTextAsync(string path, string text, CancellationToken cancellationToken)
    {
        var aside = path + ".new";
        await using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            await stream.WriteAsync(Json.Utf8.GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }
}
