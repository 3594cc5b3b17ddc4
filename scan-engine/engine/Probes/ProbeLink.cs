using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>A connection of one probe. Reads never throw for what the other side does: a reset is the end of the answer.</summary>
internal sealed class ProbeLink(Stream stream, ProbeContext context, bool countsRequests, TimeProvider time) : IAsyncDisposable
{
    private readonly byte[] _chunk = new byte[8192];
    private byte[] _pending = [];
    private Stream _stream = stream;
    private int _bytesRead;

    /// <summary>True once the other side closed or reset the connection.</summary>
    public bool Closed { get; private set; }

    /// <summary>Set after <see cref="UpgradeToTlsAsync"/>.</summary>
    public TlsSession? Tls { get; private set; }

    /// <summary>Sends one message.</summary>
    /// <exception cref="LinkException">The connection is gone.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (countsRequests) context.CountRequest();
        await context.BeforeSendAsync(Transport.Tcp, PacketCost.Message(message.Length), cancellationToken);
        await WriteAsync(message, cancellationToken);
    }

    /// <summary>What has arrived: waits for the first byte, then until nothing more comes for a moment.</summary>
    /// <returns>Empty when nothing came in time or the other side closed.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) =>
        await CollectAsync(static _ => false, wholeWhenQuiet: true, cancellationToken);

    /// <summary>Reads through the first <paramref name="delimiter"/>; what follows it stays for the next read.</summary>
    /// <returns>Less, without the delimiter, when the answer ended or the time was up.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadUntilAsync(ReadOnlyMemory<byte> delimiter, CancellationToken cancellationToken)
    {
        var all = await CollectAsync(bytes => bytes.IndexOf(delimiter.Span) >= 0, wholeWhenQuiet: false, cancellationToken);
        var at = all.Span.IndexOf(delimiter.Span);
        return at < 0 ? all : KeepRest(all, at + delimiter.Length);
    }

    /// <summary>Reads <paramref name="count"/> bytes; more stays for the next read.</summary>
    /// <returns>Less when the answer ended or the time was up.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        var all = await CollectAsync(bytes => bytes.Length >= count, wholeWhenQuiet: false, cancellationToken);
        return all.Length <= count ? all : KeepRest(all, count);
    }

    /// <summary>Reads until <paramref name="enough"/> holds of all that came since the last read.</summary>
    /// <returns>Less when the answer ended or the time was up.</returns>
    public ValueTask<ReadOnlyMemory<byte>> ReadUntilAsync(EnoughBytes enough, CancellationToken cancellationToken) =>
        CollectAsync(enough, wholeWhenQuiet: false, cancellationToken);

    /// <summary>Goes on inside TLS (from the start, or after STARTTLS). Any certificate is accepted, as it is only looked at.</summary>
    /// <exception cref="LinkException">The handshake failed.</exception>
    public async ValueTask<TlsSession> UpgradeToTlsAsync(CancellationToken cancellationToken)
    {
        await context.BeforeSendAsync(Transport.Tcp, PacketCost.TlsHandshake, cancellationToken);
        // What came in plain text before the handshake is not part of the encrypted answer (RFC 3207, section 4.2).
        _pending = [];
        Tls = await context.WithinAsync(context.Limits.Connect, "the TLS handshake", token => context.Wire.UpgradeAsync(_stream, context.Target.Fqdn, token), cancellationToken);
        _stream = Tls.Stream;
        return Tls;
    }

    /// <summary>Closes the connection by a reset, so that neither side keeps it.</summary>
    public async ValueTask DisposeAsync()
    {
        context.Gate.Charge(Transport.Tcp, context.Target.Port, PacketCost.Close);
        await _stream.DisposeAsync();
    }

    /// <summary>Sends bytes of a TLS handshake of our own making, which no probe's card counts.</summary>
    internal async ValueTask SendHandshakeAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        await context.BeforeSendAsync(Transport.Tcp, PacketCost.Message(record.Length), cancellationToken);
        await WriteAsync(record, cancellationToken);
    }

    /// <summary>Reads until <paramref name="enough"/> holds of what came.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ReadHandshakeAsync(EnoughBytes enough, CancellationToken cancellationToken) =>
        CollectAsync(enough, wholeWhenQuiet: false, cancellationToken);

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
            await _stream.FlushAsync(cancellationToken);
        }
        catch (IOException error) when (error is not LinkException)
        {
            Closed = true;
            throw new LinkException(LinkFailure.Reset, "The connection was torn down while a message was sent.", error);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> CollectAsync(EnoughBytes enough, bool wholeWhenQuiet, CancellationToken cancellationToken)
    {
        using var collected = new MemoryStream();
        collected.Write(_pending);
        _pending = [];
        var started = time.GetTimestamp();
        while (!Closed && !enough(collected.GetBuffer().AsSpan(0, (int)collected.Length)) && _bytesRead < context.Limits.MaxBytes)
        {
            var left = context.Limits.Total - time.GetElapsedTime(started);
            var wait = wholeWhenQuiet && collected.Length > 0 ? context.Limits.Quiet : context.Limits.Read;
            if (left < wait) wait = left;
            if (wait <= TimeSpan.Zero) break;
            var count = await ReadChunkAsync(wait, cancellationToken);
            if (count <= 0) break;
            collected.Write(_chunk, 0, count);
        }

        return collected.ToArray();
    }

    /// <returns>0 at the end of the stream, -1 when the time was up.</returns>
    private async ValueTask<int> ReadChunkAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(wait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var room = Math.Min(_chunk.Length, context.Limits.MaxBytes - _bytesRead);
            var count = await _stream.ReadAsync(_chunk.AsMemory(0, room), both.Token);
            _bytesRead += count;
            Closed = count == 0;
            if (count > 0) context.Gate.Received(1);
            if (count > 0) context.Gate.Charge(Transport.Tcp, context.Target.Port, 1);
            return count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return -1;
        }
        catch (IOException)
        {
            Closed = true;
            return 0;
        }
    }

    private ReadOnlyMemory<byte> KeepRest(ReadOnlyMemory<byte> all, int taken)
    {
        _pending = all[taken..].ToArray();
        return all[..taken];
    }

    internal delegate bool EnoughBytes(ReadOnlySpan<byte> bytes);
}
