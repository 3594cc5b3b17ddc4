using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Scans;

/// <summary>Runs the <c>scan</c> verb of this same program as a child. Its environment is made anew, so that no secret is in it.</summary>
internal sealed class ChildProcessScanLauncher(Settings settings, WorkerPaths paths, ILogger<ChildProcessScanLauncher> log) : IScanLauncher
{
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "DOTNET_ROOT", "DOTNET_GCHeapHardLimit"];

    public Task<IRunningScan> StartAsync(ScanId id, ScanFolder folder, CancellationToken cancellationToken)
    {
        var start = Program();
        foreach (var word in (string[])["scan", "--authorization", folder.AuthorizationFile, "--out", folder.ResultFile, "--controlled"])
            start.ArgumentList.Add(word);
        start.Environment.Clear();
        foreach (var (name, value) in ChildEnvironment()) start.Environment[name] = value;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);

        var process = Process.Start(start) ?? throw new IOException($"The scan of line {id.Line} of engagement {id.Engagement} could not be started.");
        log.LogInformation("Engagement {Engagement}, line {Line}: the scan was started as process {Process}", id.Engagement, id.Line, process.Id);
        return Task.FromResult<IRunningScan>(new ChildScan(process, id, log));
    }

    private static ProcessStartInfo Program()
    {
        var executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "VulnDiag.Worker.exe" : "VulnDiag.Worker");
        if (File.Exists(executable)) return new ProcessStartInfo(executable);
        var start = new ProcessStartInfo("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker.dll"));
        return start;
    }

    private IEnumerable<(string Name, string Value)> ChildEnvironment()
    {
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) yield return (name, value);
        }

        yield return (Setting("Signing", "KeyFile"), paths.SigningKey);
        yield return (Setting("Scan", "KillSwitchFile"), paths.KillSwitch);
        yield return (Setting("VulnDb", "Database"), paths.VulnDb);
        yield return (Setting("Logging", "Level"), settings.Logging.Level.ToString());
        foreach (var pair in List("AllowedLabRanges", settings.Scan.AllowedLabRanges).Concat(List("DnsServers", settings.Scan.DnsServers))) yield return pair;
    }

    private static IEnumerable<(string Name, string Value)> List(string key, IReadOnlyList<string> values) =>
        values.Select((value, index) => (string.Create(CultureInfo.InvariantCulture, $"{Setting("Scan", key)}__{index}"), value));

    private static string Setting(string section, string key) => $"{SettingsLoader.EnvironmentPrefix}{section}__{key}";
}
