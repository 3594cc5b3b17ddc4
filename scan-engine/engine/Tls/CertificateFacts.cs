using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VulnDiag.Model;

namespace VulnDiag.Engine.Tls;

/// <summary>Reads a server's certificate as facts. A hostile or broken certificate yields fewer facts, never an exception.</summary>
internal static class CertificateFacts
{
    /// <summary>Parses DER.</summary>
    /// <returns>Null when it is no certificate.</returns>
    public static X509Certificate2? TryRead(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Subjects of a chain, in its order; certificates that cannot be read are left out.</summary>
    public static IReadOnlyList<string> Subjects(IEnumerable<ReadOnlyMemory<byte>> chain)
    {
        var subjects = new List<string>();
        foreach (var der in chain)
        {
            if (Describe(new TlsFacts(), der).Subject is { } subject) subjects.Add(subject);
        }

        return subjects;
    }

    /// <summary>Adds what the certificate says to <paramref name="facts"/>.</summary>
    public static TlsFacts Describe(TlsFacts facts, ReadOnlyMemory<byte> der)
    {
        var known = facts with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span)) };
        using var certificate = TryRead(der);
        if (certificate is null) return known;
        try
        {
            return Describe(known, certificate);
        }
        catch (CryptographicException)
        {
            // It opened as a certificate, yet a part of it does not decode.
            return known;
        }
    }

    private static TlsFacts Describe(TlsFacts facts, X509Certificate2 certificate) => facts with
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Names = Names(certificate),
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
        Key = KeyText(certificate),
        SignatureAlgorithm = certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value,
        SelfSigned = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
    };

    private static IReadOnlyList<string> Names(X509Certificate2 certificate)
    {
        try
        {
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(static names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static address => address.ToString())))
                .ToList();
            // RFC 6125 section 6.4.4: the common name counts only where no alternative name is given.
            if (names.Count > 0) return names;
            var common = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            return common.Length > 0 ? [common] : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string? KeyText(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is not null) return $"RSA {rsa.KeySize}";
            using var ecdsa = certificate.GetECDsaPublicKey();
            return ecdsa is not null ? $"ECDSA {ecdsa.KeySize}" : certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value;
        }
        catch (CryptographicException)
        {
            return certificate.PublicKey.Oid.Value;
        }
    }
}
