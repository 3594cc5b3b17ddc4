using System.Diagnostics;
using System.Text;
using Newtonsoft.Json.Linq;
using VulnDiag.TestSupport;

namespace VulnDiag.EndToEnd.Tests;

/// <summary>The demo as a process of its own, the way a person starts it.</summary>
internal static class DemoRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The worker that was built with these tests.</summary>
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker");

    internal static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = SharedMaterial.RepositoryRoot };
        foreach (var word in (string[])["demo", "--out", folder]) start.ArgumentList.Add(word);
        return Process.Start(start) ?? throw new InvalidOperationException("The demo could not be started.");
    }

    internal static async Task<(int ExitCode, string Output)> FinishAsync(Process process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var output = new StringBuilder();
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, output));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new ShouldAssertException($"The demo did not end within {Patience}:\n{Tail(output)}");
        }

        await reading;
        return (process.ExitCode, output.ToString());
    }

    internal static JObject Summary(string folder) => JObject.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));

    internal static string Tail(StringBuilder output)
    {
        lock (output) return output.Length > 4000 ? output.ToString(output.Length - 4000, 4000) : output.ToString();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output) output.AppendLine(line);
        }
    }
}
