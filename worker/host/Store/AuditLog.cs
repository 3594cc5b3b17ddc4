using System.Globalization;
using Dapper;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>The audit log: a file of JSON lines that only grows, each sealed by a hash over the one before, its head kept in the store too.</summary>
/// <remarks>The file comes first and is flushed; then the head moves. So the file may be one entry ahead of the head, never behind it.</remarks>
internal sealed class AuditLog(Database database, TimeProvider time) : IDisposable
{
    private const string Head = "audit-head";
    private readonly SemaphoreSlim _one = new(1);

    internal string File { get; } = PathIn(database.Folder);

    internal static string PathIn(string folder) => Path.Combine(folder, "audit.jsonl");

    /// <summary>Adds an entry. Workers and commands that share the folder take turns.</summary>
    internal async Task WriteAsync(string action, string subject, string detail, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // The write transaction is the lock between processes; it also moves the head.
            await database.WriteAsync(
                async (connection, transaction) =>
                {
                    var last = await AppendAsync(action, subject, detail, cancellationToken);
                    await connection.ExecuteAsync(
                        "INSERT INTO fact (name, value) VALUES (@Head, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        new { Head, value = string.Create(CultureInfo.InvariantCulture, $"{last.Sequence} {last.Hash}") },
                        transaction);
                },
                cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Proves that the log is whole: every hash, every link, the head that the store remembers and, where given, a hash that was noted down earlier.</summary>
    internal async Task<AuditReport> VerifyAsync(string? noted, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var head = await connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = @Head", new { Head });
        return AuditReport.Of(await LinesAsync(cancellationToken), head, noted);
    }

    public void Dispose() => _one.Dispose();

    private async Task<AuditEntry> AppendAsync(string action, string subject, string detail, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var (last, torn) = await TailAsync(file, cancellationToken);
        if (torn > 0)
            last = await AddAsync(file, last, "torn-tail-dropped", "audit", string.Create(CultureInfo.InvariantCulture, $"{torn} bytes that a crash left half written"), cancellationToken);
        last = await AddAsync(file, last, action, subject, detail, cancellationToken);
        file.Flush(flushToDisk: true);
        return last;
    }

    private async Task<AuditEntry> AddAsync(FileStream file, AuditEntry? last, string action, string subject, string detail, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            At = time.GetUtcNow().Text(),
            Action = action,
            Subject = subject,
            Detail = detail,
            Previous = last?.Hash ?? AuditEntry.NoPrevious,
        }.Sealed();
        await file.WriteAsync(Json.Utf8.GetBytes(Json.Write(entry) + "\n"), cancellationToken);
        return entry;
    }

    // A crash leaves at most an unfinished last line. It is cut off before the next entry, which says so.
    private static async Task<(AuditEntry? Last, long Torn)> TailAsync(FileStream file, CancellationToken cancellationToken)
    {
        const int Window = 64 * 1024;
        var start = Math.Max(0, file.Length - Window);
        var bytes = new byte[file.Length - start];
        file.Position = start;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var end = Array.LastIndexOf(bytes, (byte)'\n');
        var torn = bytes.Length - (end + 1);
        file.SetLength(file.Length - torn);
        file.Position = file.Length;
        if (end < 0) return (null, torn);
        var begin = end == 0 ? 0 : Array.LastIndexOf(bytes, (byte)'\n', end - 1) + 1;
        return (Json.Read<AuditEntry>(Json.Utf8.GetString(bytes, begin, end - begin)), torn);
    }

    private async Task<string> LinesAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(File)) return "";
        await using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Json.Utf8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
