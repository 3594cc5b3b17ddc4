namespace VulnDiag.Report.Pdf;

public sealed class BrowserCommandTests
{
    private static readonly Dictionary<string, string> Debian = new() { ["root"] = "0", ["toor"] = "0", ["nobody"] = "65534" };

    private static readonly Dictionary<string, string> Prepared = new(Debian) { ["vulndiag-print"] = "990" };

    [Fact]
    public void The_launchers_user_comes_first() => BrowserCommand.UnprivilegedUser(null, Prepared).ShouldBe("vulndiag-print");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_it_nobody_prints(string? wanted) => BrowserCommand.UnprivilegedUser(wanted, Debian).ShouldBe("nobody");

    [Fact]
    public void A_named_user_is_taken() => BrowserCommand.UnprivilegedUser("nobody", Prepared).ShouldBe("nobody");

    [Theory]
    [InlineData("root")]
    [InlineData("toor")]
    [InlineData("stranger")]
    public void Root_and_strangers_are_refused(string wanted) =>
        Should.Throw<ReportException>(() => BrowserCommand.UnprivilegedUser(wanted, Prepared)).Message.ShouldContain(wanted);

    [Fact]
    public void With_no_user_to_become_nothing_is_printed() =>
        Should.Throw<ReportException>(static () => BrowserCommand.UnprivilegedUser(null, new Dictionary<string, string> { ["root"] = "0" }))
            .Message.ShouldContain("useradd --system vulndiag-print");

    [Fact]
    public void An_ordinary_user_starts_the_browser_itself()
    {
        var command = BrowserCommand.For(new PrinterSettings { Chromium = "/bin/true" }, root: false, "/tmp");

        command.Executable.ShouldBe("/bin/true");
        command.Environment.Keys.ShouldBe(["PATH", "LANG", "HOME"]);
    }
}
