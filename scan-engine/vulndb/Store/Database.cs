using Microsoft.Data.Sqlite;

namespace VulnDiag.VulnDb.Store;

/// <summary>Opens the database file.</summary>
internal static class Database
{
    private const long SchemaVersion = 2;

    /// <summary>Opens an existing file for one writer beside any readers.</summary>
    /// <exception cref="InvalidDataException">The file was made by another version.</exception>
    internal static SqliteConnection OpenForWriting(string file)
    {
        var connection = Checked(Open(file, SqliteOpenMode.ReadWrite), file);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
        return connection;
    }

    /// <summary>Makes a new file that nobody reads yet: it is not worth a journal, as a load that is killed begins again.</summary>
    internal static SqliteConnection Create(string file)
    {
        File.Delete(file);
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -98304");
        Execute(connection, $"BEGIN; {EmbeddedData.Text("Store.schema.sql")} COMMIT;");
        return connection;
    }

    /// <summary>Opens for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file: nothing was loaded yet.</exception>
    /// <exception cref="InvalidDataException">The file was made by another version.</exception>
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
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            if (command.ExecuteScalar() is SchemaVersion) return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new InvalidDataException($"{file} is no vulnerability database, or a damaged one: {exception.Message}. Remove it and load the feeds again.", exception);
        }

        connection.Dispose();
        throw new InvalidDataException($"{file} was made by another version of this program: remove it and load the feeds again.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
