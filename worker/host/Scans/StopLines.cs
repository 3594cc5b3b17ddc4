using System.Threading.Channels;

namespace VulnDiag.Worker.Scans;

/// <summary>What a scan is told while it runs: the lines of its standard input, where a worker holds the other end, and the kill switch.</summary>
internal sealed class StopLines : TextReader, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _listening;

    /// <param name="input">Standard input, or null when nobody controls this scan.</param>
    /// <param name="killSwitch">The file that stops everything while it exists.</param>
    /// <param name="time">The clock.</param>
    internal StopLines(TextReader? input, string killSwitch, TimeProvider time)
    {
        var watching = WatchAsync(killSwitch, time);
        _listening = input is null ? watching : Task.WhenAll(watching, ReadAsync(input));
    }

    public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _listening;
        _over.Dispose();
    }

    private async Task WatchAsync(string killSwitch, TimeProvider time)
    {
        var over = _over.Token;
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (!File.Exists(killSwitch))
            {
                if (!await timer.WaitForNextTickAsync(over)) return;
            }

            _lines.Writer.TryWrite("stop kill-switch The kill switch was set.");
        }
        catch (OperationCanceledException)
        {
            // The scan is over.
        }
    }

    // The end of the input closes the channel: the engine takes it for the end of the worker.
    private async Task ReadAsync(TextReader input)
    {
        var over = _over.Token;
        try
        {
            // A console's read cannot be cancelled, so it is left behind.
            while (await input.ReadLineAsync(over).AsTask().WaitAsync(over) is { } line) _lines.Writer.TryWrite(line);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // A broken pipe is an ended one.
        }

        _lines.Writer.TryComplete();
    }
}
