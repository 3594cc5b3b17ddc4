using CsCheck;

namespace VulnDiag.Engine.Fingerprints;

public sealed class BannerReaderTests
{
    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n", null, "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")]
    [InlineData("SSH-2.0-OpenSSH_8.4", "ssh", "cpe:2.3:a:openbsd:openssh:8.4:*:*:*:*:*:*:*")]
    [InlineData("HTTP/1.1 200 OK\r\nDate: x\r\nServer: nginx/1.22.1\r\n\r\n", null, "cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*")]
    [InlineData("Server: nginx/1.22.1", "https", "cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*")]
    [InlineData("nginx/1.22.1", "http", "cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*")]
    [InlineData("220 (vsFTPd 3.0.3)", null, "cpe:2.3:a:vsftpd_project:vsftpd:3.0.3:*:*:*:*:*:*:*")]
    [InlineData("220 ProFTPD 1.3.5e Server (Debian) [::ffff:192.0.2.10]", "ftp", "cpe:2.3:a:proftpd:proftpd:1.3.5:e:*:*:*:*:*:*")]
    [InlineData("220 mail.example.jp ESMTP Exim 4.96 Tue, 24 Nov 2026 10:00:00 +0900", "smtp", "cpe:2.3:a:exim:exim:4.96:*:*:*:*:*:*:*")]
    [InlineData("Samba 4.17.12-Debian", null, "cpe:2.3:a:samba:samba:4.17.12:*:*:*:*:*:*:*")]
    [InlineData("220 mail.example.jp ESMTP Postfix (3.5.6)", "smtp", "cpe:2.3:a:postfix:postfix:3.5.6:*:*:*:*:*:*:*")]
    [InlineData("HTTP/1.1 404 \r\nServer: Apache-Coyote/1.1\r\n\r\n<h3>Apache Tomcat/7.0.52</h3>", "http", "cpe:2.3:a:apache:tomcat:7.0.52:*:*:*:*:*:*:*")]
    [InlineData("9.18.49-1~deb12u3-Debian", "domain", "cpe:2.3:a:isc:bind:9.18.49:*:*:*:*:*:*:*")]
    [InlineData("5.5.5-10.11.19-MariaDB-0+deb12u1", "mysql", "cpe:2.3:a:mariadb:mariadb:10.11.19:*:*:*:*:*:*:*")]
    public void A_raw_banner_is_read_with_or_without_its_service(string banner, string? service, string cpe) =>
        BannerReader.Read(banner, service)!.Cpe[0].ShouldBe(cpe);

    [Theory]
    [InlineData("Server: Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16", "http", "apache:http_server:2.4.6 openssl:openssl:1.0.2k php:php:5.4.16")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: nginx/1.14.0\r\nX-Powered-By: PHP/7.2.24-0ubuntu0.18.04.17\r\n\r\n", null, "f5:nginx:1.14.0 php:php:7.2.24")]
    [InlineData("HTTP/1.1 302 Found\r\nServer: Microsoft-IIS/10.0\r\nX-OWA-Version: 15.1.2308.8\r\n\r\n", "https", "microsoft:internet_information_services:10.0 microsoft:exchange_server:2016")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", "ssh", "openbsd:openssh:9.2")]
    [InlineData("hello", null, "")]
    public void Every_product_that_a_banner_names_is_read(string banner, string? service, string products) =>
        string.Join(' ', BannerReader.ReadAll(banner, service).Select(static reading => string.Join(':', reading.Cpe[0].Split(':')[3..6]))).ShouldBe(products);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("220")]
    public void What_nobody_knows_is_null(string banner) => BannerReader.Read(banner, null).ShouldBeNull();

    [Fact]
    public void Any_text_can_be_read() => Gen.Select(Gen.String, Gen.String).Sample(static (banner, service) => { BannerReader.ReadAll(banner, service); });
}
