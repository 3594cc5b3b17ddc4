using Microsoft.Data.Sqlite;

namespace VulnDiag.VulnDb.Store;

/// <summary>By what a server knows whether a feed is newer than ours.</summary>
/// <param name="ETag">Its tag as sent, or null.</param>
/// <param name="LastModified">Its last change, to the second, or null.</param>
public sealed record FeedMark(string? ETag, DateTimeOffset? LastModified);

/// <summary>The marks of the feeds that a database holds, by address. They lie in the database itself, so that another one in its place has none of them.</summary>
public static class FeedMarks
{
    private const string Table = "CREATE TABLE IF NOT EXISTS mark (address TEXT PRIMARY KEY, etag TEXT, modified INTEGER) WITHOUT ROWID";

    /// <summary>What was told when the feeds were last loaded; empty without a database.</summary>
    /// <exception cref="InvalidDataException">The database was made by another version, or is damaged.</exception>
    public static IReadOnlyDictionary<Uri, FeedMark> Of(string databaseFile)
    {
        var marks = new Dictionary<Uri, FeedMark>();
        if (!File.Exists(databaseFile)) return marks;
        using var connection = Database.OpenForReading(databaseFile);
        if (!HasTable(connection)) return marks;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT address, etag, modified FROM mark";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            marks[new Uri(reader.GetString(0))] = new FeedMark(reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(2)));
        return marks;
    }

    /// <summary>Keeps the marks of what was loaded into the database.</summary>
    /// <exception cref="InvalidDataException">The database was made by another version, or is damaged.</exception>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static void Keep(string databaseFile, IEnumerable<KeyValuePair<Uri, FeedMark>> loaded, CancellationToken cancellationToken)
    {
        using var turn = UpdateTurn.Take(databaseFile, cancellationToken);
        using var connection = Database.OpenForWriting(databaseFile);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.CommandText = Table;
        command.ExecuteNonQuery();
        command.CommandText = "INSERT OR REPLACE INTO mark VALUES ($address, $etag, $modified)";
        foreach (var (address, mark) in loaded)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$address", address.AbsoluteUri);
            command.Parameters.AddWithValue("$etag", (object?)mark.ETag ?? DBNull.Value);
            command.Parameters.AddWithValue("$modified", (object?)mark.LastModified?.ToUnixTimeSeconds() ?? DBNull.Value);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>A database that was only ever loaded from folders has no table of them.</summary>
    private static bool HasTable(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'mark'";
        return command.ExecuteScalar() is not null;
    }
}
