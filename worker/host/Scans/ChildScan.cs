using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace VulnDiag.Worker.Scans;

/// <summary>A scan in a child process. Its standard input is the stop channel: when this process ends, it closes, and the child stops by itself.</summary>
internal sealed class ChildScan : IRunningScan
{
    private readonly Process _process;
    private readonly ScanId _id;
    private readonly ILogger _log;

    internal ChildScan(Process process, ScanId id, ILogger log)
    {
        (_process, _id, _log) = (process, id, log);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Ended = EndAsync();
    }

    public Task<int> Ended { get; }

    public Task StopAsync(string word, string words) => SayAsync($"stop {word} {words}");

    public Task CheckpointAsync(string word, string words) => SayAsync($"checkpoint {word} {words}");

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in the meantime.
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    private async Task SayAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.ReplaceLineEndings(" "));
            await _process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (Exception ended) when (ended is IOException or InvalidOperationException)
        {
            // The child has ended: there is nobody left to stop.
        }
    }

    private void Log(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line)) _log.LogDebug("Engagement {Engagement}, line {Line}: {Words}", _id.Engagement, _id.Line, line);
    }
}
