using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>NetBIOS names on the wire. Source: RFC 1001 section 14.1, RFC 1002 section 4.1 (half-ASCII of 16 bytes).</summary>
internal static class NetbiosName
{
    private const int Length = 16;

    /// <summary>A name with its length before and a zero behind.</summary>
    /// <param name="suffix">The sixteenth byte: what the name is for.</param>
    public static byte[] Encode(string name, byte suffix)
    {
        var bytes = Encoding.ASCII.GetBytes(name.PadRight(Length - 1)[..(Length - 1)]);
        return Half([.. bytes, suffix]);
    }

    /// <summary>The name that stands for all: an asterisk and zeros.</summary>
    public static byte[] Wildcard { get; } = Half([(byte)'*', .. new byte[Length - 1]]);

    private static byte[] Half(byte[] bytes)
    {
        var writer = new ByteWriter().Byte(2 * Length);
        foreach (var value in bytes) writer.Byte('A' + (value >> 4)).Byte('A' + (value & 0xF));
        return writer.Byte(0).ToArray();
    }
}
