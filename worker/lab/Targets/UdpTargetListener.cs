using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Lab.Targets;

/// <summary>Receives a UDP target's datagrams and sends its answers.</summary>
internal sealed class UdpTargetListener : IAsyncDisposable
{
    private const int MaxDatagram = 65_507;

    private readonly UdpTarget _target;
    private readonly TargetLedger _ledger;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    public UdpTargetListener(UdpTarget target, TargetLedger ledger)
    {
        _target = target;
        _ledger = ledger;
        _socket = new Socket(target.EndPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(target.EndPoint);
        _receiving = ReceiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[MaxDatagram];
        var anyone = new IPEndPoint(_target.EndPoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, _stop.Token);
                _ledger.Add(SightingKind.Datagram, _target.EndPoint, received.RemoteEndPoint);
                var answer = _target.Answer(buffer.AsSpan(0, received.ReceivedBytes));
                if (answer.Length > 0) await _socket.SendToAsync(answer, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP answer to what was sent before; the next datagram may be fine.
            }
        }
    }
}
