using System.Net.Sockets;

namespace VulnDiag.Lab.Targets;

/// <summary>Accepts a TCP target's clients: a bounded number at a time, each for a bounded time.</summary>
internal sealed class TcpTargetListener : IAsyncDisposable
{
    private const int MaxClients = 64;
    private static readonly TimeSpan LongestTalk = TimeSpan.FromSeconds(30);

    private readonly TcpTarget _target;
    private readonly TargetLedger _ledger;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _seats = new(MaxClients, MaxClients);
    private readonly Task _accepting;

    public TcpTargetListener(TcpTarget target, TargetLedger ledger)
    {
        _target = target;
        _ledger = ledger;
        _listener = new TcpListener(target.EndPoint);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // The listener goes last: accepting on one that is gone would be an error of ours, not an end.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
        _seats.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        while (await NextClientAsync() is { } client)
        {
            _ledger.Add(SightingKind.Connection, _target.EndPoint, client.Client.RemoteEndPoint);
            talks.RemoveAll(talk => talk.IsCompleted);
            if (await _seats.WaitAsync(TimeSpan.Zero)) talks.Add(TalkAsync(client));
            else client.Dispose();
        }

        await Task.WhenAll(talks);
    }

    /// <summary>The next client; null once the target is to stop.</summary>
    private async Task<TcpClient?> NextClientAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                return await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException)
            {
                // The client went before it was accepted; the next one may stay.
            }
        }

        return null;
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            using var time = new CancellationTokenSource(LongestTalk, TimeProvider.System);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _stop.Token);
            await using var stream = client.GetStream();
            var line = new TargetLine(stream, () => _ledger.Add(SightingKind.Data, _target.EndPoint, client.Client.RemoteEndPoint));
            await _target.ServeAsync(line, end.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // A client that hangs up, sends nonsense or takes too long is what scanners do.
        }
        finally
        {
            _seats.Release();
        }
    }
}
