using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A client's connection as the services use it: lines in, text out, all of it bounded.</summary>
internal sealed class TargetLine(Stream stream, Action onData)
{
    private const int MaxLine = 4_096;
    private const int MaxRead = 1 << 20;

    private readonly byte[] _buffer = new byte[4_096];
    private int _start;
    private int _end;
    private int _read;

    /// <summary>The bytes below, for TLS.</summary>
    public Stream Stream { get; } = stream;

    /// <summary>Called whenever something arrives.</summary>
    public Action OnData { get; } = onData;

    /// <summary>The next line without its line break; null when the client has gone, or sent too much.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (await ReadByteAsync(cancellationToken) is { } value)
        {
            if (value == '\n') return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            if (line.Count >= MaxLine) return null;
            line.Add(value);
        }

        return null;
    }

    /// <summary>Exactly <paramref name="count"/> bytes, or null when the client goes before.</summary>
    public async Task<byte[]?> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        if (count is < 0 or > MaxRead) return null;
        var bytes = new byte[count];
        for (var index = 0; index < count; index++)
        {
            if (await ReadByteAsync(cancellationToken) is not { } value) return null;
            bytes[index] = value;
        }

        return bytes;
    }

    /// <summary>What has arrived, at least a byte; null when the client has gone.</summary>
    public async Task<byte[]?> ReadSomeAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken)) return null;
        var bytes = _buffer[_start.._end];
        _start = _end;
        return bytes;
    }

    /// <summary>Sends bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await Stream.WriteAsync(bytes, cancellationToken);
        await Stream.FlushAsync(cancellationToken);
    }

    /// <summary>Sends text in UTF-8.</summary>
    public Task WriteAsync(string text, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    private async ValueTask<byte?> ReadByteAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken)) return null;
        return _buffer[_start++];
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_read >= MaxRead) return false;
        _start = 0;
        _end = await Stream.ReadAsync(_buffer, cancellationToken);
        _read += _end;
        if (_end > 0) OnData();
        return _end > 0;
    }
}
