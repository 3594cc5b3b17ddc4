using System.Diagnostics;
using System.Net;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Tls;

/// <summary>Against OpenSSL's own server, told which versions to accept.</summary>
public sealed class TlsInspectorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("-tls1_3", "TLSv1.3")]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_1", "TLSv1.1")]
    [InlineData("-tls1", "TLSv1.0")]
    [InlineData("", "TLSv1.0,TLSv1.1,TLSv1.2,TLSv1.3")]
    public async Task The_accepted_versions_and_the_certificate_are_read(string version, string expected)
    {
        await RealServer.RunAsync("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "10", "-subj", "/CN=vpn.example.jp", "-keyout", _folder.File("key"), "-out", _folder.File("cert"));
        string[] arguments =
        [
            "s_server", "-accept", "127.4.7.1:0", "-key", _folder.File("key"), "-cert", _folder.File("cert"),
            "-cipher", "ALL:@SECLEVEL=0", .. version.Length > 0 ? new[] { version } : ["-min_protocol", "TLSv1"],
        ];
        using var server = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        try
        {
            var facts = await InspectAsync(await PortOfAsync(server));

            string.Join(',', facts!.Versions).ShouldBe(expected);
            facts.Subject.ShouldBe("CN=vpn.example.jp");
            facts.Key.ShouldBe("RSA 2048");
            facts.SelfSigned.ShouldBeTrue();
            facts.WeakCiphers.ShouldAllBe(static cipher => cipher.Contains("_anon_"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Broken_suites_and_a_short_group_are_found()
    {
        await RealServer.RunAsync("openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-days", "10", "-subj", "/CN=vpn.example.jp", "-keyout", _folder.File("key"), "-out", _folder.File("cert"));
        // RFC 2409 section 6.2: the second Oakley group, 1024 bits.
        await File.WriteAllTextAsync(_folder.File("dh"), """
            -----BEGIN DH PARAMETERS-----
            MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
            Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
            /1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
            -----END DH PARAMETERS-----
            """);
        string[] arguments =
        [
            "s_server", "-accept", "127.4.7.1:0", "-key", _folder.File("key"), "-cert", _folder.File("cert"), "-dhparam", _folder.File("dh"),
            "-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-tls1_2",
        ];
        using var server = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        try
        {
            var facts = (await InspectAsync(await PortOfAsync(server))).ShouldNotBeNull();

            facts.WeakCiphers.ShouldContain(static cipher => cipher.Contains("_NULL_"));
            facts.WeakCiphers.ShouldContain(static cipher => cipher.Contains("_anon_"));
            facts.DhBits.ShouldBe(1024);
            facts.Key.ShouldBe("RSA 1024");
            facts.Chain.ShouldBe(["CN=vpn.example.jp"]);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_costs_at_most_two_connections()
    {
        await using var server = new LoopbackServer("127.4.7.2", "220 ftp\r\n");

        (await InspectAsync(server.Port, "127.4.7.2")).ShouldBeNull();
        server.Connections.ShouldBeLessThanOrEqualTo(2);
    }

    private static async Task<TlsFacts?> InspectAsync(int port, string address = "127.4.7.1")
    {
        var target = new ProbeTarget(new IPEndPoint(IPAddress.Parse(address), port), null);
        var context = new ProbeContext(target, new ProbeInfo("tls", Transport.Tcp, [port], 0), new SocketTransport(TimeProvider.System), new OpenGate(), ProbeLimits.Default, TimeProvider.System);
        return await context.InspectTlsAsync(prepare: null, CancellationToken.None);
    }

    /// <summary>The server says which port the kernel gave it: "ACCEPT 127.4.7.1:34567".</summary>
    private static async Task<int> PortOfAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ACCEPT", StringComparison.Ordinal)) return int.Parse(line.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.Fail(await server.StandardError.ReadToEndAsync());
        return 0;
    }
}
