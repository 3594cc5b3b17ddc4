using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>A host on loopback with an open port behind every number of a range, which notes when each SYN came in: what a scan sent, seen from the other end.</summary>
/// <remarks>
/// A raw scan never completes a connection, so its SYNs are read from a raw socket, which asks for the same right as the scan does (raw(7): every
/// TCP packet for the address is passed to it too). Without the right the scan connects, and the accepted connections are counted.
/// </remarks>
internal sealed class Doorbells : IAsyncDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _listening = [];
    private readonly ConcurrentQueue<DateTimeOffset> _rung = new();
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _enough;

    private Doorbells(int enough) => _enough = enough;

    /// <summary>Completes once so many SYNs have come in that a scan is well under way.</summary>
    internal Task Busy => _busy.Task;

    internal IReadOnlyList<DateTimeOffset> Rung => [.. _rung];

    internal static Doorbells At(IPAddress address, int first, int count, int enough, TimeProvider time)
    {
        var bells = new Doorbells(enough);
        var raw = TryRaw(address);
        if (raw is not null) bells._listening.Add(bells.ReadSynsAsync(raw, first, count, time));
        for (var port = first; port < first + count; port++)
        {
            var listener = new TcpListener(address, port);
            listener.Start();
            bells._listeners.Add(listener);
            bells._listening.Add(bells.ListenAsync(listener, noted: raw is null, time));
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

    private static Socket? TryRaw(IPAddress address)
    {
        try
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return socket;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AccessDenied)
        {
            return null;
        }
    }

    // Source: RFC 791, 3.1 (length of the header) and RFC 9293, 3.1 (destination port, SYN without ACK).
    private async Task ReadSynsAsync(Socket raw, int first, int count, TimeProvider time)
    {
        using var _ = raw;
        var packet = new byte[65536];
        try
        {
            while (true)
            {
                var length = await raw.ReceiveAsync(packet, _over.Token);
                var tcp = packet.AsSpan(0, length)[((packet[0] & 0xF) * 4)..];
                var port = BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]);
                if (port >= first && port < first + count && (tcp[13] & 0x12) == 0x02) Ring(time);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private void Ring(TimeProvider time)
    {
        _rung.Enqueue(time.GetUtcNow());
        if (_rung.Count >= _enough) _busy.TrySetResult();
    }

    private async Task ListenAsync(TcpListener listener, bool noted, TimeProvider time)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptSocketAsync(_over.Token);
                if (noted) Ring(time);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
