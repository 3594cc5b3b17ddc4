using Newtonsoft.Json.Linq;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>Hearings as hospitals type them.</summary>
internal static class Hearings
{
    internal static readonly DateTimeOffset WindowStart = new(2027, 2, 16, 22, 0, 0, TimeSpan.FromHours(9));
    internal static readonly DateTimeOffset WindowEnd = new(2027, 2, 17, 5, 0, 0, TimeSpan.FromHours(9));

    /// <summary>One fixed line on loopback, looked after by the hospital itself and not monitored: nobody else is asked.</summary>
    internal static JObject Simple(string address = "127.0.0.1") => new()
    {
        ["医療機関名"] = Value("試験中央病院"),
        ["医療機関コード"] = Value("1310000011"),
        ["都道府県"] = Value("東京都"),
        ["担当者名"] = Value("情報担当"),
        ["担当者役職"] = Value("主任"),
        ["担当者メールアドレス"] = Value("jyoho@hospital.example"),
        ["担当者電話番号"] = Value("03-0000-0001"),
        ["静観対応"] = Value("依頼しない"),
        ["対象回線"] = Rows(new JObject
        {
            ["回線ID"] = Value("L1"),
            ["回線名"] = Value("本館"),
            ["グローバルIP利用"] = Value("あり"),
            ["通信形態"] = Value("インターネット"),
            ["接続方式"] = Value("PPPoE"),
            ["固定IP動的IP"] = Value("固定IP"),
            ["グローバルIPアドレス連携"] = Value("連携あり"),
            ["グローバルIPアドレス"] = Value(address),
            ["FQDN連携"] = Value("連携なし"),
            ["機器種別"] = Value("UTM"),
            ["メーカー"] = Value("Fortinet"),
            ["型番"] = Value("FortiGate 60F"),
            ["電子カルテ接続"] = Value("なし"),
            ["監視"] = Value("なし"),
            ["自院管理"] = Value(new JArray("自院で管理")),
            ["同意者"] = Value("病院長"),
            ["同意者役職"] = Value("院長"),
            ["同意日"] = Value("2027-02-01"),
            ["アカウント診断"] = Value("不可"),
        }),
        ["診断候補日時"] = Rows(Window(WindowStart, WindowEnd), Window(WindowStart.AddDays(2), WindowEnd.AddDays(2))),
    };

    /// <summary>The same with a vendor that must approve the line.</summary>
    internal static JObject WithVendor(string address = "127.0.0.1")
    {
        var hearing = Simple(address);
        hearing["対象回線"]!["value"]![0]!["value"]!["自院管理"] = Value(new JArray());
        hearing["ベンダ"] = Rows(new JObject
        {
            ["ベンダ回線ID"] = Value("L1"),
            ["ベンダ役割"] = Value("保守"),
            ["ベンダ名"] = Value("試験ネットワーク"),
            ["ベンダ担当者"] = Value("佐藤"),
            ["ベンダメールアドレス"] = Value("support@vendor.example"),
        });
        return hearing;
    }

    internal static JObject Value(JToken value) => new() { ["value"] = value };

    private static JObject Window(DateTimeOffset start, DateTimeOffset end) => new()
    {
        ["候補開始"] = Value(start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)),
        ["候補終了"] = Value(end.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static JObject Rows(params JObject[] rows) => Value(new JArray(rows.Select(static row => Value(row))));
}
