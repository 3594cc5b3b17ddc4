using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Demo;
using VulnDiag.Model;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Demo;

/// <summary>The demo's folder: what it leaves behind, and what it needs to go on after a kill.</summary>
internal sealed class DemoFolder
{
    private sealed record Clock(DateTimeOffset Start, DateTimeOffset Now);

    private DemoFolder(string path, DateTimeOffset start, DateTimeOffset now) => (Path, Start, Now) = (path, start, now);

    internal string Path { get; }

    /// <summary>When the demo's story begins.</summary>
    internal DateTimeOffset Start { get; }

    /// <summary>How far its clock had come when it was last written down.</summary>
    internal DateTimeOffset Now { get; }

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
        var probe = new DemoFolder(path, default, default);
        var isDemo = File.Exists(probe.ClockFile);
        if (!isDemo && Directory.EnumerateFileSystemEntries(path).Any())
            throw new VerbFailure($"{path} holds other files. Name an empty or a new folder with --out.");

        if (File.Exists(probe.Summary)) probe.Clear();
        else if (isDemo && Json.Read<Clock>(await File.ReadAllTextAsync(probe.ClockFile, cancellationToken)) is { } clock)
            return new DemoFolder(path, clock.Start, clock.Now);

        var start = Scenario.StartAfter(TimeProvider.System.GetUtcNow());
        var folder = new DemoFolder(path, start, start);
        foreach (var part in new[] { folder.Data, folder.Mail, folder.Reports }) Directory.CreateDirectory(part);
        await folder.KeepClockAsync(start, cancellationToken);
        return folder;
    }

    /// <summary>Writes down how far the clock has come.</summary>
    internal Task KeepClockAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(ClockFile, Json.WriteIndented(new Clock(Start, now)), cancellationToken);

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

    private string Below(string name) => System.IO.Path.Combine(Path, name);
}
