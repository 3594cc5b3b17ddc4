using System.Buffers.Binary;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>Writes SSH's data types. Source: RFC 4251, section 5; RFC 4253, section 6 (packets before encryption).</summary>
internal sealed class SshWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>What was written.</summary>
    public byte[] ToArray() => [.. _bytes];

    public SshWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public SshWriter Number(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return Bytes(bytes);
    }

    public SshWriter Text(ReadOnlySpan<byte> bytes) => Number(bytes.Length).Bytes(bytes);

    public SshWriter Text(string text) => Text(Encoding.ASCII.GetBytes(text));

    /// <summary>A positive number of any length: without leading zeros, but one where the highest bit is set.</summary>
    public SshWriter BigNumber(ReadOnlySpan<byte> bigEndian)
    {
        var digits = bigEndian.TrimStart((byte)0);
        return digits.Length > 0 && digits[0] >= 0x80 ? Text([0, .. digits]) : Text(digits);
    }

    /// <summary>A payload as an unencrypted packet: length, padding length, payload, padding to a multiple of eight.</summary>
    public static byte[] Packet(byte[] payload)
    {
        var padding = 8 - ((payload.Length + 5) % 8);
        if (padding < 4) padding += 8;
        return new SshWriter().Number(1 + payload.Length + padding).Bytes([(byte)padding]).Bytes(payload).Bytes(new byte[padding]).ToArray();
    }
}
