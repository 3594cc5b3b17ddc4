using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Checks;

/// <summary>Checks that judge by one fact: the value that is positive, the one that is negative, and its absence.</summary>
public sealed class FactCheckTests
{
    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { "database-without-password", "redis", "authRequired", "no", "yes" },
        { "open-resolver", "domain", "recursion", "yes", "no" },
        { "mqtt-without-password", "mqtt", "authRequired", "no", "yes" },
        { "vnc-without-password", "vnc", "authRequired", "no", "yes" },
        { "x11-without-access-control", "x11", "authRequired", "no", "yes" },
        { "rdp-without-nla", "ms-wbt-server", "authRequired", "no", "yes" },
        { "smb1-enabled", "microsoft-ds", "smb1", "yes", "no" },
        { "smb-signing-not-required", "microsoft-ds", "signingRequired", "no", "yes" },
        { "rsync-open", "rsync", "modules", "yes", "no" },
        { "ldap-anonymous", "ldap", "anonymous", "yes", "no" },
        { "ike-aggressive-mode", "isakmp", "aggressiveMode", "yes", "no" },
        { "ntp-read-variables", "ntp", "readVariables", "yes", "no" },
        { "socks-open", "socks5", "authRequired", "no", "yes" },
        { "ftp-clear-text", "ftp", "startTls", "no", "no-answer" },
        { "mail-clear-text-login", "imap", "plainLogin", "yes", "no" },
        { "http-clear-text-login", "http", "plainLogin", "yes", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_fact_decides_and_without_it_nothing_is_said(string id, string service, string fact, string positive, string negative)
    {
        var check = CheckCatalogue.Passive.Single(check => check.Id == id);

        check.AppliesTo(Facts.Port(service)).ShouldBeTrue();
        check.AppliesTo(Facts.Port("echo")).ShouldBeFalse();
        check.Judge(Facts.Of(Facts.Port(service, fact, positive))).Verdict.ShouldBe(CheckVerdict.Positive);
        check.Judge(Facts.Of(Facts.Port(service))).Verdict.ShouldBe(CheckVerdict.CannotTell);
        if (negative is "yes" or "no") check.Judge(Facts.Of(Facts.Port(service, fact, negative))).Verdict.ShouldBe(CheckVerdict.Negative);
    }

    [Fact]
    public void Ftp_with_tls_is_negative()
    {
        var port = Facts.Port("ftp", "startTls", "yes") with { Tls = new Model.TlsFacts { StartTls = true } };

        CheckCatalogue.Passive.Single(static check => check.Id == "ftp-clear-text").Judge(Facts.Of(port)).Verdict.ShouldBe(CheckVerdict.Negative);
    }

    [Fact]
    public void Snmp_that_answers_without_the_default_community_is_negative()
    {
        var check = CheckCatalogue.Passive.Single(static check => check.Id == "snmp-public");

        check.Judge(Facts.Of(Facts.Port("snmp", "community", "public"))).Verdict.ShouldBe(CheckVerdict.Positive);
        check.Judge(Facts.Of(Facts.Port("snmp", "protocolVersions", "v3"))).Verdict.ShouldBe(CheckVerdict.Negative);
    }

    [Fact]
    public void Mail_inside_tls_from_the_start_is_not_judged_for_its_log_in()
    {
        var port = Facts.Port("imap", "plainLogin", "yes") with { Tls = new Model.TlsFacts() };

        CheckCatalogue.Passive.Single(static check => check.Id == "mail-clear-text-login").AppliesTo(port).ShouldBeFalse();
    }
}
