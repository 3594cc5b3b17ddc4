using Microsoft.Data.Sqlite;

namespace VulnDiag.VulnDb.Store;

/// <summary>Opens the database file.</summary>
internal static class Database
{
    private const long SchemaVersion = 1;

    /// <summary>Opens for one writer beside any readers; makes the file and its tables when they are not there.</summary>
    internal static SqliteConnection OpenForWriting(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        Execute(connection, "PRAGMA cache_size = -65536");
        if (Scalar(connection, "PRAGMA user_version") is 0L) Execute(connection, $"BEGIN; {EmbeddedData.Text("Store.schema.sql")} COMMIT;");
        return Checked(connection, file);
    }

    /// <summary>Opens for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file: nothing was loaded yet.</exception>
    internal static SqliteConnection OpenForReading(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException("There is no vulnerability database yet: load one with 'vulndb update --from DIR'.", file);
        return Checked(Open(file, SqliteOpenMode.ReadOnly), file);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteConnection Checked(SqliteConnection connection, string file)
    {
        if (Scalar(connection, "PRAGMA user_version") is SchemaVersion) return connection;
        connection.Dispose();
        throw new InvalidDataException($"{file} was made by another version of this program: load the feeds into a new file.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
