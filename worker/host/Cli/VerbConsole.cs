using System.Collections;
using VulnDiag.Model;

namespace VulnDiag.Worker.Cli;

/// <summary>What a verb sees of the process that it runs in.</summary>
internal sealed record VerbConsole
{
    /// <summary>Answers, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, logs and failures.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required Stream In { get; init; }

    /// <summary>True when <see cref="Out"/> is a terminal that shows colours.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Columns of the terminal that <see cref="Out"/> is; null where it is none, or does not tell.</summary>
    public int? OutWidth { get; init; }

    /// <summary>True when <see cref="Error"/> is a terminal that lines can be redrawn on.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>True when <see cref="In"/> is a terminal that a person types at.</summary>
    public required bool InIsTerminal { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder of appsettings.json; relative paths in settings start here.</summary>
    public required string Home { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    internal static VerbConsole OfProcess() => new()
    {
        Out = new StreamWriter(Console.OpenStandardOutput(), Json.Utf8) { AutoFlush = true },
        Error = new StreamWriter(Console.OpenStandardError(), Json.Utf8) { AutoFlush = true },
        In = Console.OpenStandardInput(),
        OutIsTerminal = !Console.IsOutputRedirected && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")),
        OutWidth = !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InIsTerminal = !Console.IsInputRedirected,
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Home = FindHome(AppContext.BaseDirectory),
        Time = TimeProvider.System,
    };

    // A checkout is its own home, so that `dotnet run` and the launcher read the same file; a published program is at home where it lies.
    private static string FindHome(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VulnDiag.sln"))) return folder.FullName;
        }

        return start;
    }
}
