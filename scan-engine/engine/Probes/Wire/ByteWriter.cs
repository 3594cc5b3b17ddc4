using System.Buffers.Binary;
using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>Builds a request from numbers, texts and blocks.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>Bytes written so far.</summary>
    public int Length => _bytes.Count;

    public ByteWriter Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public ByteWriter UInt16(int value) => Bytes([(byte)(value >> 8), (byte)value]);

    public ByteWriter UInt16Little(int value) => Bytes([(byte)value, (byte)(value >> 8)]);

    public ByteWriter UInt32(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        return Bytes(four);
    }

    public ByteWriter UInt32Little(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        return Bytes(four);
    }

    public ByteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteWriter Zeros(int count)
    {
        for (var i = 0; i < count; i++) _bytes.Add(0);
        return this;
    }

    /// <summary>ASCII without an end mark.</summary>
    public ByteWriter Text(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    /// <summary>ASCII and a zero byte.</summary>
    public ByteWriter TextAndZero(string text) => Text(text).Byte(0);

    public byte[] ToArray() => [.. _bytes];
}
