using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Engine.Tls;

/// <summary>
/// Builds a ClientHello that offers exactly one version, with the cipher suites of its time. The platform's TLS refuses to offer
/// old versions at all, so whether a server still accepts them is asked with bytes of our own; the handshake is never finished.
/// </summary>
/// <remarks>Source: RFC 5246 section 7.4.1, RFC 8446 section 4.1.2, RFC 6066 section 3 (server name), RFC 5746 (renegotiation SCSV).</remarks>
internal static class ClientHello
{
    private const int RenegotiationScsv = 0x00FF;

    private static readonly TlsCipherSuite[] Modern =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    ];

    private static readonly TlsCipherSuite[] Classic =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_CAMELLIA_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA,
        TlsCipherSuite.TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA,
        TlsCipherSuite.TLS_RSA_WITH_RC4_128_MD5,
        TlsCipherSuite.TLS_RSA_WITH_DES_CBC_SHA,
        TlsCipherSuite.TLS_DH_anon_WITH_AES_128_CBC_SHA,
    ];

    // RFC 8446 section 4.2.3 and, for old servers, the RSA and ECDSA pairs with SHA-1 of RFC 5246 section 7.4.1.4.1.
    private static readonly int[] SignatureSchemes = [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0203, 0x0201];

    // x25519, secp256r1, secp384r1, secp521r1.
    private static readonly int[] Groups = [0x001D, 0x0017, 0x0018, 0x0019];

    /// <summary>One whole record that offers all cipher suites of the version's time.</summary>
    public static byte[] Build(TlsVersion version, string? serverName) =>
        Build(version, serverName, version == TlsVersion.Tls13 ? [.. Modern, .. Classic] : Classic);

    /// <summary>One whole record that offers just the given cipher suites.</summary>
    public static byte[] Build(TlsVersion version, string? serverName, IReadOnlyList<TlsCipherSuite> suites)
    {
        var body = new Writer();
        body.Number(Math.Min((int)version, (int)TlsVersion.Tls12), 2);
        body.Bytes(RandomNumberGenerator.GetBytes(32));
        // A session id makes TLS 1.3 look like a resumption, which middleboxes let pass (RFC 8446 appendix D.4).
        body.Block(1, version == TlsVersion.Tls13 ? RandomNumberGenerator.GetBytes(32) : []);
        body.Block(2, Numbers([.. suites.Select(static suite => (int)suite), RenegotiationScsv]));
        body.Block(1, [0]);
        if (version != TlsVersion.Ssl30) body.Block(2, Extensions(version, serverName));

        var message = new Writer();
        message.Number(1, 1);
        message.Block(3, body.ToArray());

        var record = new Writer();
        record.Number(22, 1);
        record.Number(version == TlsVersion.Ssl30 ? (int)TlsVersion.Ssl30 : (int)TlsVersion.Tls10, 2);
        record.Block(2, message.ToArray());
        return record.ToArray();
    }

    private static byte[] Extensions(TlsVersion version, string? serverName)
    {
        var all = new Writer();
        if (serverName is not null) Extension(all, 0, Nested(2, ServerName(serverName)));
        Extension(all, 10, Nested(2, Numbers(Groups)));
        Extension(all, 11, [1, 0]);
        if (version >= TlsVersion.Tls12) Extension(all, 13, Nested(2, Numbers(SignatureSchemes)));
        if (version != TlsVersion.Tls13) return all.ToArray();
        Extension(all, 43, [2, 0x03, 0x04]);
        Extension(all, 51, Nested(2, KeyShare()));
        return all.ToArray();
    }

    private static byte[] ServerName(string name)
    {
        var entry = new Writer();
        entry.Number(0, 1);
        entry.Block(2, Encoding.ASCII.GetBytes(name));
        return entry.ToArray();
    }

    private static byte[] KeyShare()
    {
        var share = new Writer();
        share.Number(Groups[0], 2);
        // Any 32 bytes are an x25519 public key (RFC 7748 section 5); the handshake ends before a secret is needed.
        share.Block(2, RandomNumberGenerator.GetBytes(32));
        return share.ToArray();
    }

    private static byte[] Numbers(IEnumerable<int> values)
    {
        var writer = new Writer();
        foreach (var value in values) writer.Number(value, 2);
        return writer.ToArray();
    }

    private static byte[] Nested(int lengthBytes, byte[] content)
    {
        var writer = new Writer();
        writer.Block(lengthBytes, content);
        return writer.ToArray();
    }

    private static void Extension(Writer all, int number, byte[] content)
    {
        all.Number(number, 2);
        all.Block(2, content);
    }

    /// <summary>Big-endian numbers and length-prefixed blocks.</summary>
    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public void Number(int value, int size)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(four, value);
            _bytes.AddRange(four[(4 - size)..]);
        }

        public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

        public void Block(int lengthBytes, ReadOnlySpan<byte> content)
        {
            Number(content.Length, lengthBytes);
            Bytes(content);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
