using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests.Kintone;

/// <summary>Cybozu's own tools from npm, unchanged, against the emulator as a process: the checks in tests/integration/kintone-tools.</summary>
[Trait("Category", "Slow")]
public sealed partial class KintoneToolsTests : IDisposable
{
    /// <summary>How many checks there are at least; fewer would mean that some were not run.</summary>
    private const int FewestChecks = 560;

    private static readonly string Folder = Path.Combine(SharedMaterial.RepositoryRoot, "tests", "integration", "kintone-tools");

    private readonly string _data = Directory.CreateTempSubdirectory("vulndiag-kintone-tools-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task The_emulator_is_kintone_to_the_official_tools()
    {
        await InstallAsync();
        await using var emulator = await EmulatorProcess.StartAsync(_data, Ct);
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", "--test-concurrency=1", "checks/"]) { WorkingDirectory = Folder };
        start.Environment["KINTONE_BASE_URL"] = emulator.Url;
        start.Environment["KINTONE_TOKEN_COMMAND"] = JsonConvert.SerializeObject(new[] { EmulatorProcess.Program, "emulator", "token", "--data", _data });
        var (exitCode, output) = await RunAsync(start);

        var failures = Failure().Matches(output).Select(static match => match.Value).ToList();
        failures.ShouldBeEmpty(output);
        exitCode.ShouldBe(0, output);
        int.Parse(Passed().Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(FewestChecks);
    }

    /// <summary>Installs the pinned tools once; later runs find them.</summary>
    private static async Task InstallAsync()
    {
        if (!await CanRunAsync("node") || !await CanRunAsync("npm")) Assert.Skip("Node.js and npm are not installed (Debian: apt-get install nodejs npm).");
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        var (exitCode, output) = await RunAsync(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder });
        if (exitCode != 0) Assert.Skip("npm could not install the tools; is its registry reached? " + output);
    }

    private static async Task<bool> CanRunAsync(string program)
    {
        try
        {
            return (await RunAsync(new ProcessStartInfo(program, ["--version"]))).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        try
        {
            await process.WaitForExitAsync(Ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, string.Join('\n', await output));
    }

    [GeneratedRegex(@"^\s*not ok .*$", RegexOptions.Multiline)]
    private static partial Regex Failure();

    [GeneratedRegex(@"^# pass (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Passed();
}
