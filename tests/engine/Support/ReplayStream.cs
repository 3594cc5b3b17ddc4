using System.Text;

namespace VulnDiag.Engine.Support;

/// <summary>How a replayed server's bytes arrive.</summary>
public enum Delivery
{
    Whole,
    LineByLine,
    ByteByByte,
}

/// <summary>
/// A server on paper: it says what the script says, after it has heard what the script expects. When the script is at its end the
/// connection is closed, or stays silent where <see cref="Silent"/> is set.
/// </summary>
public sealed class ReplayStream : Stream
{
    private readonly Queue<Step> _script = new();
    private readonly List<byte> _heard = [];
    private readonly List<byte> _unread = [];
    private readonly List<byte> _pending = [];
    private readonly TaskCompletionSource _never = new();
    private TaskCompletionSource _wrote = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _bytesLeft = int.MaxValue;

    public Delivery Delivery { get; init; }

    /// <summary>At the script's end: say nothing instead of closing.</summary>
    public bool Silent { get; init; }

    /// <summary>The server goes away after this many bytes in all.</summary>
    public int CutAfter { get => _bytesLeft; init => _bytesLeft = value; }

    /// <summary>All that was written to the server.</summary>
    public IReadOnlyList<byte> Heard => _heard;

    public string HeardText => Encoding.Latin1.GetString([.. _heard]);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public ReplayStream Says(byte[] bytes)
    {
        _script.Enqueue(new Step(bytes, null));
        return this;
    }

    public ReplayStream Says(string latin1) => Says(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Waits until the client has written something that holds <paramref name="latin1"/> (anything, when empty).</summary>
    public ReplayStream Hears(string latin1 = "")
    {
        _script.Enqueue(new Step(null, latin1));
        return this;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_pending.Count == 0)
        {
            if (_bytesLeft == 0) return 0;
            if (!_script.TryPeek(out var step))
            {
                if (!Silent) return 0;
                await _never.Task.WaitAsync(cancellationToken);
            }
            else if (step.Bytes is { } bytes)
            {
                _script.Dequeue();
                _pending.AddRange(bytes.Take(_bytesLeft));
            }
            else if (_unread.Count > 0 && Encoding.Latin1.GetString([.. _unread]).Contains(step.Expected!, StringComparison.Ordinal))
            {
                _script.Dequeue();
                _unread.Clear();
            }
            else
            {
                await _wrote.Task.WaitAsync(cancellationToken);
                _wrote = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        var count = Math.Min(buffer.Length, NextPiece());
        _pending.GetRange(0, count).ToArray().CopyTo(buffer);
        _pending.RemoveRange(0, count);
        _bytesLeft -= count;
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _heard.AddRange(buffer.Span);
        _unread.AddRange(buffer.Span);
        _wrote.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int NextPiece() => Delivery switch
    {
        Delivery.Whole => _pending.Count,
        Delivery.LineByLine => _pending.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : _pending.Count,
        Delivery.ByteByByte => 1,
    };

    private readonly record struct Step(byte[]? Bytes, string? Expected);
}
