using VulnDiag.Engine.Checks.Exposure;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Checks;

public sealed class WebChecksTests
{
    [Theory]
    [InlineData(CheckVerdict.Positive, "managementScreen", "Fortinet FortiGate")]
    [InlineData(CheckVerdict.Positive, "realm", "Router management")]
    [InlineData(CheckVerdict.Negative, "realm", "Members of the choir")]
    [InlineData(CheckVerdict.Negative, "title", "Router management")]
    [InlineData(CheckVerdict.Negative, "status", "200")]
    internal void Management_screens_are_told_by_fingerprint_or_by_their_own_words(CheckVerdict expected, string fact, string value) =>
        new ManagementScreenCheck().Judge(Facts.Of(Facts.Port("http", "status", "200", "x", "y") with
        {
            Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = "200", [fact] = value },
        })).Verdict.ShouldBe(expected);

    [Fact]
    public void A_log_in_page_whose_title_says_what_it_is_for_is_positive() =>
        new ManagementScreenCheck().Judge(Facts.Of(Facts.Port("http", "status", "200", "title", "NAS console", "passwordField", "yes"))).Verdict.ShouldBe(CheckVerdict.Positive);

    [Fact]
    public void Without_a_page_nothing_is_said_of_management_screens() => new ManagementScreenCheck().AppliesTo(Facts.Port("http")).ShouldBeFalse();

    [Theory]
    [InlineData(CheckVerdict.Positive, "directoryListing", "yes")]
    [InlineData(CheckVerdict.Negative, "status", "200")]
    [InlineData(CheckVerdict.CannotTell, "server", "nginx")]
    internal void Listings_of_folders(CheckVerdict expected, string fact, string value) =>
        new DirectoryListingCheck().Judge(Facts.Of(Facts.Port("http", fact, value))).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData(CheckVerdict.Positive, "defaultPage", "nginx")]
    [InlineData(CheckVerdict.Negative, "status", "200")]
    [InlineData(CheckVerdict.CannotTell, "server", "nginx")]
    internal void Default_pages(CheckVerdict expected, string fact, string value) =>
        new DefaultPageCheck().Judge(Facts.Of(Facts.Port("http", fact, value))).Verdict.ShouldBe(expected);

    [Fact]
    public void A_password_field_without_tls_is_positive_and_a_page_without_one_negative()
    {
        var check = new HttpClearTextLoginCheck();

        check.Judge(Facts.Of(Facts.Port("http", "status", "200", "passwordField", "yes"))).Verdict.ShouldBe(CheckVerdict.Positive);
        check.Judge(Facts.Of(Facts.Port("http", "status", "200"))).Verdict.ShouldBe(CheckVerdict.Negative);
        check.AppliesTo(Facts.Port("https", "passwordField", "yes")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("SSH-1.99-OpenSSH_3.9p1", CheckVerdict.Positive)]
    [InlineData("SSH-1.5-Cisco-1.25", CheckVerdict.Positive)]
    [InlineData("SSH-2.0-OpenSSH_9.2p1", CheckVerdict.Negative)]
    [InlineData("", CheckVerdict.CannotTell)]
    internal void Old_ssh_is_told_by_its_greeting(string evidence, CheckVerdict expected) =>
        new SshOldProtocolCheck().Judge(Facts.Of(Facts.Port("ssh") with { Evidence = evidence })).Verdict.ShouldBe(expected);
}
