using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VulnDiag.Worker.Store;

/// <summary>The worker's SQLite file in its data folder: WAL, flushed to disk at every commit, shared by the workers of one machine.</summary>
internal sealed class Database
{
    private const int BusySeconds = 30;
    private readonly string _connection;

    private Database(string folder, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        Folder = folder;
        _connection = new SqliteConnectionStringBuilder
        {
            DataSource = FileIn(folder),
            DefaultTimeout = BusySeconds,
            Mode = mode,
        }.ConnectionString;
    }

    /// <summary>The data folder.</summary>
    internal string Folder { get; }

    /// <summary>Opens the store, making or migrating it where needed.</summary>
    internal static async Task<Database> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        CreatePrivate(folder);
        var database = new Database(folder);
        await using var connection = await database.ConnectAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        await MigrateAsync(connection, cancellationToken);
        return database;
    }

    /// <summary>True when a worker has made its store there.</summary>
    internal static bool IsAt(string folder) => File.Exists(FileIn(folder));

    /// <summary>The store as it is, for looking alone: nothing is made, migrated or written.</summary>
    internal static Database ToRead(string folder) => new(folder, SqliteOpenMode.ReadOnly);

    private static string FileIn(string folder) => Path.Combine(folder, "worker.db");

    internal async Task<SqliteConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        return connection;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction that holds the write lock from its start, so that what it reads stays true until it commits.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var answer = await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    internal Task WriteAsync(Func<SqliteConnection, SqliteTransaction, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(async (connection, transaction) => { await work(connection, transaction); return 0; }, cancellationToken);

    private static async Task MigrateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = connection.BeginTransaction(deferred: false);
        var done = await connection.ExecuteScalarAsync<long>("PRAGMA user_version", transaction: transaction);
        var migrations = Migrations().ToList();
        if (done > migrations.Count)
            throw new IOException($"The store was made by a newer version (step {done}, this one knows {migrations.Count}). Update VulnDiag or use another data folder.");
        foreach (var (number, sql) in migrations.Where(migration => migration.Number > done))
        {
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number}"), transaction: transaction);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<(int Number, string Sql)> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(static name => name.Contains(".Store.Migrations.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return names.Select((name, index) =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (index + 1, reader.ReadToEnd());
        });
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
