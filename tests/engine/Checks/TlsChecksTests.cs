using VulnDiag.Engine.Checks.Tls;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

public sealed class TlsChecksTests
{
    [Theory]
    [InlineData("TLSv1.0,TLSv1.2", CheckVerdict.Positive)]
    [InlineData("SSLv3", CheckVerdict.Positive)]
    [InlineData("TLSv1.2,TLSv1.3", CheckVerdict.Negative)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal void Old_versions(string versions, CheckVerdict expected) =>
        Judge(new OldTlsVersionCheck(), new TlsFacts { Versions = versions.Split(',', StringSplitOptions.RemoveEmptyEntries) }).ShouldBe(expected);

    [Theory]
    [InlineData(-400, -1, CheckVerdict.Positive)]
    [InlineData(1, 400, CheckVerdict.Positive)]
    [InlineData(-1, 1, CheckVerdict.Negative)]
    internal void Dates(int startDays, int endDays, CheckVerdict expected) =>
        Judge(new CertificateExpiredCheck(), new TlsFacts { NotBefore = Facts.Now.AddDays(startDays), NotAfter = Facts.Now.AddDays(endDays) }).ShouldBe(expected);

    [Theory]
    [InlineData("www.example.jp", CheckVerdict.Negative)]
    [InlineData("WWW.example.jp", CheckVerdict.Negative)]
    [InlineData("*.example.jp", CheckVerdict.Negative)]
    [InlineData("*.jp", CheckVerdict.Positive)]
    [InlineData("example.jp", CheckVerdict.Positive)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal void Names(string name, CheckVerdict expected) =>
        Judge(new CertificateNameMismatchCheck(), new TlsFacts { Names = name.Length == 0 ? [] : [name] }).ShouldBe(expected);

    [Fact]
    public void Without_a_name_of_the_line_nothing_is_compared()
    {
        var facts = Facts.Of(Facts.Port("https") with { Tls = new TlsFacts { Names = ["x"] } }) with { Target = new ScanTarget("192.0.2.10", null) };

        new CertificateNameMismatchCheck().Judge(facts).Verdict.ShouldBe(CheckVerdict.Negative);
    }

    [Theory]
    [InlineData("RSA 1024", "sha256RSA", false, CheckVerdict.Positive)]
    [InlineData("RSA 2048", "sha1RSA", false, CheckVerdict.Positive)]
    [InlineData("RSA 2048", "sha1RSA", true, CheckVerdict.Negative)]
    [InlineData("ECDSA 256", "sha256ECDSA", false, CheckVerdict.Negative)]
    [InlineData(null, null, false, CheckVerdict.CannotTell)]
    internal void Keys_and_signatures(string? key, string? signature, bool selfSigned, CheckVerdict expected) =>
        Judge(new CertificateWeakKeyCheck(), new TlsFacts { Key = key, SignatureAlgorithm = signature, SelfSigned = selfSigned }).ShouldBe(expected);

    [Theory]
    [InlineData("TLS_AES_256_GCM_SHA384", "TLS_RSA_WITH_RC4_128_SHA", CheckVerdict.Positive)]
    [InlineData("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", CheckVerdict.Positive)]
    [InlineData("TLS_AES_256_GCM_SHA384", null, CheckVerdict.Negative)]
    [InlineData(null, null, CheckVerdict.CannotTell)]
    internal void Ciphers(string? cipher, string? weak, CheckVerdict expected) =>
        Judge(new WeakCipherCheck(), new TlsFacts { Cipher = cipher, WeakCiphers = weak is null ? [] : [weak] }).ShouldBe(expected);

    [Theory]
    [InlineData("TLS_AES_256_GCM_SHA384", 1024, CheckVerdict.Positive)]
    [InlineData("TLS_AES_256_GCM_SHA384", 2048, CheckVerdict.Negative)]
    [InlineData("TLS_AES_256_GCM_SHA384", null, CheckVerdict.Negative)]
    [InlineData(null, null, CheckVerdict.CannotTell)]
    internal void Groups(string? cipher, int? bits, CheckVerdict expected) =>
        Judge(new WeakDhGroupCheck(), new TlsFacts { Cipher = cipher, DhBits = bits }).ShouldBe(expected);

    [Fact]
    public void Self_signed()
    {
        Judge(new CertificateSelfSignedCheck(), new TlsFacts { Subject = "CN=x", SelfSigned = true }).ShouldBe(CheckVerdict.Positive);
        Judge(new CertificateSelfSignedCheck(), new TlsFacts { Subject = "CN=x" }).ShouldBe(CheckVerdict.Negative);
        Judge(new CertificateSelfSignedCheck(), new TlsFacts()).ShouldBe(CheckVerdict.CannotTell);
    }

    [Fact]
    public void Ports_without_tls_are_not_judged() =>
        CheckCatalogue.Passive.Where(static check => check.Id.StartsWith("tls-", StringComparison.Ordinal)).ShouldAllBe(static check => !check.AppliesTo(Facts.Port("http")));

    private static CheckVerdict Judge(ICheck check, TlsFacts tls) => check.Judge(Facts.Of(Facts.Port("https") with { Tls = tls })).Verdict;
}
