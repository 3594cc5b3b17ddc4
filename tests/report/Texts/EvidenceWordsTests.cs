using CsCheck;

namespace VulnDiag.Report.Texts;

public sealed class EvidenceWordsTests
{
    [Theory]
    [InlineData("tls-certificate-expired", "CN=gateway.example: 2023-11-30 - 2025-11-30", "CN=gateway.example（有効期間：2023年11月30日(木)～2025年11月30日(日)）")]
    [InlineData("tls-certificate-self-signed", "CN=gateway.example issued by itself", "CN=gateway.example（自己署名）")]
    [InlineData("tls-weak-dh-group", "Diffie-Hellman group of 512 bits", "Diffie-Hellman の鍵の長さ：512ビット")]
    [InlineData("end-of-life", "OpenSSL 1.0.2k: no updates since 2019-12-31", "OpenSSL 1.0.2k（2019年12月31日(火)に更新の提供が終了）")]
    [InlineData("end-of-life-system", "Debian 8 (x): no updates since 2020-06-30", "Debian 8 (x)（2020年6月30日(火)に更新の提供が終了）")]
    [InlineData("http-default-password", "user 'admin' with its factory password -> HTTP/1.1 200 OK", "利用者名「admin」、出荷時のパスワード → HTTP/1.1 200 OK")]
    [InlineData("mysql-empty-password", "root, empty password: OK", "利用者名「root」、パスワードなし → ログイン成功")]
    public void What_a_check_says_in_its_own_words_is_said_in_japanese(string check, string evidence, string expected) =>
        EvidenceWords.Japanese(check, evidence).ShouldBe(expected);

    [Theory]
    [InlineData("telnet-exposed", "router 2023-11-30 login:")]
    [InlineData("telnet-exposed", "CN=x issued by itself")]
    [InlineData("tls-certificate-expired", "CN=x: 2023-11-30")]
    public void What_a_host_said_stays_as_it_is(string check, string evidence) => EvidenceWords.Japanese(check, evidence).ShouldBe(evidence);

    [Fact]
    public void A_day_that_is_none_stays_as_it_was() =>
        EvidenceWords.Japanese("end-of-life", "x 1: no updates since 2023-02-30").ShouldBe("x 1（2023-02-30に更新の提供が終了）");

    [Fact]
    public void Any_evidence_is_survived() => Gen.String.Sample(static text => { EvidenceWords.Japanese("tls-certificate-expired", text); });
}
