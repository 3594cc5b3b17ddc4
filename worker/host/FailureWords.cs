using Microsoft.Data.Sqlite;
using VulnDiag.Engine.Authorization;
using VulnDiag.Kintone.Client;
using VulnDiag.Report;

namespace VulnDiag.Worker;

/// <summary>One sentence for what the outside world did to us, and whether it may pass by itself.</summary>
internal static class FailureWords
{
    private const string DiskFull = "The disk of the data folder is full. Make room: nothing recorded so far is lost, and the worker goes on from there.";

    /// <summary>ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL of Windows, as .NET hands them on.</summary>
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070070)];

    /// <summary>SQLITE_BUSY, SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN. Source: sqlite.org/rescode.html.</summary>
    private static readonly int[] PassingInSqlite = [5, 10, 13, 14];

    private const int SqliteFull = 13;

    internal static string Of(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => DiskFull,
        IOException io when NoSpace.Contains(io.HResult) => DiskFull,
        SqliteException sqlite => $"The store in the data folder cannot be used: {sqlite.Message}",
        HttpRequestException http => $"A server could not be reached: {http.Message}",
        KintoneException or ReportException or SigningKeyException or IOException or UnauthorizedAccessException => fault.Message.ReplaceLineEndings(" "),
        _ => $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}",
    };

    /// <summary>True for what the world outside did: its words say all, and where in our code it was met says nothing more.</summary>
    internal static bool IsFromOutside(Exception fault) =>
        fault is KintoneException or SqliteException or ReportException or SigningKeyException or IOException or UnauthorizedAccessException or HttpRequestException;

    /// <summary>True for what is tried again without anybody looking into our code.</summary>
    internal static bool MayPass(Exception fault) => fault switch
    {
        KintoneException kintone => kintone.Transient,
        SqliteException sqlite => PassingInSqlite.Contains(sqlite.SqliteErrorCode),
        _ => fault is IOException or UnauthorizedAccessException or HttpRequestException,
    };
}
