using Microsoft.Data.Sqlite;

namespace VulnDiag.Worker.Cli;

/// <summary>Sentences for failures of the outside world that no verb put into words itself.</summary>
internal static class FailureWords
{
    private const int SqliteFull = 13;

    internal static string Of(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => "The disk of the data folder is full. Make room and start again; nothing recorded so far is lost.",
        SqliteException sqlite => $"The store in the data folder cannot be used: {sqlite.Message}",
        HttpRequestException http => $"A server could not be reached: {http.Message}",
        _ => $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}",
    };
}
