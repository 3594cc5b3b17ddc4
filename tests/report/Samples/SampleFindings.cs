using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;

namespace VulnDiag.Report.Samples;

/// <summary>Findings of every kind, rating, change and decision.</summary>
internal static class SampleFindings
{
    internal static CheckTexts Texts { get; } = new(new Dictionary<string, CheckText>(StringComparer.Ordinal)
    {
        ["telnet-exposed"] = new(
            "telnet がインターネットから接続できます",
            "telnet は通信を暗号化しないため、管理者のパスワードが経路上で読み取られます。ルータや医療機器が乗っ取られる入口になります。",
            "telnet を止め、SSH などの暗号化された手段に替えてください。外部から管理しない場合は、ファイアウォールで閉じてください。",
            "医療機関におけるサイバーセキュリティ対策チェックリスト：不要なソフトウェアやサービスを停止している"),
        ["rdp-exposed"] = new(
            "リモートデスクトップがインターネットから接続できます",
            "外部からの総当たりや弱点を突く攻撃の標的になりやすく、ランサムウェア被害の主な侵入口の一つです。",
            "インターネットからの接続を閉じ、必要な場合は多要素認証のある VPN を経由してください。",
            ""),
    });

    internal static IReadOnlyList<ScanFinding> OfVpnBox { get; } =
    [
        Cve("CVE-2024-90001", 8443, 9.8m, "Kakuu SSL-VPN 6.0.4 に、認証なしで任意の処理を実行される弱点があります", kev: true, jvn: "JVNDB-2024-000123", epss: 0.94m),
        Cve("CVE-2023-90002", 8443, 7.5m, "Kakuu SSL-VPN 6.0.4 に、設定情報を読み取られる弱点があります", epss: 0.021m),
        Cve("CVE-2022-90003", 8443, 5.3m, "Kakuu SSL-VPN 6.0.4 に、利用者名の存在を調べられる弱点があります", epss: 0.0004m),
        Cve("CVE-2018-90004", 22, 5.3m, "OpenSSH 7.4 に、利用者名の存在を調べられる弱点があります", qod: 30),
        Cve("CVE-2016-90005", 22, 3.1m, "OpenSSH 7.4 に、限られた条件で情報が漏れる弱点があります", qod: 30),
        Other("rdp-exposed", FindingKind.Exposure, Transport.Tcp, 3389, Severity.Act, "リモートデスクトップが公開されています", "接続要求に対して、リモートデスクトップの応答がありました。"),
        Other("tls-old", FindingKind.Tls, Transport.Tcp, 443, Severity.Recommended, "古い暗号化方式（TLS 1.0／1.1）が有効です", "TLSv1.0: TLS_RSA_WITH_AES_128_CBC_SHA\nTLSv1.1: TLS_RSA_WITH_AES_128_CBC_SHA\nTLSv1.2: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        Other("snmp-public", FindingKind.Account, Transport.Udp, 161, Severity.Act, "SNMP が初期設定の合言葉（public）で読み取れます", "sysDescr.0 = Linux vpn 3.10.0-1160.el7.x86_64 #1 SMP " + string.Concat(Enumerable.Repeat("x86_64 GNU/Linux ", 60))),
        Other("dicom-exposed", FindingKind.Exposure, Transport.Tcp, 11112, Severity.Act, "医用画像の通信（DICOM）がインターネットから接続できます", "TCP 11112 で接続を受け付けました。"),
        Other("eol-apache", FindingKind.EndOfLife, Transport.Tcp, 80, Severity.Recommended, "サポートの終了した OS（CentOS 7）で動いています", "Server: Apache/2.4.6 (CentOS)"),
    ];

    internal static IReadOnlyList<ScanFinding> OfRemote { get; } =
    [
        Other("telnet-exposed", FindingKind.Exposure, Transport.Tcp, 23, Severity.Act, "telnet が公開されています", "KN-500 login:"),
        Other("http-management", FindingKind.Exposure, Transport.Tcp, 8080, Severity.Act, "ルータの管理画面がインターネットから開けます", "<title>KN-500 設定</title><script>alert(1)</script>"),
    ];

    internal static IReadOnlyList<FindingRecord> All() =>
    [
        Record("L1", OfVpnBox[0], FindingChange.New),
        Record("L1", OfVpnBox[1], FindingChange.New),
        Record("L1", OfVpnBox[2], FindingChange.StillThere),
        Record("L1", OfVpnBox[3], FindingChange.StillThere, new() { Verdict = FindingVerdict.FalsePositive, Reason = "修正が取り込まれた版であることを保守ベンダに確認", By = "analyst", Expires = new DateOnly(2027, 11, 30) }),
        Record("L1", OfVpnBox[4], FindingChange.StillThere, new() { Verdict = FindingVerdict.FalsePositive, Reason = "修正済みとの回答", By = "analyst", Expires = new DateOnly(2026, 10, 31) }),
        Record("L1", OfVpnBox[5], FindingChange.New, new() { Verdict = FindingVerdict.Confirmed, ReRated = Severity.Act, By = "analyst" }),
        Record("L1", OfVpnBox[6], FindingChange.StillThere, new() { Verdict = FindingVerdict.AcceptedRisk, Reason = "古い検査機器が TLS 1.0 だけに対応しているため。2027年3月の機器更新で解消の予定", By = "analyst", Expires = new DateOnly(2027, 3, 31) }),
        Record("L1", OfVpnBox[7], FindingChange.New),
        Record("L1", OfVpnBox[8], FindingChange.New),
        Record("L1", OfVpnBox[9], FindingChange.New, new() { Verdict = FindingVerdict.Confirmed, ReRated = Severity.Act, Reason = "電子カルテの網とつながるため", By = "analyst" }),
        Record("L2", OfRemote[0], FindingChange.New),
        Record("L2", OfRemote[1], FindingChange.New),
        Record("L1", Other("cert-expired", FindingKind.Tls, Transport.Tcp, 443, Severity.Act, "証明書の期限が切れています", ""), FindingChange.Fixed),
        Record("L2", Other("dns-open-resolver", FindingKind.Exposure, Transport.Udp, 53, Severity.Recommended, "外部からの名前解決に応じています", ""), FindingChange.NotExamined),
    ];

    internal static FindingRecord Record(string line, ScanFinding machine, FindingChange change, FindingDecision? decision = null) => new()
    {
        Engagement = SampleReport.Id,
        Identity = new FindingIdentity("1312345674", new LineId(line), machine.Protocol, machine.Port, machine.Id),
        Machine = machine,
        FirstSeen = change is FindingChange.New ? SampleScans.Start.AddHours(2) : SampleScans.Start.AddDays(-360),
        LastSeen = change is FindingChange.Fixed or FindingChange.NotExamined ? SampleScans.Start.AddDays(-360) : SampleScans.Start.AddHours(3),
        Change = change,
        Decision = decision ?? new() { Verdict = FindingVerdict.Confirmed, By = "analyst" },
    };

    internal static ScanFinding Other(string id, FindingKind kind, Transport protocol, int port, Severity severity, string title, string evidence) => new()
    {
        Id = id,
        Kind = kind,
        Protocol = protocol,
        Port = port,
        Severity = severity,
        Qod = 95,
        TitleJa = title,
        Evidence = evidence,
    };

    private static ScanFinding Cve(string id, int port, decimal score, string title, bool kev = false, string? jvn = null, decimal? epss = null, int qod = 80) => new()
    {
        Id = id,
        Kind = FindingKind.Vulnerability,
        Protocol = Transport.Tcp,
        Port = port,
        Severity = Severities.OfScore(score),
        Cvss = new CvssScore("3.1", score, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        Cve = [id],
        Kev = kev,
        Epss = epss,
        Jvn = jvn is null ? [] : [jvn],
        Qod = qod,
        TitleJa = title,
        Evidence = port == 22 ? "SSH-2.0-OpenSSH_7.4" : "Server: Kakuu SSL-VPN/6.0.4",
    };
}
