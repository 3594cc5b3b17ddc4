using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>A host on loopback with an open port behind every number of a range, which notes when each connection came in: what a scan sent, seen from the other end.</summary>
internal sealed class Doorbells : IAsyncDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _listening = [];
    private readonly ConcurrentQueue<DateTimeOffset> _rung = new();
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _enough;

    private Doorbells(int enough) => _enough = enough;

    /// <summary>Completes once so many connections have come in that a scan is well under way.</summary>
    internal Task Busy => _busy.Task;

    internal IReadOnlyList<DateTimeOffset> Rung => [.. _rung];

    internal static Doorbells At(IPAddress address, int first, int count, int enough, TimeProvider time)
    {
        var bells = new Doorbells(enough);
        for (var port = first; port < first + count; port++)
        {
            var listener = new TcpListener(address, port);
            listener.Start();
            bells._listeners.Add(listener);
            bells._listening.Add(bells.ListenAsync(listener, time));
        }

        return bells;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_listening);
        foreach (var listener in _listeners) listener.Dispose();
        _over.Dispose();
    }

    private async Task ListenAsync(TcpListener listener, TimeProvider time)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptSocketAsync(_over.Token);
                _rung.Enqueue(time.GetUtcNow());
                if (_rung.Count >= _enough) _busy.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
