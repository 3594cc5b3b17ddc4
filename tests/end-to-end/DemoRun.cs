using System.Diagnostics;
using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using VulnDiag.TestSupport;

namespace VulnDiag.EndToEnd.Tests;

/// <summary>The demo as a process of its own, the way a person starts it.</summary>
internal static class DemoRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What a demo that stays says last.</summary>
    private const string LastWord = "Ctrl+C ends it.";

    /// <summary>The worker that was built with these tests.</summary>
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker");

    internal static Process Start(string folder, params string[] more)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = SharedMaterial.RepositoryRoot };
        foreach (var word in (string[])["demo", "--out", folder, .. more]) start.ArgumentList.Add(word);
        return Process.Start(start) ?? throw new InvalidOperationException("The demo could not be started.");
    }

    /// <summary>Waits for the end. A demo that stays is visited once it says that it does, and then asked to end.</summary>
    internal static async Task<(int ExitCode, string Output)> FinishAsync(Process process, CancellationToken cancellationToken, Func<string, Task>? visit = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var output = new StringBuilder();
        var stays = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, output, stays), ReadAsync(process.StandardError, output, stays));
        try
        {
            if (visit is not null) await VisitAsync(process, output, stays.Task, visit, limit.Token);
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

    private static async Task VisitAsync(Process process, StringBuilder output, Task stays, Func<string, Task> visit, CancellationToken cancellationToken)
    {
        await Task.WhenAny(stays, process.WaitForExitAsync(cancellationToken));
        if (!stays.IsCompleted) return;
        string said;
        lock (output) said = output.ToString();
        await visit(said);
        // SIGTERM goes the way of Ctrl+C, which a shell in the background would have this process ignore.
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder output, TaskCompletionSource stays)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output) output.AppendLine(line);
            if (line == LastWord) stays.TrySetResult();
        }
    }
}
