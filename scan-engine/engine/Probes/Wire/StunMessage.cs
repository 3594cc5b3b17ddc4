using VulnDiag.Engine.Fingerprints;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>STUN's binding request and its answer. Source: RFC 8489 sections 5, 14 and 14.14 (SOFTWARE).</summary>
internal static class StunMessage
{
    private const int HeaderLength = 20, BindingSuccess = 0x0101, BindingError = 0x0111, Software = 0x8022;
    private const uint Cookie = 0x2112A442;

    /// <summary>Binding request without attributes.</summary>
    public static byte[] BindingRequest { get; } = new ByteWriter().UInt16(1).UInt16(0).UInt32(Cookie).Text("VulnDiagVuln").ToArray();

    /// <summary>True when the length in the header has come.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderLength && bytes.Length >= HeaderLength + ((bytes[2] << 8) | bytes[3]);

    /// <returns>Null when it is no answer to <see cref="BindingRequest"/>.</returns>
    public static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var type = reader.UInt16();
        reader.Skip(2);
        if (type is not (BindingSuccess or BindingError) || reader.UInt32() != Cookie || reader.Text(12) != "VulnDiagVuln") return null;
        while (!reader.Short && reader.Rest.Length >= 4)
        {
            var (attribute, length) = (reader.UInt16(), reader.UInt16());
            var value = reader.Text(length);
            reader.Skip(Math.Min(-length & 3, reader.Rest.Length));
            if (attribute == Software && !reader.Short) return Named(value.TrimEnd('\0', ' '));
        }

        return new Identification { Service = "stun", Confidence = 95 };
    }

    private static Identification Named(string software) =>
        FingerprintCatalogue.Shipped.Match("stun.software", software) ?? new Identification { Service = "stun", Info = software, Confidence = 95 };
}
