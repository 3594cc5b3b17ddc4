using System.Net;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>Debian's own servers on loopback; what is expected comes from Debian's package database and from OpenSSL.</summary>
[Trait("Category", "Slow")]
public sealed class RealServersTests : IDisposable
{
    private const string Address = "127.4.8.1";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ssh_redis_http_and_https_are_named_with_their_versions()
    {
        await using var bench = await ScanBench.CreateAsync();
        var (ssh, redis, http, https) = (RealServer.FreePort(Address), RealServer.FreePort(Address), RealServer.FreePort(Address), RealServer.FreePort(Address));
        await using var sshd = await StartSshAsync(ssh);
        await using var redisServer = await RealServer.StartAsync(redis, "/usr/bin/redis-server", "--bind", Address, "--port", $"{redis.Port}", "--save", "", "--protected-mode", "no", "--dir", _folder.Root);
        await using var nginx = await StartNginxAsync(http, https);
        await bench.AuthorizeAsync(ScanBench.Loopback(Address));

        var result = await ScanBench.RunAsync(bench.Request($"{ssh.Port},{redis.Port},{http.Port},{https.Port}"));

        result.Complete.ShouldBeTrue();
        await ShouldBeAsync(result, ssh.Port, "ssh", "OpenSSH", "openssh-server");
        await ShouldBeAsync(result, redis.Port, "redis", "Redis", "redis-server");
        await ShouldBeAsync(result, http.Port, "http", "nginx", "nginx");
        await ShouldBeAsync(result, https.Port, "https", "nginx", "nginx");
        var tls = Port(result, https.Port).Tls.ShouldNotBeNull();
        tls.Versions.ShouldBe(["TLSv1.2", "TLSv1.3"]);
        tls.Sha256.ShouldBe(await CertificateHashAsync());
        Port(result, http.Port).Tls.ShouldBeNull();
    }

    private static PortResult Port(ScanResult result, int port) => result.Ports.Single(one => one.Port == port);

    private static async Task ShouldBeAsync(ScanResult result, int port, string service, string product, string package)
    {
        var found = Port(result, port);
        found.Service.ShouldBe(service);
        found.Product.ShouldBe(product);
        // Epoch and Debian revision are not upstream's.
        var upstream = (await RealServer.PackageVersionAsync(package)).Split(':')[^1].Split('-')[0];
        found.Version.ShouldBe(upstream);
    }

    private async Task<RealServer> StartSshAsync(IPEndPoint endpoint)
    {
        await RealServer.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("hostkey"));
        Directory.CreateDirectory("/run/sshd");
        return await RealServer.StartAsync(
            endpoint, "/usr/sbin/sshd", "-D", "-f", "/dev/null", "-p", $"{endpoint.Port}", "-o", $"ListenAddress={Address}", "-h", _folder.File("hostkey"), "-o", $"PidFile={_folder.File("sshd.pid")}");
    }

    private async Task<RealServer> StartNginxAsync(IPEndPoint http, IPEndPoint https)
    {
        await RealServer.RunAsync("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "10", "-subj", "/CN=www.example.jp", "-keyout", _folder.File("key.pem"), "-out", _folder.File("cert.pem"));
        await File.WriteAllTextAsync(_folder.File("nginx.conf"), $$"""
            daemon off; pid {{_folder.File("nginx.pid")}}; error_log stderr;
            events { }
            http {
              access_log off;
              client_body_temp_path {{_folder.Root}}/b; proxy_temp_path {{_folder.Root}}/p; fastcgi_temp_path {{_folder.Root}}/f; uwsgi_temp_path {{_folder.Root}}/u; scgi_temp_path {{_folder.Root}}/s;
              server { listen {{http}}; location / { return 200 "hello"; } }
              server { listen {{https}} ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {{_folder.File("cert.pem")}}; ssl_certificate_key {{_folder.File("key.pem")}}; location / { return 200 "hello"; } }
            }
            """);
        return await RealServer.StartAsync(https, "/usr/sbin/nginx", "-p", _folder.Root, "-c", _folder.File("nginx.conf"));
    }

    private async Task<string> CertificateHashAsync() =>
        (await RealServer.RunAsync("openssl", "x509", "-in", _folder.File("cert.pem"), "-noout", "-fingerprint", "-sha256")).Split('=')[1].Trim().Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
}
