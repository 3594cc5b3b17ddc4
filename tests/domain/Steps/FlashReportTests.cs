using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

public sealed class FlashReportTests
{
    private static readonly FindingRecord Exploited = Finding("CVE-2024-21762", FindingKind.Vulnerability, Severity.High, kev: true);

    [Fact]
    public void Nothing_is_told_before_an_analyst_has_confirmed_it()
    {
        var result = Decide(FixedLine(), Exploited);

        Mails(result).ShouldBeEmpty();
        result.Facts.NoticeToHospital.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_confirmed_stands_where_the_hospital_reads_it_and_the_mail_carries_none_of_it()
    {
        var result = Decide(FixedLine(), Confirmed(Exploited));

        result.Facts.NoticeToHospital.Split('\n').ShouldBe(
        [
            "【速報】早急な対応をお願いしたい指摘があります。正式な報告書の掲載を待たずに、次のとおりご対応ください。",
            "・回線「L1」TCP/443：題（区分：重要）",
            "　→ 実際の攻撃に使われている弱点です。保守ベンダへ至急の更新を依頼し、更新が済むまでインターネットからの接続を閉じるか、接続元を制限してください。",
        ]);
        Mails(result).Single().Sentences.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_findings_order_the_same_mail_and_another_one_another()
    {
        var other = Confirmed(Finding("default-password", FindingKind.Account, Severity.Act));
        var key = Mails(Decide(FixedLine(), Confirmed(Exploited))).Single().Key;

        Mails(Decide(FixedLine(), Confirmed(Exploited), Finding("x", FindingKind.Tls, Severity.Act))).Single().Key.ShouldBe(key);
        Mails(Decide(FixedLine(), Confirmed(Exploited), other)).Single().Key.ShouldNotBe(key);
    }

    [Theory]
    [InlineData(FindingKind.Backdoor, Severity.Act, YesNoUnknown.No, "電源は切らずに")]
    [InlineData(FindingKind.Account, Severity.Act, YesNoUnknown.No, "パスワードを直ちに変更")]
    [InlineData(FindingKind.Vulnerability, Severity.Critical, YesNoUnknown.Unknown, "電子カルテにつながる（またはその可能性がある）")]
    [InlineData(FindingKind.Vulnerability, Severity.Critical, YesNoUnknown.No, null)]
    [InlineData(FindingKind.Exposure, Severity.Act, YesNoUnknown.Yes, null)]
    public void Each_kind_that_cannot_wait_says_what_to_do_now(FindingKind kind, Severity severity, YesNoUnknown records, string? told)
    {
        var result = Decide(FixedLine() with { MedicalRecords = records }, Confirmed(Finding("x", kind, severity)));

        if (told is null) result.Facts.NoticeToHospital.ShouldBeEmpty();
        else result.Facts.NoticeToHospital.ShouldContain(told);
        Mails(result).Count.ShouldBe(told is null ? 0 : 1);
    }

    [Fact]
    public void A_long_list_starts_with_the_worst_and_says_how_much_is_left()
    {
        FindingRecord[] many = [.. Enumerable.Range(1, 12).Select(number => Confirmed(Finding($"CVE-{number:00}", FindingKind.Vulnerability, Severity.High, kev: true)))];

        var lines = Decide(FixedLine(), [.. many, Confirmed(Finding("z", FindingKind.Backdoor, Severity.Act))]).Facts.NoticeToHospital.Split('\n');

        lines[2].ShouldContain("すでに侵入されている可能性があります。");
        lines[^1].ShouldStartWith("このほかに3件あります。");
    }

    [Fact]
    public void A_confirmation_that_is_taken_back_takes_the_notice_back()
    {
        var builder = new EngagementBuilder { State = EngagementState.Analysis, Lines = [FixedLine()], Facts = static facts => facts with { NoticeToHospital = "【速報】" } };

        StepCatalogue.Find(EngagementState.Analysis)!.Decide(builder.Build(), At(Tuesday) with { Findings = [Exploited] }).Facts.NoticeToHospital.ShouldBeEmpty();
    }

    private static StepResult Decide(Line line, params FindingRecord[] findings) =>
        StepCatalogue.Find(EngagementState.Analysis)!.Decide(new EngagementBuilder { State = EngagementState.Analysis, Lines = [line] }.Build(), At(Tuesday) with { Findings = findings });

    private static List<MailOrder> Mails(StepResult result) =>
        [.. result.Effects.OfType<SendMail>().Select(static mail => mail.Order).Where(static order => order.Kind is MailKind.FlashReport)];

    private static FindingRecord Confirmed(FindingRecord finding) => finding with { Decision = new FindingDecision { Verdict = FindingVerdict.Confirmed, By = "analyst" } };

    private static FindingRecord Finding(string id, FindingKind kind, Severity severity, bool kev = false) => new()
    {
        Engagement = new EngagementId(1),
        Identity = new FindingIdentity("1310000019", new LineId("L1"), Transport.Tcp, 443, id),
        Machine = new ScanFinding { Id = id, Kind = kind, Protocol = Transport.Tcp, Port = 443, Severity = severity, Kev = kev, Qod = 80, TitleJa = "題", Evidence = "" },
        FirstSeen = Tuesday,
        LastSeen = Tuesday,
    };
}
