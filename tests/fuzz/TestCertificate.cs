using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VulnDiag.Fuzz;

/// <summary>A certificate, and a TLS 1.2 server's first flight that shows it.</summary>
internal static class TestCertificate
{
    /// <summary>The certificate as DER.</summary>
    public static byte[] Der { get; } = Make();

    /// <summary>ServerHello of TLS 1.2 with TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, Certificate, ServerKeyExchange, ServerHelloDone (RFC 5246 section 7.4).</summary>
    public static byte[] Flight { get; } = Record(
    [
        .. Message(2, [3, 3, .. new byte[32], 0, 0x00, 0x9E, 0]),
        .. Message(11, [.. Length(Der.Length + 3), .. Length(Der.Length), .. Der]),
        .. Message(12, [0, 128, 0xFF, .. new byte[127], 0, 1, 2]),
        .. Message(14, []),
    ]);

    private static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=www.example.jp", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.jp");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(60));
        return certificate.RawData;
    }

    private static byte[] Record(byte[] content) => [22, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Message(byte type, byte[] body) => [type, .. Length(body.Length), .. body];

    private static byte[] Length(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
