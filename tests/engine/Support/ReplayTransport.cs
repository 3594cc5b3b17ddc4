using System.Net;
using VulnDiag.Engine.Probes;

namespace VulnDiag.Engine.Support;

/// <summary>Gives out replayed servers instead of connections, in the order in which they were queued.</summary>
internal sealed class ReplayTransport : IProbeTransport
{
    private readonly Queue<Func<ReplayStream>> _servers = new();
    private readonly Queue<byte[]?> _datagrams = new();

    /// <summary>Every connection handed out.</summary>
    public List<ReplayStream> Connections { get; } = [];

    /// <summary>Every datagram sent.</summary>
    public List<byte[]> Datagrams { get; } = [];

    /// <summary>What a TLS upgrade shows; without it an upgrade fails. The conversation goes on in the clear on the same stream.</summary>
    public TlsSession? Tls { get; init; }

    /// <summary>The server of the next connection.</summary>
    public ReplayTransport Then(Func<ReplayStream> server)
    {
        _servers.Enqueue(server);
        return this;
    }

    /// <summary>The answer to the next datagram; null for silence.</summary>
    public ReplayTransport Answers(byte[]? datagram)
    {
        _datagrams.Enqueue(datagram);
        return this;
    }

    public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        if (!_servers.TryDequeue(out var server)) throw new LinkException(LinkFailure.Refused, "No further server in the test's script.");
        var stream = server();
        Connections.Add(stream);
        return ValueTask.FromResult<Stream>(stream);
    }

    public ValueTask<TlsSession> UpgradeAsync(Stream stream, string? serverName, CancellationToken cancellationToken) => Tls is null
        ? throw new LinkException(LinkFailure.TlsFailed, "The test's server speaks no TLS.")
        : ValueTask.FromResult(Tls with { Stream = stream });

    public ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, bool fromAnyPort, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Datagrams.Add(datagram.ToArray());
        if (!_datagrams.TryDequeue(out var answer)) throw new LinkException(LinkFailure.Refused, "No further answer in the test's script.");
        // A bare null would become an empty array's memory here, which is an answer.
        return ValueTask.FromResult(answer is null ? default(ReadOnlyMemory<byte>?) : answer.AsMemory());
    }
}
