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
