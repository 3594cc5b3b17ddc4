using System.Globalization;
using Spectre.Console;
using VulnDiag.Engine;
using VulnDiag.Model;

namespace VulnDiag.Worker.Cli;

/// <summary>Shows how a scan goes, on standard error: one line that is redrawn on a terminal, plain lines otherwise.</summary>
internal sealed class ScanProgressView : IScanProgress, IAsyncDisposable
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);
    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly LiveBar? _bar;
    private ScanStage? _stage;
    private long _lastLine;

    private ScanProgressView(TextWriter writer, TimeProvider time, LiveBar? bar) => (_writer, _time, _bar) = (writer, time, bar);

    internal static ScanProgressView On(VerbConsole console) =>
        new(console.Error, console.Time, console.ErrorIsTerminal ? new LiveBar(console.Error) : null);

    public void Report(ScanProgress progress)
    {
        if (_bar is not null)
        {
            _bar.Show(progress, Words(progress));
            return;
        }

        if (progress.Stage == _stage && _time.GetElapsedTime(_lastLine) < LineEvery) return;
        (_stage, _lastLine) = (progress.Stage, _time.GetTimestamp());
        _writer.WriteLine(Words(progress));
    }

    public void Say(string message)
    {
        if (_bar is null) _writer.WriteLine(message);
        else _bar.Say(message);
    }

    /// <summary>The last word.</summary>
    internal async Task EndAsync(ScanResult result, string file)
    {
        if (_bar is not null) await _bar.DisposeAsync();
        await _writer.WriteLineAsync(result.Complete
            ? $"Done: {result.Ports.Count} ports listed, {result.Findings.Count} findings. The result is {file}."
            : $"Not complete: {(result.Stops.Count > 0 ? result.Stops[^1].Reason : "no reason given")} What there is stands in {file}; the same command goes on from there.");
    }

    public ValueTask DisposeAsync() => _bar?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Words(ScanProgress progress)
    {
        var share = progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" {progress.Done}/{progress.Total}") : "";
        var left = progress.Remaining is { } remaining ? string.Create(CultureInfo.InvariantCulture, $", about {remaining:hh\\:mm\\:ss} left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Name(progress.Stage)}{share}: {progress.OpenPorts} open, {progress.PacketsSent} packets{left}");
    }

    private static string Name(ScanStage stage) => stage switch
    {
        ScanStage.Authorize => "authorise",
        ScanStage.Alive => "alive",
        ScanStage.TcpPorts => "tcp",
        ScanStage.UdpPorts => "udp",
        ScanStage.Identify => "identify",
        ScanStage.Check => "check",
        ScanStage.Write => "write",
    };

    /// <summary>Spectre's progress bar, fed from outside its own loop.</summary>
    private sealed class LiveBar : IAsyncDisposable
    {
        private readonly IAnsiConsole _console;
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _drawing;
        private ProgressTask? _task;

        internal LiveBar(TextWriter writer)
        {
            _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
            _drawing = _console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn())
                .StartAsync(context =>
                {
                    _task = context.AddTask("scan", maxValue: 1);
                    return _over.Task;
                });
        }

        internal void Show(ScanProgress progress, string words)
        {
            if (_task is not { } task) return;
            task.Description = Markup.Escape(words);
            task.IsIndeterminate = progress.Total == 0;
            (task.MaxValue, task.Value) = (Math.Max(1, progress.Total), progress.Done);
        }

        internal void Say(string message) => _console.MarkupLine(Markup.Escape(message));

        public async ValueTask DisposeAsync()
        {
            _over.TrySetResult();
            await _drawing;
        }
    }
}
