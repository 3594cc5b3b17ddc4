using Microsoft.Data.Sqlite;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>What became of one file.</summary>
/// <param name="File">Path below the folder.</param>
/// <param name="Feed">Kind, or null for a file that is none of ours and was skipped.</param>
/// <param name="Records">Items written.</param>
/// <param name="Skipped">Records that could not be read, each with its reason.</param>
/// <param name="Failure">Why nothing of the file was kept, or null.</param>
/// <param name="ScoreDifferences">Scores that are not what their own vector gives.</param>
public sealed record FileReport(string File, string? Feed, long Records, IReadOnlyList<string> Skipped, string? Failure, IReadOnlyList<ScoreDifference> ScoreDifferences);

/// <summary>Loads feed files into the database.</summary>
/// <remarks>
/// One transaction over all files, a savepoint for each: readers see the old data until everything is in, a broken file leaves what was there, and a load that is
/// killed leaves no trace. The first load goes into a file beside, which takes its place when it is whole. Parsing runs on a second thread. Blocks its own: SQLite
/// and the parsers are synchronous.
/// </remarks>
public static class DatabaseUpdate
{
    /// <summary>Reads every file of <paramref name="folder"/> and its subfolders into <paramref name="databaseFile"/>, which is made when it is not there.</summary>
    /// <remarks>A second update waits until the first is through.</remarks>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file was made by another version, or is damaged.</exception>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static IReadOnlyList<FileReport> Run(string folder, string databaseFile, TimeProvider time, CancellationToken cancellationToken)
    {
        using var turn = UpdateTurn.Take(databaseFile, cancellationToken);
        if (File.Exists(databaseFile))
        {
            using var existing = Database.OpenForWriting(databaseFile);
            return Load(existing, folder, time, cancellationToken);
        }

        var beside = databaseFile + ".new";
        try
        {
            IReadOnlyList<FileReport> reports;
            using (var connection = Database.Create(beside)) reports = Load(connection, folder, time, cancellationToken);
            using (var file = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
            File.Move(beside, databaseFile);
            return reports;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static List<FileReport> Load(SqliteConnection connection, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var writer = new DatabaseWriter(connection, time.GetUtcNow());
        var reports = new List<FileReport>();
        var newest = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var file in FeedFiles.In(folder)) reports.Add(Load(file, transaction, writer, newest, cancellationToken));
        foreach (var feed in reports.Where(static report => report is { Feed: not null, Failure: null }).GroupBy(static report => report.Feed!, StringComparer.Ordinal))
            writer.NoteFeed(feed.Key, feed.Sum(static report => report.Records), newest.GetValueOrDefault(feed.Key));
        transaction.Commit();
        return reports;
    }

    private static FileReport Load(FeedFile file, SqliteTransaction transaction, DatabaseWriter writer, Dictionary<string, DateTimeOffset?> newest, CancellationToken cancellationToken)
    {
        const string Savepoint = "file";
        string? kind = null;
        try
        {
            var (head, content) = file.OpenWithHead();
            using (content)
            {
                if (FeedCatalogue.Recognize(head) is not { } feed) return new FileReport(file.Name, Feed: null, 0, [], Failure: null, []);
                kind = feed.Id;
                transaction.Save(Savepoint);
                var load = new FileLoad(feed, writer);
                load.Run(content, cancellationToken);
                transaction.Release(Savepoint);
                if (load.Newest is { } at && !(newest.GetValueOrDefault(kind) > at)) newest[kind] = at;
                return new FileReport(file.Name, kind, load.Records, load.Skipped, Failure: null, load.Differences);
            }
        }
        catch (Exception exception) when (exception is FeedException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            if (kind is not null) transaction.Rollback(Savepoint);
            writer.Forget();
            return new FileReport(file.Name, kind, 0, [], exception.Message, []);
        }
    }
}
