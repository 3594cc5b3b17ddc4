using System.Net;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Triage;
using VulnDiag.Model;

namespace VulnDiag.Report.Samples;

/// <summary>A hospital with lines of every kind: scanned with findings, scanned clean, cut short, out of scope, deferred.</summary>
internal static class SampleReport
{
    internal const string HospitalName = "医療法人社団 髙﨑会 みなと中央病院";

    internal static readonly DateOnly Made = new(2026, 11, 24);
    internal static readonly EngagementId Id = new(123);

    internal static EngagementReportInput Input(bool draft = false, bool withPrevious = true) => new()
    {
        Engagement = Engagement(),
        Results = [SampleScans.VpnBox(), SampleScans.Remote(), SampleScans.Clean()],
        Findings = withPrevious ? SampleFindings.All() : [.. SampleFindings.All().Where(static finding => finding.Change is FindingChange.New or FindingChange.StillThere)],
        Texts = SampleFindings.Texts,
        Operator = "しおさい診断センター株式会社",
        Edition = 1,
        Draft = draft,
        Made = Made,
        Analyst = "分析 花子",
        Approver = "承認 太郎",
        Previous = withPrevious ? new PreviousReport(new EngagementId(45), new DateOnly(2025, 12, 5)) : null,
    };

    internal static ReportModel Model(bool draft = false, bool withPrevious = true) => ReportModelBuilder.OfEngagement(Input(draft, withPrevious));

    internal static ReportModel OwnScan() => ReportModelBuilder.OfScan(new ScanReportInput(
        SampleScans.VpnBox() with { Line = "" }, SampleFindings.Texts, "しおさい診断センター株式会社", Made));

    internal static Engagement Engagement(string hospital = HospitalName) => new()
    {
        Id = Id,
        Revision = 40,
        State = EngagementState.Issuing,
        Answers = new HearingAnswers { HospitalName = hospital },
        Hearing = new HearingRecord
        {
            HospitalName = hospital,
            HospitalCode = "1312345674",
            Prefecture = "東京都",
            Lines = Lines,
        },
        Facts = new EngagementFacts
        {
            Lines = LineFacts,
            Summary = """
                保守用の回線（L1）に、実際の攻撃で使われている弱点を持つVPN装置があり、電子カルテの網とつながっています。最優先で更新をお願いします。
                遠隔読影の回線（L2）では、telnet による管理画面が外部に開いています。使っていない場合は閉じるだけで解消します。
                前回ご指摘した Web サーバの証明書の期限切れは、解消を確認しました。
                """,
            ReportDue = new DateOnly(2026, 12, 25),
            Edition = 1,
        },
    };

    private static IReadOnlyList<Line> Lines =>
    [
        Line("L1", "保守用VPN回線", Communication.InternetVpn, Addressing.Fixed, YesNoUnknown.Yes) with
        {
            Access = AccessTechnology.Ipoe,
            Address = IPAddress.Parse("198.18.0.10"),
            DeviceKind = "VPN装置",
            Maker = "架空ネットワークス",
            Model = "KN-2200",
            Vendors = [Vendor(VendorRole.Maintenance, "みなとメディカルシステム株式会社"), Vendor(VendorRole.Monitoring, "みなとメディカルシステム株式会社"), Vendor(VendorRole.MedicalRecords, "東都電子カルテサービス株式会社")],
            Consent = new Consent("港 一郎", "事務長", new DateOnly(2026, 10, 1), AccountChecks: true),
        },
        Line("L2", "遠隔読影回線", Communication.Internet, Addressing.Dynamic, YesNoUnknown.Unknown) with
        {
            Access = AccessTechnology.Pppoe,
            DeviceKind = "ルータ",
            Maker = "架空ネットワークス",
            Model = "KN-500",
            Vendors = [Vendor(VendorRole.Circuit, "北画像ネット株式会社")],
            Consent = new Consent("港 一郎", "事務長", new DateOnly(2026, 10, 1), AccountChecks: false),
        },
        Line("L3", "予約サイト", Communication.Internet, Addressing.Fixed, YesNoUnknown.No) with { Fqdn = "yoyaku.example.jp", SelfManaged = true },
        Line("L4", "地域連携ネットワーク", Communication.ClosedNetwork, null, YesNoUnknown.Yes),
        Line("L5", "職員用インターネット", Communication.Internet, Addressing.Fixed, YesNoUnknown.No),
        Line("L6", "健診センター", Communication.Internet, Addressing.Dynamic, YesNoUnknown.No) with { Vendors = [Vendor(VendorRole.Circuit, "北画像ネット株式会社")] },
    ];

    private static IReadOnlyList<LineFacts> LineFacts =>
    [
        Facts("L1", new TriageResult(10, Decision.Go, Requirement.None, ""), LineOutcome.Done),
        Facts("L2", new TriageResult(6, Decision.Conditional, Requirement.SameDayIpCheck, "診断日当日、医療機関によるグローバルIPの確認必須"), LineOutcome.Stopped, "診断を途中で停止しました（window-closed: The last window ended at 2026-11-13.）。"),
        Facts("L3", new TriageResult(1, Decision.Conditional, Requirement.Meeting, "対象がサーバの可能性あるため"), LineOutcome.Done) with { Meeting = MeetingOutcome.Feasible },
        Facts("L4", new TriageResult(17, Decision.No, Requirement.None, "閉域網の回線のため"), LineOutcome.OutOfScope, "閉域網の回線のため、診断の対象外です。"),
        Facts("L5", new TriageResult(4, Decision.No, Requirement.None, "グローバルIPアドレスもFQDNも連携されていないため"), LineOutcome.OutOfScope, "グローバルIPアドレスもFQDNも連携されていないため、診断の対象外です。"),
        Facts("L6", new TriageResult(6, Decision.Conditional, Requirement.SameDayIpCheck, "診断日当日、医療機関によるグローバルIPの確認必須"), LineOutcome.Deferred, "当日のグローバルIPアドレスを確認できる職員が不在のため、次回に見送りました。"),
    ];

    private static Line Line(string id, string name, Communication communication, Addressing? addressing, YesNoUnknown records) => new()
    {
        Id = new LineId(id),
        Name = name,
        GlobalIp = YesNoUnknown.Yes,
        Communication = communication,
        Addressing = addressing,
        MedicalRecords = records,
        MonitoredAnswer = YesNoUnknown.Yes,
    };

    private static LineFacts Facts(string id, TriageResult triage, LineOutcome outcome, string reason = "") =>
        new() { Id = new LineId(id), Triage = triage, Outcome = outcome, OutcomeReason = reason };

    private static Vendor Vendor(VendorRole role, string company) =>
        new(role, company, "担当 次郎", $"v{company.Length}-{(int)company[0]:x}@vendor.example");
}
