using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using VulnDiag.Model;

namespace VulnDiag.Engine.Tls;

public sealed class CertificateFactsTests
{
    [Fact]
    public void A_certificate_is_described()
    {
        using var key = RSA.Create(1024);
        var request = new CertificateRequest("CN=router.example.jp", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("vpn.example.jp");
        request.CertificateExtensions.Add(names.Build());
        var from = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(3));

        var facts = CertificateFacts.Describe(new TlsFacts(), certificate.RawData);

        facts.Subject.ShouldBe("CN=router.example.jp");
        facts.Names.ShouldBe(["vpn.example.jp"]);
        facts.NotBefore.ShouldBe(from);
        facts.NotAfter.ShouldBe(from.AddYears(3));
        facts.Key.ShouldBe("RSA 1024");
        facts.SelfSigned.ShouldBeTrue();
        facts.SignatureAlgorithm.ShouldBe("sha256RSA");
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[0, 200].Sample(static bytes => CertificateFacts.Describe(new TlsFacts(), bytes).Sha256.ShouldNotBeNull());
}
