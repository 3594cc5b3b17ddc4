using System.Net;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine;

/// <summary>Each probe against Debian's own server on loopback; what is expected comes from Debian's package database and the server's settings.</summary>
[Trait("Category", "Slow")]
public sealed class RealProbesTests : IDisposable
{
    private const string Address = "127.4.8.2";
    private readonly TempFolder _folder = new();
    private readonly IPEndPoint _endpoint = RealServer.FreePort(Address);

    private string Port => $"{_endpoint.Port}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Memcached_over_tcp_and_udp()
    {
        await using var server = await RealServer.StartAsync(_endpoint, "/usr/bin/memcached", "-u", "nobody", "-l", Address, "-p", Port, "-U", Port, "-m", "16");

        await ShouldBeAsync(new MemcachedProbe(), "memcached", "memcached", "memcached");
        await ShouldBeAsync(new MemcachedUdpProbe(), "memcached", "memcached", "memcached");
    }

    [Fact]
    public async Task Redis_with_a_password_keeps_its_version()
    {
        await using var server = await RealServer.StartAsync(_endpoint, "/usr/bin/redis-server", "--bind", Address, "--port", Port, "--save", "", "--requirepass", "Zq8-not-guessable", "--dir", _folder.Root);

        var read = await ShouldBeAsync(new RedisProbe(), "redis", "Redis", package: null);
        read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task Mosquitto_open_to_all()
    {
        await File.WriteAllTextAsync(_folder.File("m.conf"), $"allow_anonymous true\nlistener {Port} {Address}\n");
        await using var server = await RealServer.StartAsync(_endpoint, "/usr/sbin/mosquitto", "-c", _folder.File("m.conf"));

        var read = await ShouldBeAsync(new MqttProbe(), "mqtt", "Eclipse Mosquitto", "mosquitto");
        read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task Vsftpd_by_its_greeting_and_without_it()
    {
        await File.WriteAllTextAsync(_folder.File("v.conf"), $"listen=YES\nlisten_ipv6=NO\nlisten_address={Address}\nlisten_port={Port}\nbackground=NO\nanonymous_enable=NO\nlocal_enable=YES\nsecure_chroot_dir={_folder.Root}\nseccomp_sandbox=NO\n");
        await using (await RealServer.StartAsync(_endpoint, "/usr/sbin/vsftpd", _folder.File("v.conf"))) await ShouldBeAsync(new FtpProbe(), "ftp", "vsftpd", "vsftpd");
        await using (await RealServer.StartAsync(_endpoint, "/usr/sbin/vsftpd", _folder.File("v.conf"), "-oftpd_banner=Welcome")) await ShouldBeAsync(new FtpProbe(), "ftp", "vsftpd", package: null);
    }

    /// <param name="package">Null where the server hides its version.</param>
    private async Task<Identification> ShouldBeAsync(IServiceProbe probe, string service, string product, string? package)
    {
        var context = new ProbeContext(new ProbeTarget(_endpoint, Fqdn: null), probe.Info, new SocketTransport(TimeProvider.System), new OpenGate(), ProbeLimits.Default, TimeProvider.System);
        var outcome = await ProbeRunner.RunAsync(probe, context, CancellationToken.None);
        var read = outcome.Identification.ShouldNotBeNull($"{outcome.Result} {outcome.Reason} {outcome.Evidence.Text}");
        read.Service.ShouldBe(service);
        read.Product.ShouldBe(product);
        read.Version.ShouldBe(package is null ? null : (await RealServer.PackageVersionAsync(package)).Split(':')[^1].Split('-')[0]);
        return read;
    }
}
