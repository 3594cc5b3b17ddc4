using System.Collections.Concurrent;
using Dapper;

namespace VulnDiag.Worker.Store;

/// <summary>
/// Who holds what: a worker is alive as long as it holds the lock on its own file, and the operating system lets go of the lock
/// when the process ends, however it ends. So no lease has to run out before another worker of this folder goes on.
/// </summary>
internal sealed class WorkerIdentity : IDisposable
{
    private const string FolderId = "folder-id";
    private readonly Database _database;
    private readonly FileStream _lock;
    private readonly ConcurrentDictionary<string, bool> _claimed = new(StringComparer.Ordinal);

    private WorkerIdentity(Database database, string owner, string folder)
    {
        _database = database;
        Owner = owner;
        Folder = folder;
        _lock = new FileStream(PathOf(owner), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>This worker.</summary>
    internal string Owner { get; }

    /// <summary>The data folder's own id: workers that share the folder share it, and lead together.</summary>
    internal string Folder { get; }

    internal static async Task<WorkerIdentity> TakeAsync(Database database, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(database.Folder, "workers"));
        var folder = await database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("INSERT OR IGNORE INTO fact (name, value) VALUES (@FolderId, @id)", new { FolderId, id = Guid.NewGuid().ToString("N") }, transaction);
                return await connection.ExecuteScalarAsync<string>("SELECT value FROM fact WHERE name = @FolderId", new { FolderId }, transaction);
            },
            cancellationToken);
        return new WorkerIdentity(database, Guid.NewGuid().ToString("N"), folder!);
    }

    /// <summary>Frees what workers that no longer live still hold, their scans apart: how those ended has to be found out first.</summary>
    internal async Task BuryAsync(CancellationToken cancellationToken)
    {
        var dead = Directory.EnumerateFiles(Path.GetDirectoryName(PathOf(Owner))!).Select(static path => Path.GetFileName(path))
            .Where(owner => owner != Owner && !IsAlive(owner)).ToList();
        foreach (var owner in dead)
        {
            await _database.WriteAsync(
                (connection, transaction) => connection.ExecuteAsync(
                    """
                    UPDATE effect SET owner = NULL WHERE owner = @owner;
                    DELETE FROM claim WHERE owner = @owner;
                    """,
                    new { owner },
                    transaction),
                cancellationToken);
            File.Delete(PathOf(owner));
        }
    }

    /// <summary>Takes something that one job of one worker at a time may hold.</summary>
    /// <returns>False when another one holds it.</returns>
    internal async Task<bool> TryClaimAsync(string name, CancellationToken cancellationToken)
    {
        if (!_claimed.TryAdd(name, true)) return false;
        var taken = false;
        try
        {
            // A row of our own that no job of ours holds is one that could not be let go of: the disk was full.
            taken = await _database.WriteAsync(
                async (connection, transaction) => await connection.ExecuteAsync(
                    "INSERT INTO claim (name, owner) VALUES (@name, @Owner) ON CONFLICT (name) DO UPDATE SET owner = @Owner WHERE owner = @Owner", new { name, Owner }, transaction) == 1,
                cancellationToken);
            return taken;
        }
        finally
        {
            if (!taken) _claimed.TryRemove(name, out _);
        }
    }

    internal async Task LetGoAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _database.WriteAsync(
                (connection, transaction) => connection.ExecuteAsync("DELETE FROM claim WHERE name = @name AND owner = @Owner", new { name, Owner }, transaction),
                cancellationToken);
        }
        finally
        {
            _claimed.TryRemove(name, out _);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>True while that worker lives.</summary>
    internal bool IsAlive(string owner)
    {
        try
        {
            using var probe = new FileStream(PathOf(owner), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string PathOf(string owner) => Path.Combine(_database.Folder, "workers", owner);
}
