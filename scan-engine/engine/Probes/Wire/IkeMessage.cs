namespace VulnDiag.Engine.Probes.Wire;

/// <summary>Messages of IKE, as far as asking a gateway who it is needs them. No key is agreed on.</summary>
/// <remarks>Source: RFC 2408 section 3 (ISAKMP), RFC 2409 section 5 and appendix A, RFC 7296 section 3 (IKEv2), RFC 3948 section 2.2 (marker).</remarks>
internal sealed record IkeMessage(int Version, int Exchange, IReadOnlyList<string> VendorIds, bool HasKeyExchange)
{
    public const int MainMode = 2, AggressiveMode = 4, Informational = 5, Ikev2Init = 34;
    private const int HeaderLength = 28, VendorIdPayload = 13, VendorIdPayload2 = 43, KeyExchangePayload = 4, MaxPayloads = 30;
    private static readonly byte[] Cookie = "VulnDiag"u8.ToArray();
    private static readonly byte[] Psk = [0x80, 3, 0, 1];

    /// <summary>Main mode with the proposals that gateways commonly take.</summary>
    public static byte[] Main { get; } = Header(1, 0x10, MainMode, 0, Payload(0, Proposal()));

    /// <summary>Aggressive mode by a pre-shared key; the key value is random-looking and never used.</summary>
    public static byte[] Aggressive { get; } = Header(1, 0x10, AggressiveMode, 0,
    [
        .. Payload(KeyExchangePayload, Proposal()),
        .. Payload(10, PublicValue()),
        .. Payload(5, "VulnDiagVulnDiag"u8.ToArray()),
        .. Payload(0, [11, 17, 1, 0xF4, .. "vulndiag"u8]),
    ]);

    /// <summary>The first message of IKEv2, with group 14 and AES.</summary>
    public static byte[] Init2 { get; } = Header(33, 0x20, Ikev2Init, 0x08,
    [
        .. Payload(34, Proposal2()),
        .. Payload(40, [0, 14, 0, 0, .. PublicValue(), .. PublicValue()]),
        .. Payload(0, "VulnDiagVulnDiag"u8.ToArray()),
    ]);

    /// <summary>Reads an answer to one of the above.</summary>
    /// <returns>Null when it is none.</returns>
    public static IkeMessage? TryParse(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var ours = reader.Bytes(8).SequenceEqual(Cookie);
        reader.Skip(8);
        var (next, version, exchange) = (reader.Byte(), reader.Byte(), reader.Byte());
        reader.Skip(1 + 4);
        var length = reader.UInt32();
        if (reader.Short || !ours || version is not (0x10 or 0x20) || length < HeaderLength || length > bytes.Length) return null;
        var vendors = new List<string>();
        var keyExchange = false;
        for (var i = 0; i < MaxPayloads && next != 0; i++)
        {
            var following = reader.Byte();
            reader.Skip(1);
            var body = reader.Bytes(reader.UInt16() - 4);
            if (reader.Short) break;
            if (next is VendorIdPayload or VendorIdPayload2) vendors.Add(Convert.ToHexStringLower(body));
            keyExchange |= next is KeyExchangePayload or 34;
            next = following;
        }

        return new IkeMessage(version >> 4, exchange, vendors, keyExchange);
    }

    private static byte[] Header(int next, int version, int exchange, int flags, byte[] payloads) => new ByteWriter()
        .Bytes(Cookie).Zeros(8).Byte(next).Byte(version).Byte(exchange).Byte(flags).UInt32(0).UInt32((uint)(HeaderLength + payloads.Length)).Bytes(payloads).ToArray();

    private static byte[] Payload(int next, byte[] body) => new ByteWriter().Byte(next).Byte(0).UInt16(body.Length + 4).Bytes(body).ToArray();

    /// <summary>Encryption (5 3DES, 7 AES with its length), hash (2 SHA-1, 4 SHA-256), group (2, 14), pre-shared key, 8 hours.</summary>
    private static byte[] Proposal()
    {
        byte[][] suites =
        [
            [0x80, 1, 0, 7, 0x80, 14, 1, 0, 0x80, 2, 0, 4, 0x80, 4, 0, 14],
            [0x80, 1, 0, 7, 0x80, 14, 0, 128, 0x80, 2, 0, 2, 0x80, 4, 0, 2],
            [0x80, 1, 0, 5, 0x80, 2, 0, 2, 0x80, 4, 0, 2],
        ];
        var transforms = new ByteWriter();
        for (var i = 0; i < suites.Length; i++)
        {
            byte[] attributes = [.. suites[i], .. Psk, 0x80, 11, 0, 1, 0x80, 12, 0x70, 0x80];
            transforms.Byte(i == suites.Length - 1 ? 0 : 3).Byte(0).UInt16(attributes.Length + 8).Byte(i + 1).Byte(1).UInt16(0).Bytes(attributes);
        }

        var body = transforms.ToArray();
        return new ByteWriter().UInt32(1).UInt32(1).Byte(0).Byte(0).UInt16(body.Length + 8).Byte(1).Byte(1).Byte(0).Byte(suites.Length).Bytes(body).ToArray();
    }

    private static byte[] Proposal2()
    {
        byte[] transforms =
        [
            3, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 1, 0,
            3, 0, 0, 12, 1, 0, 0, 12, 0x80, 14, 0, 128,
            3, 0, 0, 8, 2, 0, 0, 5,
            3, 0, 0, 8, 2, 0, 0, 2,
            3, 0, 0, 8, 3, 0, 0, 12,
            3, 0, 0, 8, 3, 0, 0, 2,
            3, 0, 0, 8, 4, 0, 0, 14,
            0, 0, 0, 8, 4, 0, 0, 2,
        ];
        return new ByteWriter().Byte(0).Byte(0).UInt16(transforms.Length + 8).Byte(1).Byte(1).Byte(0).Byte(8).Bytes(transforms).ToArray();
    }

    /// <summary>128 bytes that serve as a public value of group 2: no secret belongs to it, as no key is ever agreed on.</summary>
    private static byte[] PublicValue()
    {
        var bytes = new byte[128];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 73 + 41);
        return bytes;
    }
}
