using System.Net;

namespace VulnDiag.Engine.Probes;

/// <summary>The I/O edge below a probe: sockets in production, replayed bytes in tests. Counts and checks nothing.</summary>
internal interface IProbeTransport
{
    /// <summary>Opens a TCP connection.</summary>
    /// <exception cref="LinkException">It was refused, reset, unreachable or not answered.</exception>
    ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);

    /// <summary>Makes the stream a TLS one. Any certificate is accepted, as it is only looked at.</summary>
    /// <exception cref="LinkException">The handshake failed.</exception>
    ValueTask<TlsSession> UpgradeAsync(Stream stream, string? serverName, CancellationToken cancellationToken);

    /// <summary>Sends one datagram and waits for the first answer from the same address.</summary>
    /// <param name="fromAnyPort">False where only an answer from the same port counts, as in nearly every protocol.</param>
    /// <returns>Null when nothing came within <paramref name="timeout"/>.</returns>
    /// <exception cref="LinkException">The port is unreachable (closed).</exception>
    ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, bool fromAnyPort, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>Why a connection could not be used.</summary>
internal enum LinkFailure
{
    /// <summary>Answered by a reset or an ICMP port unreachable.</summary>
    Refused,

    /// <summary>Not answered in time.</summary>
    TimedOut,

    /// <summary>Torn down while in use.</summary>
    Reset,

    /// <summary>A router or the kernel says there is no way.</summary>
    Unreachable,

    /// <summary>No TLS, or none that we can speak.</summary>
    TlsFailed,
}

/// <summary>A connection failed by the other side's doing.</summary>
internal sealed class LinkException(LinkFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public LinkFailure Failure { get; } = failure;
}
