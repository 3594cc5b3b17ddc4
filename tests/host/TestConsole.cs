using VulnDiag.TestSupport;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Tests;

/// <summary>Runs the command line in this process, with a home of its own.</summary>
internal sealed class TestConsole : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    internal TestConsole()
    {
        Home = Directory.CreateTempSubdirectory("vulndiag-test-").FullName;
        File.Copy(Path.Combine(SharedMaterial.RepositoryRoot, "appsettings.json"), Path.Combine(Home, "appsettings.json"));
    }

    internal string Home { get; }

    internal Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    internal string Out => _out.ToString();

    internal string Error => _error.ToString();

    internal Task<int> RunAsync(params string[] args) => VulnDiagCommand.RunAsync(args, Console(), TestContext.Current.CancellationToken);

    internal VerbHost Host() => new(Console(), new Dictionary<string, string?>());

    internal string WriteFile(string name, string text)
    {
        var path = Path.Combine(Home, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private VerbConsole Console() => new()
    {
        Out = _out,
        Error = _error,
        In = Stream.Null,
        ErrorIsTerminal = false,
        InIsTerminal = false,
        Environment = Environment,
        Home = Home,
        Time = TimeProvider.System,
    };
}
