namespace VulnDiag.Lab.Kintone;

/// <summary>So many bytes that no one can guess nor compress, the same each time, made as they are read.</summary>
/// <param name="size">Bytes.</param>
/// <param name="onStep">Called whenever another <see cref="Step"/> bytes were read.</param>
internal sealed class NoiseStream(long size, Action onStep) : Stream
{
    internal const int Step = 25 * 1024 * 1024;

    private readonly Random _random = new(100);
    private long _left = size;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = size;

    public override long Position { get => Length - _left; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, _left)];
        // Byte by byte, so that the noise does not depend on how large the pieces are that it is read in.
        for (var at = 0; at < part.Length; at++) part[at] = (byte)_random.Next(256);
        var before = Position;
        _left -= part.Length;
        if (Position / Step > before / Step) onStep();
        return part.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
