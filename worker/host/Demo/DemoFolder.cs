using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Demo;
using VulnDiag.Model;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Demo;

/// <summary>The demo's folder: what it leaves behind, and what it needs to go on after a kill.</summary>
internal sealed class DemoFolder
{
    /// <param name="Start">When the story begins.</param>
    /// <param name="Now">How far the demo's clock had come.</param>
    /// <param name="WrittenAt">The machine's time then.</param>
    /// <param name="WindowWasClosed">Whether the one window that closes in the midst of its scan has done so.</param>
    private sealed record Clock(DateTimeOffset Start, DateTimeOffset Now, DateTimeOffset WrittenAt, bool WindowWasClosed);

    /// <summary>More than a round takes. What has passed since the clock was written counts up to here, so that it never goes back, nor a night's rest forward.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(1);

    private DemoFolder(string path, DateTimeOffset start) => (Path, Start, Now) = (path, start, start);

    internal string Path { get; }

    /// <summary>When the demo's story begins.</summary>
    internal DateTimeOffset Start { get; }

    /// <summary>How far its clock had come when this demo, or the killed one before it, was begun or ended.</summary>
    internal DateTimeOffset Now { get; private init; }

    /// <summary>True once the one window that closes in the midst of its scan has done so.</summary>
    internal bool WindowWasClosed { get; private set; }

    internal string Data => Below("data");

    internal string Mail => Below("mail");

    internal string Reports => Below("reports");

    internal string Summary => Below("summary.json");

    private string ClockFile => System.IO.Path.Combine(Data, "clock.json");

    /// <summary>Opens a new folder, or the one that a killed demo left; clears what a finished demo left.</summary>
    /// <exception cref="VerbFailure">The folder holds something that is not a demo's.</exception>
    internal static async Task<DemoFolder> OpenAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        var probe = new DemoFolder(path, default);
        var isDemo = File.Exists(probe.ClockFile);
        if (!isDemo && Directory.EnumerateFileSystemEntries(path).Any())
            throw new VerbFailure($"{path} holds other files. Name an empty or a new folder with --out.");

        if (File.Exists(probe.Summary)) probe.Clear();
        else if (isDemo && Json.Read<Clock>(await File.ReadAllTextAsync(probe.ClockFile, cancellationToken)) is { } clock)
            return new DemoFolder(path, clock.Start) { Now = clock.Now + Since(clock.WrittenAt), WindowWasClosed = clock.WindowWasClosed };

        var start = Scenario.StartAfter(TimeProvider.System.GetUtcNow());
        var folder = new DemoFolder(path, start);
        foreach (var part in new[] { folder.Data, folder.Mail, folder.Reports }) Directory.CreateDirectory(part);
        await folder.KeepClockAsync(start, cancellationToken);
        return folder;
    }

    /// <summary>Writes down how far the clock has come, or is about to jump: what happens then must not be found in the future after a kill.</summary>
    internal Task KeepClockAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(ClockFile, Json.WriteIndented(new Clock(Start, now, TimeProvider.System.GetUtcNow(), WindowWasClosed)), cancellationToken);

    /// <summary>Writes down that the clock is about to jump over the end of the one window that closes in the midst of its scan.</summary>
    internal Task KeepClosedWindowAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        WindowWasClosed = true;
        return KeepClockAsync(now, cancellationToken);
    }

    /// <summary>Writes the summary: from now on the demo is over.</summary>
    internal Task FinishAsync(JObject summary, CancellationToken cancellationToken) => WriteAsync(Summary, Json.WriteIndented(summary), cancellationToken);

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(file + ".tmp", text, Json.Utf8, cancellationToken);
        File.Move(file + ".tmp", file, overwrite: true);
    }

    private void Clear()
    {
        // The clock goes last: until then the folder is known as a demo's.
        foreach (var part in new[] { Mail, Reports })
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        }

        File.Delete(Summary);
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }

    private static TimeSpan Since(DateTimeOffset writtenAt)
    {
        var passed = TimeProvider.System.GetUtcNow() - writtenAt;
        return passed < TimeSpan.Zero || passed > LongestRound ? LongestRound : passed;
    }

    private string Below(string name) => System.IO.Path.Combine(Path, name);
}
