using System.Text;
using VulnDiag.Engine.Checks.Accounts;
using VulnDiag.Engine.Checks.Exposure;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

public sealed class ActiveChecksTests
{
    [Theory]
    [InlineData("postfix-3.7-rcpt-refused", CheckVerdict.Negative)]
    [InlineData(null, CheckVerdict.Positive)]
    internal async Task Relaying_is_judged_at_the_recipient(string? fixture, CheckVerdict expected)
    {
        var last = fixture is null ? Encoding.ASCII.GetBytes("250 2.1.5 Ok\r\n") : Fixture.Bytes(fixture);
        var transport = new ReplayTransport().Then(() => new ReplayStream()
            .Says(Fixture.Bytes("postfix-3.7-greeting")).Hears("EHLO").Says(Fixture.Bytes("postfix-3.7-ehlo"))
            .Hears("MAIL FROM").Says(Fixture.Bytes("postfix-3.7-mail-from")).Hears("RCPT TO").Says(last));

        (await CheckRun.RunAsync(new OpenRelayCheck(), transport)).Verdict.ShouldBe(expected);
        transport.Connections[0].HeardText.ShouldNotContain("DATA");
    }

    [Theory]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first\r\n", CheckVerdict.Negative)]
    [InlineData("450 4.1.8 Sender address rejected: Domain not found\r\n", CheckVerdict.CannotTell)]
    internal async Task A_sender_that_is_refused_is_told_apart(string reply, CheckVerdict expected)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("220 x ESMTP\r\n").Hears().Says("250 x\r\n").Hears().Says(reply));

        (await CheckRun.RunAsync(new OpenRelayCheck(), transport)).Verdict.ShouldBe(expected);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nx", CheckVerdict.Positive)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\n\r\n", CheckVerdict.Positive)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n", CheckVerdict.Negative)]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", CheckVerdict.Negative)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", CheckVerdict.CannotTell)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal async Task A_proxy_is_asked_for_its_own_host_only(string answer, CheckVerdict expected)
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(answer));

        (await CheckRun.RunAsync(new HttpProxyOpenCheck(), transport)).Verdict.ShouldBe(expected);
        transport.Connections[0].HeardText.ShouldStartWith("GET http://192.0.2.10:80/ HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nref: refs/heads/main\n", CheckVerdict.Positive)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<html>not found</html>", CheckVerdict.Negative)]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", CheckVerdict.Negative)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal async Task The_folder_of_the_version_control(string answer, CheckVerdict expected) =>
        (await CheckRun.RunAsync(new GitFolderCheck(), new ReplayTransport().Then(() => new ReplayStream().Hears("/.git/HEAD").Says(answer)))).Verdict.ShouldBe(expected);

    [Fact]
    public async Task Apache_s_status_page()
    {
        var open = new ReplayTransport().Then(() => new ReplayStream().Hears("/server-status").Says(Fixture.Bytes("apache-2.4.71-server-status")));
        var closed = new ReplayTransport().Then(() => new ReplayStream().Hears().Says("HTTP/1.1 403 Forbidden\r\n\r\n"));
        var silent = new ReplayTransport().Then(() => new ReplayStream().Hears());

        (await CheckRun.RunAsync(new ServerStatusCheck(), open)).Verdict.ShouldBe(CheckVerdict.Positive);
        (await CheckRun.RunAsync(new ServerStatusCheck(), closed)).Verdict.ShouldBe(CheckVerdict.Negative);
        (await CheckRun.RunAsync(new ServerStatusCheck(), silent)).Verdict.ShouldBe(CheckVerdict.CannotTell);
    }

    [Fact]
    public async Task The_list_of_a_time_server_s_clients()
    {
        // Response bit, version 2, mode 7; implementation 3, request 42; no error, 6 items of 72 bytes (ntp_request.h of ntp 4.2.6).
        byte[] list = [0x97, 0x00, 0x03, 0x2A, 0x00, 0x06, 0x00, 0x48, .. new byte[432]];

        (await CheckRun.RunAsync(new NtpMonlistCheck(), new ReplayTransport().Answers(list))).Verdict.ShouldBe(CheckVerdict.Positive);
        (await CheckRun.RunAsync(new NtpMonlistCheck(), new ReplayTransport().Answers(null).Answers(null))).Verdict.ShouldBe(CheckVerdict.Negative);
        (await CheckRun.RunAsync(new NtpMonlistCheck(), new ReplayTransport())).Verdict.ShouldBe(CheckVerdict.CannotTell);
    }

    [Theory]
    [InlineData("vsftpd-3.0.3-pass", CheckVerdict.Positive)]
    [InlineData(null, CheckVerdict.Negative)]
    internal async Task Anonymous_ftp(string? fixture, CheckVerdict expected)
    {
        var last = fixture is null ? Encoding.ASCII.GetBytes("530 Login incorrect.\r\n") : Fixture.Bytes(fixture);
        var transport = new ReplayTransport().Then(() => new ReplayStream { Silent = true }
            .Says(Fixture.Bytes("vsftpd-3.0.3-greeting")).Hears("USER anonymous").Says(Fixture.Bytes("vsftpd-3.0.3-user")).Hears("PASS").Says(last));

        (await CheckRun.RunAsync(new FtpAnonymousCheck(), transport)).Verdict.ShouldBe(expected);
    }

    [Fact]
    public async Task Anonymous_ftp_without_a_greeting_cannot_be_told() =>
        (await CheckRun.RunAsync(new FtpAnonymousCheck(), new ReplayTransport().Then(() => new ReplayStream()))).Verdict.ShouldBe(CheckVerdict.CannotTell);

    [Theory]
    [InlineData("07000002000000020000 00", CheckVerdict.Positive)]
    [InlineData("48000002ff15042332383030304163636573732064656e696564", CheckVerdict.Negative)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal async Task An_administrator_without_a_password(string hex, CheckVerdict expected)
    {
        // OK_Packet and ERR_Packet 1045 of the MySQL internals manual.
        var answer = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        if (answer.Length > 0) answer[0] = (byte)(answer.Length - 4);
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(Fixture.Bytes("mariadb-10.11.19-handshake")).Hears("root").Says(answer));

        (await CheckRun.RunAsync(new MysqlEmptyPasswordCheck(), transport)).Verdict.ShouldBe(expected);
    }

    [Fact]
    public async Task Factory_passwords_are_tried_three_times_at_most()
    {
        var transport = new ReplayTransport();
        for (var i = 0; i < 4; i++) _ = transport.Then(() => new ReplayStream().Hears().Says(Fixture.Bytes("nginx-1.22.1-basic")));

        var outcome = await CheckRun.RunAsync(new HttpDefaultPasswordCheck(), transport, Facts.Port("http", FactNames.PlainLogin, FactNames.Yes));

        outcome.Verdict.ShouldBe(CheckVerdict.Negative);
        transport.Connections.Count(static connection => connection.HeardText.Contains("Authorization", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_factory_password_that_works_is_not_repeated_in_the_evidence()
    {
        var transport = new ReplayTransport()
            .Then(() => new ReplayStream().Hears().Says(Fixture.Bytes("nginx-1.22.1-basic")))
            .Then(() => new ReplayStream().Hears("Authorization: Basic YWRtaW46YWRtaW4=").Says(Fixture.Bytes("apache-2.4.71")));

        var outcome = await CheckRun.RunAsync(new HttpDefaultPasswordCheck(), transport, Facts.Port("http", FactNames.PlainLogin, FactNames.Yes));

        outcome.Verdict.ShouldBe(CheckVerdict.Positive);
        outcome.Evidence.Text.ShouldBe("user 'admin' with its factory password -> HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task A_page_that_no_longer_asks_cannot_be_told()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(Fixture.Bytes("apache-2.4.71")));

        (await CheckRun.RunAsync(new HttpDefaultPasswordCheck(), transport)).Verdict.ShouldBe(CheckVerdict.CannotTell);
    }

    [Fact]
    public void Checks_that_log_in_want_consent() =>
        CheckCatalogue.Active.Where(static check => CheckTexts.ById[check.Id].Kind == FindingKind.Account).ShouldAllBe(static check => check.Cost.NeedsAccountConsent);

    [Fact]
    public async Task Any_bytes_are_survived()
    {
        foreach (var check in CheckCatalogue.Active) await CheckRun.SurvivesAnyBytesAsync(check, check is NtpMonlistCheck ? Transport.Udp : Transport.Tcp);
    }
}
