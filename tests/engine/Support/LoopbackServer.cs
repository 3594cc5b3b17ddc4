using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VulnDiag.Engine.Support;

/// <summary>A real listener on a loopback address that greets, keeps what it is sent, and closes when it was sent something.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _serving;
    private readonly List<byte> _heard = [];

    public LoopbackServer(string address, string greeting = "", int port = 0)
    {
        Greeting = greeting;
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start(backlog: 512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>May be changed while it runs: another host has taken the address.</summary>
    public string Greeting { get; set; }

    public int Connections { get; private set; }

    public byte[] Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _over.Dispose();
    }

    private async Task ServeAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                Connections++;
                conversations.Add(TalkAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            var buffer = new byte[4096];
            try
            {
                var stream = client.GetStream();
                await stream.WriteAsync(Encoding.Latin1.GetBytes(Greeting), _over.Token);
                var count = await stream.ReadAsync(buffer, _over.Token);
                lock (_heard) _heard.AddRange(buffer.AsSpan(0, count));
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The scanner resets its connections.
            }
        }
    }
}
