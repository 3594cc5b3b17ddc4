using System.Buffers.Binary;
using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>Reads numbers and blocks from an answer. What is not there reads as zero or empty and sets <see cref="Short"/>; nothing throws.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>True once more was asked for than there is.</summary>
    public bool Short { get; private set; }

    /// <summary>Bytes not yet read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            Short = true;
            _rest = [];
            return [];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Leaves out <paramref name="count"/> bytes.</summary>
    public void Skip(int count) => Bytes(count);

    public byte Byte() => Bytes(1) is [var value] ? value : (byte)0;

    public int UInt16() => Bytes(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : 0;

    public int UInt16Little() => Bytes(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16LittleEndian(two) : 0;

    public uint UInt32() => Bytes(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    public uint UInt32Little() => Bytes(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32LittleEndian(four) : 0;

    /// <summary>A text that a zero byte ends; without one, all that is left.</summary>
    public string TextToZero()
    {
        var end = _rest.IndexOf((byte)0);
        var text = Encoding.Latin1.GetString(end < 0 ? _rest : _rest[..end]);
        if (end < 0) Short = true;
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return text;
    }

    /// <summary>A text of <paramref name="count"/> bytes.</summary>
    public string Text(int count) => Encoding.Latin1.GetString(Bytes(count));
}
