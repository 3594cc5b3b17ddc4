using System.Security.Cryptography.X509Certificates;

namespace VulnDiag.Engine.Probes;

/// <summary>A TLS handshake that was carried through.</summary>
/// <param name="Stream">The stream inside.</param>
/// <param name="Version">Such as <c>TLSv1.3</c>.</param>
/// <param name="Cipher">IANA name of the cipher suite.</param>
/// <param name="Certificate">The leaf certificate as DER, or null when the server showed none.</param>
internal sealed record TlsSession(Stream Stream, string Version, string Cipher, ReadOnlyMemory<byte>? Certificate)
{
    /// <summary>Reads the certificate.</summary>
    /// <returns>Null when there is none or it cannot be read.</returns>
    public X509Certificate2? ReadCertificate() => Certificate is { } der ? Engine.Tls.CertificateFacts.TryRead(der) : null;
}
