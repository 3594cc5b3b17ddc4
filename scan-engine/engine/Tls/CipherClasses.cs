using System.Net.Security;

namespace VulnDiag.Engine.Tls;

/// <summary>Cipher suites by what is wrong with them.</summary>
/// <remarks>Source: IANA, TLS Cipher Suites; RFC 7465 (RC4), RFC 8758, RFC 9325 section 4.2 (NULL, anonymous, export, DES), NIST SP 800-131A rev. 2 (3DES).</remarks>
internal static class CipherClasses
{
    /// <summary>Classes that nobody should accept any more, by name. Of each, the suites that servers really had.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<TlsCipherSuite>> Broken { get; } = new Dictionary<string, IReadOnlyList<TlsCipherSuite>>(StringComparer.Ordinal)
    {
        ["null"] =
        [
            TlsCipherSuite.TLS_RSA_WITH_NULL_MD5, TlsCipherSuite.TLS_RSA_WITH_NULL_SHA, TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_NULL_SHA, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_NULL_SHA, TlsCipherSuite.TLS_ECDH_anon_WITH_NULL_SHA,
        ],
        ["export"] =
        [
            TlsCipherSuite.TLS_RSA_EXPORT_WITH_RC4_40_MD5, TlsCipherSuite.TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5, TlsCipherSuite.TLS_RSA_EXPORT_WITH_DES40_CBC_SHA,
            TlsCipherSuite.TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA, TlsCipherSuite.TLS_DH_anon_EXPORT_WITH_RC4_40_MD5, TlsCipherSuite.TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA,
        ],
        ["anonymous"] =
        [
            TlsCipherSuite.TLS_DH_anon_WITH_AES_128_CBC_SHA, TlsCipherSuite.TLS_DH_anon_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_DH_anon_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_DH_anon_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_DH_anon_WITH_3DES_EDE_CBC_SHA, TlsCipherSuite.TLS_DH_anon_WITH_RC4_128_MD5,
            TlsCipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA, TlsCipherSuite.TLS_ECDH_anon_WITH_AES_256_CBC_SHA,
        ],
        ["rc4"] =
        [
            TlsCipherSuite.TLS_RSA_WITH_RC4_128_MD5, TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_RC4_128_SHA, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA,
        ],
        ["des"] = [TlsCipherSuite.TLS_RSA_WITH_DES_CBC_SHA, TlsCipherSuite.TLS_DHE_RSA_WITH_DES_CBC_SHA],
        ["3des"] =
        [
            TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA, TlsCipherSuite.TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA,
        ],
    };

    /// <summary>Sound suites whose keys are exchanged by classic Diffie-Hellman; asked for to see the size of the server's group.</summary>
    public static IReadOnlyList<TlsCipherSuite> ByDh { get; } =
    [
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA256,
        TlsCipherSuite.TLS_DHE_DSS_WITH_AES_128_CBC_SHA, TlsCipherSuite.TLS_DHE_DSS_WITH_AES_256_CBC_SHA,
    ];

    /// <summary>True for suites whose ServerKeyExchange begins with a prime.</summary>
    public static bool ExchangesByDh(TlsCipherSuite suite) =>
        suite.ToString() is var name && (name.StartsWith("TLS_DHE_", StringComparison.Ordinal) || name.StartsWith("TLS_DH_anon_", StringComparison.Ordinal));
}
