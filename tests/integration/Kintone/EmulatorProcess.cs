using System.Diagnostics;

namespace VulnDiag.Integration.Tests.Kintone;

/// <summary>The command <c>emulator</c> as a process of its own, as outsiders start it. Login names are passwords.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private const string Ready = "listening on ";

    private readonly Process _process;

    private EmulatorProcess(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>The worker's program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker");

    /// <summary>The base URL without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>Starts the emulator on a free port and waits until it says that it listens.</summary>
    public static async Task<EmulatorProcess> StartAsync(string dataFolder, CancellationToken cancellationToken)
    {
        string[] users = ["admin:admin:Administrators", "alice:alice:hospitals", "bob:bob:hospitals", "carol:carol:coordinators:nishi,higashi"];
        string[] words = ["emulator", "--port", "0", "--data", dataFolder, .. users.SelectMany(static user => new[] { "--user", user })];
        var process = Process.Start(new ProcessStartInfo(Program, words) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            if (line.StartsWith(Ready, StringComparison.Ordinal)) return new EmulatorProcess(process, line[Ready.Length..].Trim());
        throw new ShouldAssertException("The emulator ended before it listened.");
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
