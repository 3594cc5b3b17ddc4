using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class HttpProbeTests
{
    private readonly HttpProbe _probe = new();

    [Fact]
    public async Task Apache_is_named_with_its_version()
    {
        foreach (var outcome in await EveryAsync("apache-2.4.71"))
        {
            outcome.Identification!.Service.ShouldBe("http");
            outcome.Identification.Product.ShouldBe("Apache httpd");
            outcome.Identification.Version.ShouldBe("2.4.71");
            outcome.Identification.Info.ShouldBe("(Debian) OpenSSL/3.0.22");
            outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:apache:http_server:2.4.71:*:*:*:*:*:*:*"]);
            outcome.Identification.Facts[FactNames.Title].ShouldBe("Lab server");
            outcome.Identification.Facts[FactNames.Status].ShouldBe("200");
        }
    }

    [Fact]
    public async Task A_log_in_in_the_clear_leaves_its_realm()
    {
        var read = (await EveryAsync("nginx-1.22.1-basic"))[0].Identification!;

        read.Version.ShouldBe("1.22.1");
        read.Facts[FactNames.Realm].ShouldBe("Router management");
        read.Facts[FactNames.PlainLogin].ShouldBe(FactNames.Yes);
    }

    [Theory]
    [InlineData("nginx-tokens-off", "http", "nginx", null)]
    [InlineData("busybox-1.35.0-httpd", "http", "BusyBox httpd", null)]
    [InlineData("python-3.11.2-listing", "http", "Python http.server", "3.11.2")]
    [InlineData("squid-5.7-invalid-url", "http-proxy", "Squid", "5.7")]
    public async Task Other_servers_are_named(string fixture, string service, string product, string? version)
    {
        foreach (var outcome in await EveryAsync(fixture))
        {
            outcome.Identification!.Service.ShouldBe(service);
            outcome.Identification.Product.ShouldBe(product);
            outcome.Identification.Version.ShouldBe(version);
        }
    }

    [Fact]
    public async Task A_folder_s_listing_is_a_fact() =>
        (await EveryAsync("python-3.11.2-listing"))[0].Identification!.Facts[FactNames.DirectoryListing].ShouldBe(FactNames.Yes);

    [Fact]
    public async Task A_redirection_on_the_same_host_is_followed_once()
    {
        var transport = new ReplayTransport()
            .Then(() => new ReplayStream().Hears("GET / ").Says("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"))
            .Then(() => new ReplayStream().Hears("GET /login ").Says("HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n<title>NAS&nbsp;-&nbsp;Synology&nbsp;DiskStation</title><input type=\"password\">"));

        var read = (await ProbeRun.RunAsync(_probe, transport, port: 5000)).Identification!;

        read.Product.ShouldBe("Synology DSM");
        read.Facts[FactNames.ManagementScreen].ShouldBe("Synology DiskStation");
        read.Facts[FactNames.PasswordField].ShouldBe(FactNames.Yes);
        read.Cpe.ShouldContain("cpe:2.3:a:f5:nginx:*:*:*:*:*:*:*:*");
    }

    [Theory]
    [InlineData("http://198.51.100.7/elsewhere")]
    [InlineData("https://192.0.2.10/login")]
    [InlineData("http://192.0.2.10:8080/login")]
    [InlineData("//198.51.100.7/x")]
    [InlineData("/a b\u0080")]
    public async Task A_redirection_elsewhere_is_not_followed(string location)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_port_that_wants_tls_and_gets_none_is_still_named()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(Fixture.Bytes("nginx-1.22.1-wants-tls")));

        var outcome = await ProbeRun.RunAsync(_probe, transport);

        // The script has no further server: what asks for TLS is refused.
        outcome.Result.ShouldBe(ProbeResult.Unreachable);
    }

    [Fact]
    public async Task Chunks_are_joined()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }.Hears()
            .Says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<title>\r\n4\r\nGraf\r\n4;x=y\r\nana<\r\n7\r\n/title>\r\n0\r\n\r\n"));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Product.ShouldBe("Grafana");
    }

    [Fact]
    public async Task Another_protocol_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("-ERR unknown command 'GET'\r\n"));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    public async Task An_answer_cut_short_is_survived(int after)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = after }.Hears().Says(Fixture.Bytes("apache-2.4.71")));

        var outcome = await ProbeRun.RunAsync(_probe, transport);

        outcome.Result.ShouldBe(after < 12 ? ProbeResult.NoMatch : ProbeResult.Identified);
        outcome.Identification?.Product.ShouldBeNull();
    }

    private Task<IReadOnlyList<ProbeOutcome>> EveryAsync(string fixture) => ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery }.Hears("GET / HTTP/1.1").Says(Fixture.Bytes(fixture))));
}
