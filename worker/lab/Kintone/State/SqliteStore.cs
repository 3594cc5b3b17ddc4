using Microsoft.Data.Sqlite;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>Documents in one SQLite table. Write-ahead logging: a killed process loses no finished write and leaves no half one.</summary>
/// <remarks>docs/decisions/0110 says why SQLite, and what a power cut may cost.</remarks>
internal sealed class SqliteStore : IDocumentStore
{
    private readonly SqliteConnection _connection;

    /// <summary>Opens or makes the database file.</summary>
    /// <exception cref="SqliteException">The file is not a database, or cannot be written.</exception>
    public SqliteStore(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=NORMAL");
        Execute("CREATE TABLE IF NOT EXISTS documents (kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID");
    }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, ITable> tables)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT kind, body FROM documents";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (tables.TryGetValue(reader.GetString(0), out var table)) table.Load(reader.GetString(1));
    }

    /// <inheritdoc/>
    public void Write(IEnumerable<(string Table, string Key, IDocument? Document)> changes)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var (table, key, document) in changes)
        {
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = document is null
                ? "DELETE FROM documents WHERE kind = $kind AND key = $key"
                : "INSERT INTO documents (kind, key, body) VALUES ($kind, $key, $body) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body";
            command.Parameters.AddWithValue("$kind", table);
            command.Parameters.AddWithValue("$key", key);
            if (document is not null) command.Parameters.AddWithValue("$body", LabJson.Write(document));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <inheritdoc/>
    public string? Read(string table, string key)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT body FROM documents WHERE kind = $kind AND key = $key";
        command.Parameters.AddWithValue("$kind", table);
        command.Parameters.AddWithValue("$key", key);
        return command.ExecuteScalar() as string;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
