using CsCheck;
using VulnDiag.Domain.Data;
using VulnDiag.Domain.Hearing;
using VulnDiag.TestSupport;

namespace VulnDiag.Domain.Triage;

public sealed class TriageCsvTests
{
    private static readonly string[] Header = ["line_id", "global_ip", "communication", "addressing", "address", "fqdn", "access"];

    [Theory]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,", "2", "○", "none")]
    [InlineData("L1,あり,インターネット,固定IP,８．８．８．８,連携なし", "2", "○", "none")]
    [InlineData("L1,あり,インターネット,固定IP,連携なし,vpn.example.jp", "3", "△", "meeting")]
    [InlineData("L1,あり,インターネット,固定IP,,", "4", "×", "none")]
    [InlineData("L1,あり,インターネット,動的IP,8.8.8.8,vpn.example.jp", "5", "△", "meeting")]
    [InlineData("L1,あり,インターネット,動的IP,8.8.8.8,", "6", "△", "same_day_ip_check")]
    [InlineData("L1,あり,インターネットＶＰＮ,動的IP,,VPN.EXAMPLE.JP.", "15", "△", "meeting")]
    [InlineData("L1,あり,インターネットVPN,固定IP,2001:4860:4860::8888,", "10", "○", "none")]
    [InlineData("L1,　あり ,インターネット,固定ＩＰ, 8.8.8.8 ,　", "2", "○", "none")]
    [InlineData("L1,あり,閉域網,わからない,10.0.0.1,http://x", "17", "×", "none")]
    [InlineData("L1,なし,,,ちがう,?", "18", "×", "none")]
    [InlineData("L1,わからない,閉域網,,10.0.0.1,", "19", "×", "meeting")]
    [InlineData("L1,あり,わからない,固定IP,10.0.0.1,", "", "△", "meeting")]
    [InlineData("L1,あり,インターネット,わからない,8.8.8.8,", "", "△", "meeting")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,MAP-E", "", "△", "meeting")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,ＤＳ－Ｌｉｔｅ", "", "△", "meeting")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,map‐e", "", "△", "meeting")]
    [InlineData("L1,あり,インターネット,固定IP,2001:4860:4860::8888,,DS-Lite", "2", "○", "none")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,PPPoE", "2", "○", "none")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,わからない", "2", "○", "none")]
    [InlineData("L1,なし", "18", "×", "none")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,,,,", "2", "○", "none")]
    [InlineData("L1,あり,インターネット,固定IP,連携あり,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定IP,10.0.0.1,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定IP,100.64.0.1,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,https://vpn.example.jp/", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,v6プラス", "", "incomplete", "")]
    [InlineData("L1,,インターネット,固定IP,8.8.8.8,", "", "incomplete", "")]
    [InlineData("L1,はい,インターネット,固定IP,8.8.8.8,", "", "incomplete", "")]
    [InlineData("L1,あり,,固定IP,8.8.8.8,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,,8.8.8.8,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定,8.8.8.8,", "", "incomplete", "")]
    [InlineData("L1,あり,インターネット,固定IP,8.8.8.8,,,あまり", "", "incomplete", "")]
    [InlineData(",,,,,,", "", "incomplete", "")]
    [InlineData("", "", "incomplete", "")]
    public void A_row_is_judged(string row, string no, string decision, string requirement)
    {
        var answer = TriageCsv.Decide(Header, [EmbeddedCsv.Cells(row)], []).Single();

        (answer.No, answer.Decision, answer.Requirement).ShouldBe((no, decision, requirement));
        answer.Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void The_line_id_comes_back_as_given_and_rows_in_order() =>
        TriageCsv.Decide(Header, [["Ｌ１ ", "なし"], ["L1", "なし"], ["", "わからない"]], []).Select(static answer => answer.LineId).ShouldBe(["Ｌ１ ", "L1", ""]);

    [Fact]
    public void An_incomplete_row_says_in_a_sentence_what_is_wrong() =>
        TriageCsv.Decide(Header, [["L7", "あり", "インターネット", "固定IP", "10.0.0.1", ""]], []).Single().Reason
            .ShouldBe("回線「L7」の「グローバルIPアドレス」の「10.0.0.1」は組織内で使うプライベートアドレスです。インターネット側のグローバルIPアドレスをご記入ください。");

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        TriageCsv.Decide(["fqdn", "address", " ADDRESSING ", "ｃｏｍｍｕｎｉｃａｔｉｏｎ", "global_ip", "line_id", "memo"],
            [["", "8.8.8.8", "固定IP", "インターネット", "あり", "L1", "x"]], []).Single().No.ShouldBe("2");
        TriageCsv.MissingColumns(["line_id", "global_ip"]).ShouldBe(["communication", "addressing", "address", "fqdn"]);
        Should.Throw<ArgumentException>(static () => TriageCsv.Decide(["line_id"], [], []));
    }

    [Fact]
    public void Any_cells_get_an_answer_with_a_reason() =>
        HearingNormalizerTests.Texts.Array[0, 9].Sample(static cells =>
        {
            var answer = TriageCsv.Decide(Header, [cells], []).Single();
            return answer.Reason.Length > 0 && answer.Decision.Length > 0 && (answer.Decision != "incomplete" || (answer.No.Length == 0 && answer.Requirement.Length == 0));
        });

    [Fact]
    public void The_guides_19_rows_come_out_as_they_stand()
    {
        foreach (var row in File.ReadLines(SharedMaterial.PathOf("reference/triage-table.csv")).Skip(1).Select(EmbeddedCsv.Cells))
        {
            static string Typed(string cell, string value) => cell switch { "連携あり" => value, "-" => "", _ => cell };
            string[] cells = [$"L{row[0]}", row[1], Typed(row[2], ""), Typed(row[3], ""), Typed(row[4], "8.8.8.8"), Typed(row[5], "vpn.example.jp")];

            var answer = TriageCsv.Decide(Header, [cells], []).Single();

            (answer.No, answer.Decision, answer.Requirement).ShouldBe((row[0], row[6], row[7]));
            if (row[8].Length > 0) answer.Reason.ShouldBe(row[8]);
        }
    }
}
