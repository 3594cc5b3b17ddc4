using Microsoft.Data.Sqlite;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>What became of one file.</summary>
/// <param name="File">Path below the folder.</param>
/// <param name="Feed">Kind, or null for a file that is none of ours and was skipped.</param>
/// <param name="Records">Items written.</param>
/// <param name="Skipped">Records that could not be read, each with its reason.</param>
/// <param name="Failure">Why nothing of the file was kept, or null.</param>
public sealed record FileReport(string File, string? Feed, long Records, IReadOnlyList<string> Skipped, string? Failure);

/// <summary>Loads feed files into the database.</summary>
/// <remarks>
/// One transaction over all files, a savepoint for each: readers see the old data until everything is in, a broken file leaves what was there, and a load that is
/// killed leaves no trace. Parsing runs on a second thread. Blocks its own: SQLite and the parsers are synchronous.
/// </remarks>
public static class DatabaseUpdate
{
    /// <summary>Reads every file of <paramref name="folder"/> and its subfolders into <paramref name="databaseFile"/>, which is made when it is not there.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static IReadOnlyList<FileReport> Run(string folder, string databaseFile, TimeProvider time, CancellationToken cancellationToken)
    {
        using var connection = Database.OpenForWriting(databaseFile);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var writer = new DatabaseWriter(connection);
        var reports = new List<FileReport>();
        foreach (var file in FeedFiles.In(folder)) reports.Add(Load(file, transaction, writer, time, cancellationToken));
        transaction.Commit();
        return reports;
    }

    private static FileReport Load(FeedFile file, SqliteTransaction transaction, DatabaseWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        const string Savepoint = "file";
        transaction.Save(Savepoint);
        string? kind = null;
        try
        {
            if (FeedCatalogue.Recognize(file.Head()) is not { } feed) return new FileReport(file.Name, Feed: null, 0, [], Failure: null);
            kind = feed.Id;
            using var text = file.OpenText();
            var report = Load(file.Name, feed, text, writer, time, cancellationToken);
            transaction.Release(Savepoint);
            return report;
        }
        catch (Exception exception) when (exception is FeedException or InvalidDataException or IOException)
        {
            transaction.Rollback(Savepoint);
            writer.Forget();
            return new FileReport(file.Name, kind, 0, [], exception.Message);
        }
    }

    private static FileReport Load(string name, IFeed feed, TextReader text, DatabaseWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var skipped = new List<string>();
        var records = 0L;
        DateTimeOffset? newest = null;
        foreach (var item in Prefetch.Of(feed.Read(text), cancellationToken))
        {
            if (writer.Write(item) is { } bad)
            {
                skipped.Add($"{bad.Where}: {bad.Why}");
                continue;
            }

            records++;
            if (item is CveRecord { Modified: { } modified } && (newest is null || modified > newest)) newest = modified;
        }

        writer.NoteFeed(feed.Id, records, newest, time.GetUtcNow());
        return new FileReport(name, feed.Id, records, skipped, Failure: null);
    }
}
