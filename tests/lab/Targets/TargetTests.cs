using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsCheck;

namespace VulnDiag.Lab.Targets;

/// <summary>The targets as clients see them. Expected bytes are those of the protocols' documents named in each target.</summary>
public sealed class TargetTests
{
    private static readonly IPAddress Address = IPAddress.Parse("127.40.0.9");

    [Theory]
    [InlineData("", "220 (vsFTPd 3.0.3)")]
    [InlineData("USER anonymous\r\nPASS x\r\nQUIT\r\n", "230 Login successful.")]
    public async Task Ftp_greets_and_lets_anonymous_in(string sent, string expected) =>
        (await Talk(port => new FtpTarget(Address, port, "(vsFTPd 3.0.3)", anonymous: true), sent)).ShouldContain(expected);

    [Fact]
    public async Task Ftp_that_is_closed_to_anonymous_says_so() =>
        (await Talk(port => new FtpTarget(Address, port, "x", anonymous: false), "USER anonymous\r\nPASS x\r\nQUIT\r\n")).ShouldContain("530 Login incorrect.");

    [Fact]
    public async Task Ssh_identifies_itself_and_begins_the_key_exchange()
    {
        var answer = await Talk(port => new SshTarget(Address, port, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10"), "SSH-2.0-test\r\n");
        answer.ShouldStartWith("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10\r\n");
        var packet = Encoding.Latin1.GetBytes(answer[(answer.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        ((packet[0] << 24) | (packet[1] << 16) | (packet[2] << 8) | packet[3]).ShouldBe(packet.Length - 4);
        (packet.Length % 8).ShouldBe(0);
        packet[5].ShouldBe((byte)20);
    }

    [Fact]
    public async Task Ssh_proves_a_host_key_that_stays_the_same_for_the_same_identity()
    {
        if (!File.Exists("/usr/bin/ssh-keyscan")) Assert.Skip("OpenSSH's ssh-keyscan is not installed.");
        var port = FreePort();
        var first = await ScanKey(new SshTarget(Address, port, "SSH-2.0-OpenSSH_9.2p1", "one"));
        first.ShouldContain("ecdsa-sha2-nistp256 ");
        (await ScanKey(new SshTarget(Address, port, "SSH-2.0-OpenSSH_9.2p1", "one"))).ShouldBe(first);
        (await ScanKey(new SshTarget(Address, port, "SSH-2.0-OpenSSH_9.2p1", "two"))).ShouldNotBe(first);
    }

    [Fact]
    public void X25519_gives_the_values_of_its_document()
    {
        // RFC 7748, section 5.2, first test vector.
        Convert.ToHexString(X25519.Multiply(
            Convert.FromHexString("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            Convert.FromHexString("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))).ShouldBe("C3DA55379DE9C6908E94EA4DF28D084F32ECCF03491C71F754B4075577A28552");
        var (one, two) = (Enumerable.Repeat((byte)3, 32).ToArray(), Enumerable.Repeat((byte)7, 32).ToArray());
        X25519.Multiply(one, X25519.PublicKey(two)).ShouldBe(X25519.Multiply(two, X25519.PublicKey(one)));
    }

    [Fact]
    public async Task Smtp_greets_and_an_open_relay_takes_any_recipient()
    {
        const string Talking = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nQUIT\r\n";
        (await Talk(port => new SmtpTarget(Address, port, "mail.example.jp", "ESMTP Postfix", openRelay: true), Talking)).ShouldContain("250 2.1.5 Ok");
        (await Talk(port => new SmtpTarget(Address, port, "mail.example.jp", "ESMTP Postfix", openRelay: false), Talking)).ShouldContain("554 5.7.1");
    }

    [Fact]
    public async Task Imap_and_pop3_show_their_capabilities()
    {
        (await Talk(port => new ImapTarget(Address, port, "Dovecot (Debian) ready."), "a1 CAPABILITY\r\na2 LOGOUT\r\n")).ShouldContain("* CAPABILITY IMAP4rev1");
        (await Talk(port => new Pop3Target(Address, port, "Dovecot (Debian) ready."), "CAPA\r\nQUIT\r\n")).ShouldContain("+OK Dovecot (Debian) ready.");
    }

    [Fact]
    public async Task Redis_answers_inline_and_array_commands()
    {
        (await Talk(port => new RedisTarget(Address, port, "6.0.16"), "INFO server\r\nQUIT\r\n")).ShouldContain("redis_version:6.0.16");
        (await Talk(port => new RedisTarget(Address, port, "6.0.16"), "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n")).ShouldBe("+PONG\r\n+OK\r\n");
    }

    [Fact]
    public async Task Mysql_greets_with_its_version()
    {
        var answer = await Talk(port => new MySqlTarget(Address, port, "5.5.5-10.11.6-MariaDB-0+deb12u1"), "\u0001\0\0\u0001x");
        answer[4].ShouldBe((char)10);
        answer[5..].ShouldStartWith("5.5.5-10.11.6-MariaDB-0+deb12u1\0");
        answer.ShouldContain("#28000Access denied");
    }

    [Fact]
    public async Task Postgresql_declines_tls_and_asks_for_a_login()
    {
        var answer = await Talk(port => new PostgreSqlTarget(Address, port), "\0\0\0\u0008\u0004\u00d2\u0016\u002f\0\0\0\u0009\0\u0003\0\0\0p");
        answer[0].ShouldBe('N');
        answer.ShouldContain("SCRAM-SHA-256");
    }

    [Fact]
    public async Task Telnet_negotiates_and_asks_for_a_login() =>
        (await Talk(port => new TelnetTarget(Address, port, "Router"), "root\r\nx\r\n")).ShouldContain("Login incorrect");

    [Fact]
    public async Task Http_serves_its_page_and_survives_a_client_that_speaks_something_else()
    {
        var site = HttpSite.ManagementLogin("lighttpd/1.4.35");
        var answer = await Talk(port => new HttpTarget(Address, port, site), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 200 OK\r\nServer: lighttpd/1.4.35\r\n");
        Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer)).ShouldContain("ログイン");
        (await Talk(port => new HttpTarget(Address, port, site), "\u0016\u0003\u0001\n")).ShouldStartWith("HTTP/1.1 400");
        (await Talk(port => new HttpTarget(Address, port, site with { Realm = "router" }), "GET / HTTP/1.0\r\n\r\n")).ShouldContain("Basic realm=\"router\"");
    }

    [Fact]
    public async Task Https_shows_its_certificate_and_a_replaced_target_another()
    {
        var port = FreePort();
        var now = TimeProvider.System.GetUtcNow();
        using var expired = LabCertificates.SelfSigned("old.example.jp", now.AddYears(-3), now.AddYears(-1));
        using var good = LabCertificates.SelfSigned("good.example.jp", now.AddDays(-1), now.AddYears(1));
        await using var host = await TargetHost.StartAsync([new HttpsTarget(Address, port, expired, HttpSite.Plain("nginx"))], TimeProvider.System);
        (await Subject(port)).ShouldBe("CN=old.example.jp");
        await host.ReplaceAsync(new HttpsTarget(Address, port, good, HttpSite.Plain("nginx")));
        (await Subject(port)).ShouldBe("CN=good.example.jp");
    }

    [Fact]
    public void A_kept_certificate_is_the_same_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory();
        var now = TimeProvider.System.GetUtcNow();
        X509Certificate2 Open() => LabCertificates.Kept(Path.Combine(folder.FullName, "a.pfx"), () => LabCertificates.SelfSigned("a.example.jp", now, now.AddYears(1)));
        using var first = Open();
        using var second = Open();
        second.Thumbprint.ShouldBe(first.Thumbprint);
        second.HasPrivateKey.ShouldBeTrue();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Dns_tells_its_version_and_resolves_for_anybody()
    {
        // RFC 1035: id, flags RD, one question; version.bind TXT CH
        byte[] query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "version"u8, 4, .. "bind"u8, 0, 0, 16, 0, 3];
        var answer = new DnsUdpTarget(Address, 53, "9.11.4", openRecursion: true).Answer(query);
        answer[..4].ShouldBe([0x12, 0x34, 0x81, 0x80]);
        Encoding.ASCII.GetString(answer).ShouldEndWith("\u00069.11.4");

        byte[] outside = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "example"u8, 3, .. "com"u8, 0, 0, 1, 0, 1];
        var open = new DnsUdpTarget(Address, 53, "9.11.4", openRecursion: true).Answer(outside);
        (open[3] & 0x0F).ShouldBe(0);
        open[^4..].ShouldBe([192, 0, 2, 1]);
        (new DnsUdpTarget(Address, 53, "9.11.4", openRecursion: false).Answer(outside)[3] & 0x0F).ShouldBe(5, "refused");
    }

    [Fact]
    public void Snmp_answers_public_and_stays_silent_for_others()
    {
        // RFC 1157: version 1, community public, GetRequest for sysDescr.0
        byte[] request = Convert.FromHexString("302902010004067075626C6963A01C020412345678020100020100300E300C06082B060102010101000500");
        var answer = new SnmpTarget(Address, 161, "public", "RouterOS").Answer(request);
        Encoding.Latin1.GetString(answer).ShouldContain("RouterOS");
        Convert.ToHexString(answer).ShouldContain("020412345678");
        new SnmpTarget(Address, 161, "secret", "RouterOS").Answer(request).ShouldBeEmpty();
    }

    [Fact]
    public void Ntp_gives_the_time_and_its_version()
    {
        var target = new NtpTarget(Address, 123, "ntpd 4.2.6p5", TimeProvider.System);
        var request = new byte[48];
        request[0] = 0x23;
        var answer = target.Answer(request);
        (answer[0] & 7).ShouldBe(4);
        Encoding.ASCII.GetString(target.Answer([0x16, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])).ShouldContain("ntpd 4.2.6p5");
    }

    [Fact]
    public void Datagrams_of_any_bytes_are_survived()
    {
        UdpTarget[] targets = [new DnsUdpTarget(Address, 1, "v", true), new SnmpTarget(Address, 2, "public", "d"), new NtpTarget(Address, 3, "v", TimeProvider.System)];
        Gen.Byte.Array[0, 80].Sample(bytes => targets.All(target => target.Answer(bytes) is not null), iter: 5_000);
    }

    [Fact]
    public async Task The_ledger_knows_what_arrived_and_that_nothing_came_after()
    {
        var (tcp, udp) = (FreePort(), FreePort());
        await using var host = await TargetHost.StartAsync([new RedisTarget(Address, tcp, "7"), new DnsUdpTarget(Address, udp, "v", true)], TimeProvider.System);
        await Exchange(tcp, "PING\r\n", untilText: "+PONG");
        using var client = new UdpClient();
        await client.SendAsync(new byte[] { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1 }, new IPEndPoint(Address, udp));
        await client.ReceiveAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System).Token);
        host.Ledger.Sightings.Select(sighting => sighting.Kind).ShouldBe([SightingKind.Connection, SightingKind.Data, SightingKind.Datagram]);
        host.Ledger.CountSince(Address, host.Ledger.LastSeen!.Value).ShouldBe(0);
        host.Ledger.PerSecond(Address).Values.Sum().ShouldBe(3);
    }

    [Fact]
    public void An_address_outside_of_loopback_is_refused() =>
        Should.Throw<ArgumentException>(() => new FtpTarget(IPAddress.Parse("192.0.2.1"), 21, "x", false));

    private static int FreePort()
    {
        using var probe = new TcpListener(Address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<string> Talk(Func<int, Target> make, string sent)
    {
        var port = FreePort();
        await using var host = await TargetHost.StartAsync([make(port)], TimeProvider.System);
        return await Exchange(port, sent, untilText: null);
    }

    /// <summary>Sends, closes the sending side, and reads until the end or a text.</summary>
    private static async Task<string> Exchange(int port, string sent, string? untilText)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(Address, port, limit.Token);
        await client.Client.SendAsync(Encoding.Latin1.GetBytes(sent), limit.Token);
        if (untilText is null) client.Client.Shutdown(SocketShutdown.Send);
        var (received, buffer) = (new StringBuilder(), new byte[4096]);
        while (untilText is null || !received.ToString().Contains(untilText, StringComparison.Ordinal))
        {
            var read = await client.Client.ReceiveAsync(buffer, limit.Token);
            if (read == 0) break;
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return received.ToString();
    }

    private static async Task<string> ScanKey(SshTarget target)
    {
        await using var host = await TargetHost.StartAsync([target], TimeProvider.System);
        var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/ssh-keyscan", ["-T", "20", "-t", "ecdsa", "-p", target.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), Address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var scan = System.Diagnostics.Process.Start(start)!;
        return await scan.StandardOutput.ReadToEndAsync();
    }

    private static async Task<string> Subject(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address, port);
        var subject = "";
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => (subject = certificate?.Subject ?? "").Length > 0);
        await tls.AuthenticateAsClientAsync("x");
        return subject;
    }
}
