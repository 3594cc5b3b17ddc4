namespace VulnDiag.Engine.Probes.Wire;

/// <summary>The checksum of Ethernet, gzip and others.</summary>
/// <remarks>Source: RFC 1952 section 8 (polynomial 0xedb88320, reflected).</remarks>
internal static class Crc32
{
    /// <summary>The sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
        }

        return ~sum;
    }
}
