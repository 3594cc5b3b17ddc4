using System.Security.Cryptography;

namespace VulnDiag.Report;

/// <summary>A finished file of a report.</summary>
/// <param name="Name">File name for people, in Japanese, safe in any file system.</param>
/// <param name="Content">The file's bytes.</param>
public sealed record ReportFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-256 of the bytes in lower-case hexadecimal: what is compared when the file is read back.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    /// <summary>Writes the file so that at no time a half of it bears its name: aside, to disk, renamed.</summary>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(full)} to.");

        var aside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.part");
        try
        {
            await using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(Content, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, full, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}

/// <summary>The files of a report.</summary>
/// <param name="Pdf">For reading.</param>
/// <param name="Xlsx">The same rows for working with.</param>
/// <param name="Slices">A PDF per vendor with its lines only, for the hospital to hand over.</param>
public sealed record PrintedReport(ReportFile Pdf, ReportFile Xlsx, IReadOnlyList<ReportFile> Slices)
{
    /// <summary>All of them, the report first.</summary>
    public IReadOnlyList<ReportFile> All => [Pdf, Xlsx, .. Slices];
}
