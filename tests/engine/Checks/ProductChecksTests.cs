using System.Text.RegularExpressions;
using VulnDiag.Engine.Checks.Backdoors;
using VulnDiag.Engine.Checks.EndOfLife;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Checks;

public sealed class ProductChecksTests
{
    // Truth: the makers' own announcements, as the table's sources name them.
    [Theory]
    [InlineData("Apache httpd", "2.2.34", null, CheckVerdict.Positive)]
    [InlineData("Microsoft IIS httpd", "8.5", null, CheckVerdict.Positive)]
    [InlineData("MySQL", "5.7.44", null, CheckVerdict.Positive)]
    [InlineData("MariaDB", "10.11.19", null, CheckVerdict.Negative)]
    [InlineData("MariaDB", "10.1.48", "0+deb9u2-Debian", CheckVerdict.CannotTell)]
    [InlineData("Apache httpd", "2.4.71", null, CheckVerdict.Negative)]
    [InlineData("Apache httpd", "2.3.1", null, CheckVerdict.CannotTell)]
    [InlineData("Apache httpd", null, null, CheckVerdict.CannotTell)]
    internal void End_of_life(string product, string? version, string? info, CheckVerdict expected) =>
        new EndOfLifeCheck().Judge(Facts.Of(Facts.Port("x") with { Product = product, Version = version, Info = info })).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData("Debian 10+deb9u7", CheckVerdict.Positive)]
    [InlineData("1~deb11u1-Debian", CheckVerdict.Positive)]
    [InlineData("Debian GNU/Linux 8", CheckVerdict.Positive)]
    [InlineData("Debian 2+deb12u10", CheckVerdict.Negative)]
    [InlineData("0+deb99u1", CheckVerdict.CannotTell)]
    internal void The_package_tells_the_distribution(string info, CheckVerdict expected) =>
        new SystemEndOfLifeCheck().Judge(Facts.Of(Facts.Port("ssh") with { Product = "OpenSSH", Info = info })).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("FreeBSD 20240701")]
    [InlineData("debug build 7")]
    internal void Without_a_package_s_revision_no_distribution_is_judged(string? info) =>
        new SystemEndOfLifeCheck().AppliesTo(Facts.Port("ssh") with { Info = info }).ShouldBeFalse();

    [Fact]
    public void Cycles_are_compared_by_whole_numbers()
    {
        EndOfLifeTable.Shipped.Find("MariaDB", "10.11.19")!.Cycle.ShouldBe("10.11");
        EndOfLifeTable.Shipped.Find("MariaDB", "10.1.48")!.Cycle.ShouldBe("10.1");
        EndOfLifeTable.Shipped.Find("MariaDB", "10.12.1").ShouldBeNull();
    }

    [Fact]
    public void Every_row_names_its_source_and_has_lines()
    {
        foreach (var product in EndOfLifeTable.Read())
        {
            product.Source.ShouldNotBeNullOrWhiteSpace(product.Product);
            product.Lines.ShouldNotBeEmpty(product.Product);
            product.Lines.Select(static line => line.Cycle).ShouldBeUnique();
            product.Lines.ShouldAllBe(static line => Regex.IsMatch(line.Cycle, @"^\d+(\.\d+)*$"));
        }
    }

    [Theory]
    [InlineData("vsftpd", "2.3.4", CheckVerdict.Positive)]
    [InlineData("vsftpd", "3.0.3", CheckVerdict.Negative)]
    [InlineData("vsftpd", null, CheckVerdict.CannotTell)]
    [InlineData("ProFTPD", "1.3.3c", CheckVerdict.Positive)]
    internal void Backdoored_versions(string product, string? version, CheckVerdict expected) =>
        new BackdooredVersionCheck().Judge(Facts.Of(Facts.Port("ftp") with { Product = product, Version = version })).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData("root@metasploitable:/# ", 1524, CheckVerdict.Positive)]
    [InlineData("Microsoft Windows [Version 10.0.17763.107]\\r\\n(c) 2018 Microsoft Corporation.", 4444, CheckVerdict.Positive)]
    [InlineData("220 StnyFtpd 0wns j0\\r\\n", 5554, CheckVerdict.Positive)]
    [InlineData("220 ready", 21, CheckVerdict.Negative)]
    internal void Answers_of_backdoors(string evidence, int port, CheckVerdict expected) =>
        new BackdoorAnswerCheck().Judge(Facts.Of(Facts.Port(null) with { Evidence = evidence, Port = port })).Verdict.ShouldBe(expected);

    [Fact]
    public void A_port_that_said_nothing_is_not_judged() => new BackdoorAnswerCheck().AppliesTo(Facts.Port(null)).ShouldBeFalse();
}
