using static VulnDiag.Domain.Hearing.SampleHearing;

namespace VulnDiag.Domain.Hearing;

public sealed class FqdnReaderTests
{
    [Theory]
    [InlineData("vpn.example.jp", null)]
    [InlineData("VPN.EXAMPLE.JP.", null)]
    [InlineData("ｖｐｎ．ｅｘａｍｐｌｅ．ｊｐ", null)]
    [InlineData("病院.jp", null)]
    [InlineData("xn--0rys90e.jp", null)]
    [InlineData("a--b.example.jp", null)]
    [InlineData("3com.example", null)]
    [InlineData("https://vpn.example.jp", "fqdn-scheme")]
    [InlineData("ｈｔｔｐ：／／vpn.example.jp/", "fqdn-scheme")]
    [InlineData("vpn.example.jp/login", "fqdn-path")]
    [InlineData("vpn.example.jp?x=1", "fqdn-path")]
    [InlineData("vpn.example.jp:8443", "fqdn-port")]
    [InlineData("admin@vpn.example.jp", "fqdn-user")]
    [InlineData("*.example.jp", "fqdn-wildcard")]
    [InlineData("a.example.jp b.example.jp", "fqdn-multiple")]
    [InlineData("a.example.jp、b.example.jp", "fqdn-multiple")]
    [InlineData("8.8.8.8", "fqdn-address")]
    [InlineData("2001:4860:4860::8888", "fqdn-address")]
    [InlineData("[::1]", "fqdn-address")]
    [InlineData("my_vpn.example.jp", "fqdn-underscore")]
    [InlineData("vpn", "fqdn-single-label")]
    [InlineData("nas.local", "fqdn-not-public")]
    [InlineData("localhost", "fqdn-not-public")]
    [InlineData("vpn..example.jp", "fqdn-malformed")]
    [InlineData(".example.jp", "fqdn-malformed")]
    [InlineData("-vpn.example.jp", "fqdn-malformed")]
    [InlineData("vpn-.example.jp", "fqdn-malformed")]
    [InlineData("vpn.example.1", "fqdn-malformed")]
    [InlineData("8.8.8", "fqdn-malformed")]
    [InlineData("8.8.8.300", "fqdn-malformed")]
    [InlineData("vpn exa mple.jp", "fqdn-malformed")]
    [InlineData("vpnー01.example.jp", "fqdn-malformed")]
    [InlineData("xn--.example.jp", "fqdn-malformed")]
    [InlineData("xn--99999999.example.jp", "fqdn-malformed")]
    [InlineData("☃.example.jp", "fqdn-malformed")]
    [InlineData("不明", "fqdn-single-label")]
    [InlineData("なし", "fqdn-single-label")]
    public void What_is_wrong_with_a_name_is_told_apart(string typed, string? fault) =>
        Codes(With(line => line with { FqdnProvided = "連携あり", Fqdn = typed })).ShouldBe(fault is null ? [] : [fault]);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_63_letters_at_most(int length, bool valid) =>
        Codes(With(line => line with { FqdnProvided = "連携あり", Fqdn = new string('a', length) + ".example.jp" })).ShouldBe(valid ? [] : ["fqdn-too-long"]);

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void A_name_has_253_letters_at_most(int length, bool valid)
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 49), 5)) + ".jp";
        name += new string('a', length - name.Length);

        Codes(With(line => line with { FqdnProvided = "連携あり", Fqdn = name })).ShouldBe(valid ? [] : ["fqdn-too-long"]);
    }
}
