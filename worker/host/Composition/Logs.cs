using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Composition;

/// <summary>The log: lines on standard error, so that answers stay alone on standard output.</summary>
internal static class Logs
{
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}";

    internal static Logger Open(LoggingOptions options) => new LoggerConfiguration()
        .MinimumLevel.Is(LevelOf(options.Level))
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        // Why it did not start is said once, at the end, in a sentence.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        .MinimumLevel.Override("Coravel", LogEventLevel.Warning)
        .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
        .CreateLogger();

    private static LogEventLevel LevelOf(LogDetail level) => level switch
    {
        LogDetail.Debug => LogEventLevel.Debug,
        LogDetail.Information => LogEventLevel.Information,
        LogDetail.Warning => LogEventLevel.Warning,
        LogDetail.Error => LogEventLevel.Error,
    };
}
