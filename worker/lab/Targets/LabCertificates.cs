using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VulnDiag.Lab.Targets;

/// <summary>Self-made certificates for the lab's TLS servers. Every one has a key of its own, so a new one is a new identity.</summary>
public static class LabCertificates
{
    private const int KeyBits = 2048;

    /// <summary>The certificate kept in a file; made and kept there when there is none. After a restart the server is then still the same one.</summary>
    /// <param name="file">A PKCS#12 file without a password, for the lab alone.</param>
    /// <param name="make">Makes the certificate.</param>
    /// <exception cref="CryptographicException">The file is there and holds no certificate.</exception>
    public static X509Certificate2 Kept(string file, Func<X509Certificate2> make)
    {
        if (!File.Exists(file))
        {
            using var made = make();
            var aside = file + ".new";
            File.WriteAllBytes(aside, made.Export(X509ContentType.Pfx));
            File.Move(aside, file, overwrite: true);
        }

        return X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
    }

    /// <summary>A self-signed certificate for a name, valid between two instants, which may both be past.</summary>
    public static X509Certificate2 SelfSigned(string name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        return request.CreateSelfSigned(from, until);
    }
}
