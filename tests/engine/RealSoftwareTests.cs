using System.Net;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>
/// Debian's own servers on ports of no known number: nothing but what they say can name them. The versions expected are those of
/// Debian's package database; what is not installed is skipped.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RealSoftwareTests : IDisposable
{
    private const string Address = "127.4.8.3";
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Programs => [.. Servers.Keys];

    /// <summary>By program: how it is started, and what must be read. A package is named where the server tells its version.</summary>
    private static Dictionary<string, RealServerCase> Servers { get; } = new(StringComparer.Ordinal)
    {
        ["/usr/sbin/lighttpd"] = new("http", "lighttpd", "lighttpd", ["-D", "-f", "{conf}"], "server.document-root=\"{dir}\"\nserver.port={port}\nserver.bind=\"{address}\"\n"),
        ["/usr/bin/tinyproxy"] = new("http-proxy", "Tinyproxy", "tinyproxy-bin", ["-d", "-c", "{conf}"], "Port {port}\nListen {address}\nTimeout 60\n"),
        ["/usr/sbin/haproxy"] = new("http", "HAProxy", "haproxy", ["-f", "{conf}"], "defaults\n mode http\n timeout connect 5s\n timeout client 9s\n timeout server 9s\nlisten stats\n bind {address}:{port}\n stats enable\n stats uri /\n"),
        ["/usr/sbin/unbound"] = new("domain", "Unbound", "unbound", ["-d", "-c", "{conf}"], "server:\n interface: {address}@{port}\n chroot: \"\"\n username: \"\"\n directory: \"{dir}\"\n pidfile: \"{dir}/pid\"\n access-control: 127.0.0.0/8 allow\n use-syslog: no\nremote-control:\n control-enable: no\n"),
        ["/usr/sbin/mini_httpd"] = new("http", "mini_httpd", "mini-httpd", ["-D", "-u", "root", "-p", "{port}", "-h", "{address}", "-d", "{dir}"]),
        ["/usr/bin/webfsd"] = new("http", "webfs", "webfs", ["-F", "-p", "{port}", "-i", "{address}", "-r", "{dir}"]),
        ["/usr/bin/microsocks"] = new("socks5", Product: null, Package: null, ["-i", "{address}", "-p", "{port}"]),
        ["/usr/bin/beanstalkd"] = new("beanstalkd", "beanstalkd", Package: null, ["-l", "{address}", "-p", "{port}"]),
        ["/usr/sbin/ngircd"] = new("irc", "ngIRCd", Package: null, ["-n", "-f", "{conf}"], "[Global]\nName=irc.example.test\nInfo=x\nListen={address}\nPorts={port}\nMotdPhrase=\"hi\"\n"),
        ["/usr/bin/svnserve"] = new("svn", "Apache Subversion svnserve", Package: null, ["-d", "--foreground", "--listen-host", "{address}", "--listen-port", "{port}", "-r", "{dir}"]),
        ["/usr/lib/git-core/git-daemon"] = new("git", "git daemon", Package: null, ["--listen={address}", "--port={port}", "--base-path={dir}", "{dir}"]),
        ["/usr/bin/turnserver"] = new("stun", "Coturn", "coturn", ["-n", "-L", "{address}", "-p", "{port}", "--no-tls", "--no-dtls", "--no-cli", "--realm", "x", "--lt-cred-mech", "--log-file", "stdout"]),
        ["/usr/bin/memcached"] = new("memcached", "memcached", "memcached", ["-u", "nobody", "-l", "{address}", "-p", "{port}"]),
        ["/usr/bin/redis-server"] = new("redis", "Redis", "redis-server", ["--bind", "{address}", "--port", "{port}", "--save", "", "--dir", "{dir}"]),
        ["/usr/bin/storescp"] = new("dicom", Product: null, Package: null, ["{port}"]),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Software_is_named_wherever_it_listens(string program)
    {
        var server = Servers[program];
        var endpoint = RealServer.FreePort(Address);
        string Fill(string text) => text
            .Replace("{address}", Address, StringComparison.Ordinal).Replace("{port}", $"{endpoint.Port}", StringComparison.Ordinal)
            .Replace("{dir}", _folder.Root, StringComparison.Ordinal).Replace("{conf}", _folder.File("conf"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File("conf"), Fill(server.Configuration));
        await using var running = await RealServer.StartAsync(endpoint, program, [.. server.Arguments.Select(Fill)]);

        var found = (await IdentifyAsync(endpoint)).Port;

        found.Service.ShouldBe(server.Service, found.Evidence);
        found.Product.ShouldBe(server.Product);
        // Epoch, repackaging mark and Debian revision are not upstream's.
        found.Version.ShouldBe(server.Package is null ? null : (await RealServer.PackageVersionAsync(server.Package)).Split(':')[^1].Split('-', '+')[0]);
    }

    private static Task<Checkpoint.ExaminedPort> IdentifyAsync(IPEndPoint endpoint) =>
        new PortIdentifier(endpoint.Address, fqdn: null, new SocketTransport(TimeProvider.System), new OpenGate(), ProbeLimits.Default, ProbeCatalogue.All, TimeProvider.System)
            .IdentifyAsync(Transport.Tcp, endpoint.Port, CancellationToken.None);

    /// <param name="Service">Service that must be read.</param>
    /// <param name="Product">Product that must be read, or null where none can be.</param>
    /// <param name="Package">Debian package whose version the server tells, or null.</param>
    /// <param name="Arguments">Arguments; {address}, {port}, {dir} and {conf} are filled in.</param>
    /// <param name="Configuration">Content of {conf}.</param>
    private sealed record RealServerCase(string Service, string? Product, string? Package, string[] Arguments, string Configuration = "");
}
