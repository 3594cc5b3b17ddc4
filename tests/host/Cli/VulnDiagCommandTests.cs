namespace VulnDiag.Worker.Tests.Cli;

public sealed class VulnDiagCommandTests : IDisposable
{
    private readonly TestConsole _console = new();

    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("audit", "verify", "--no-such-option")]
    [InlineData("audit", "verify", "--Scan:Typo=1")]
    public async Task Wrong_usage_exits_2_and_prints_nothing_on_standard_output(params string[] args)
    {
        Directory.CreateDirectory(Path.Combine(_console.Home, "data"));
        (await _console.RunAsync(args)).ShouldBe(2);
        _console.Out.ShouldBeEmpty();
        _console.Error.ShouldNotBeEmpty();
        _console.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("There is no verb 'scna'. The verbs are: ", "scna")]
    [InlineData("--port must be 0 to 65535.", "emulator", "--port", "99999")]
    [InlineData("--ports: 'banana' is neither a port", "scan", "--authorization", "a", "--out", "b", "--ports", "banana")]
    public async Task What_was_typed_wrong_is_named_first(string words, params string[] args)
    {
        (await _console.RunAsync(args)).ShouldBe(2);
        _console.Error.ShouldStartWith(words);
    }

    [Theory]
    [InlineData("--out: the folder /proc cannot be written to.", "authorize", "--address", "127.0.0.1", "--from", "2026-11-24T22:00:00+09:00", "--to", "2099-11-24T23:00:00+09:00", "--out", "/proc/a.json", "--Scan:AllowedLabRanges:0=127.0.0.0/8")]
    [InlineData("--out: the folder /proc/demo cannot be made.", "demo", "--out", "/proc/demo")]
    [InlineData("--data: /etc/hostname is a file, not a folder.", "emulator", "--data", "/etc/hostname")]
    [InlineData("There is no authorisation nowhere.json.", "scan", "--authorization", "nowhere.json", "--out", "b.json")]
    public async Task Where_nothing_can_be_read_or_written_is_said_in_one_sentence(string words, params string[] args)
    {
        (await _console.RunAsync(args)).ShouldBe(1);
        _console.Error.ShouldStartWith(words);
        _console.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_worker_without_its_settings_says_in_one_sentence_which_they_are()
    {
        (await _console.RunAsync("run")).ShouldBe(2);
        var lines = _console.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("Blank, and needed: Operator:Name, ");
        lines[1].ShouldContain("Kintone:Password");
        lines[1].ShouldEndWith("secrets in the environment or in a 0600 file alone.");
    }

    [Fact]
    public async Task The_doctor_makes_nothing_and_names_what_no_scan_could_use()
    {
        await _console.RunAsync("doctor", "--Mail:Door=Maildir", "--Mail:MaildirFolder=mails", "--Scan:KillSwitchFile=nowhere/switch");
        Directory.EnumerateFileSystemEntries(_console.Home).Select(Path.GetFileName).ShouldBe(["appsettings.json"]);
        _console.Out.ShouldContain("MEND  kill switch: There is no folder");
        _console.Out.ShouldContain("look  vulnerability database: There is none");

        (await _console.RunAsync("doctor", "--Scan:TcpPorts=foo")).ShouldBe(2);
        _console.Error.ShouldContain("Scan:TcpPorts: cannot be read: 'foo' is neither a port");
    }

    [Fact]
    public async Task One_check_that_fails_keeps_the_doctor_from_none_of_the_others()
    {
        Directory.CreateDirectory(Path.Combine(_console.Home, "data"));
        File.WriteAllText(Path.Combine(_console.Home, "data", "worker.db"), new string('x', 5000));
        (await _console.RunAsync("doctor")).ShouldBe(1);
        _console.Out.ShouldContain("MEND  outbox: The store in the data folder cannot be used");
        _console.Out.ShouldContain("signing key:");
    }

    [Fact]
    public async Task A_failure_exits_1_with_a_sentence_and_no_stack_trace()
    {
        (await _console.RunAsync("audit", "verify", "--Store:Folder=/proc/nowhere")).ShouldBe(1);
        _console.Error.ShouldContain("data folder");
        _console.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_empty_audit_log_is_whole()
    {
        Directory.CreateDirectory(Path.Combine(_console.Home, "data"));
        (await _console.RunAsync("audit", "verify", "--json")).ShouldBe(0);
        _console.Out.ShouldStartWith("""{"whole":true,"entries":0""");
    }

    public void Dispose() => _console.Dispose();
}
