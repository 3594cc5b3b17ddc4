using CsCheck;
using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Hearing;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Mapping;

public sealed class RecordShapeTests
{
    private static readonly string[] Odd = ["2026-11-24T01:30:00Z", "あり", "○", "1e999", "-1", "9999999999999999999999", "2026-13-45"];

    private static readonly Gen<JToken> Value = Gen.OneOf<JToken>(
        Gen.Const<JToken>(JValue.CreateNull()),
        Gen.String.Select(static text => (JToken)new JValue(text)),
        Gen.Long.Select(static number => (JToken)new JValue(number)),
        Gen.Int[0, Odd.Length - 1].Select(static index => (JToken)new JValue(Odd[index])),
        Gen.String.Array[0, 3].Select(static texts => (JToken)new JArray(texts)),
        Gen.String.Select(static text => (JToken)new JArray(new JObject { ["code"] = text, ["value"] = new JObject { ["回線ID"] = new JObject { ["value"] = text } } })));

    [Fact]
    public void A_record_of_any_shape_is_read_or_named_as_drifted()
    {
        var codes = Enum.GetValues<EngagementField>().Select(static field => field.Code()).Append("$id").Append("$revision").ToList();
        Value.Array[codes.Count].Sample(values =>
        {
            var record = new JObject(codes.Zip(values, static (code, value) => new JProperty(code, new JObject { ["value"] = value.DeepClone() })));
            try
            {
                EngagementMapping.Read(record, static _ => new HearingRecord());
            }
            catch (Exception named) when (named is RecordShapeException or KintoneException)
            {
                named.Message.ShouldNotBeEmpty();
            }
        });
    }

    [Fact]
    public void A_field_that_is_not_there_is_not_taken_for_a_blank_one() =>
        Should.Throw<RecordShapeException>(static () => HearingMapping.Read(new JObject { ["医療機関名"] = new JObject { ["value"] = "x" } })).Field.ShouldBe("医療機関コード");

    [Fact]
    public void A_query_quotes_whatever_people_typed() => Gen.String.Sample(static typed =>
    {
        var query = KintoneQuery.All.Equal("f", typed).ToString();
        query.ShouldStartWith("f = \"");
        query.ShouldEndWith("\"");
        var inside = query[5..^1];
        for (var index = 0; index < inside.Length; index++)
        {
            char.IsControl(inside[index]).ShouldBeFalse();
            inside[index].ShouldNotBe('"');
            if (inside[index] == '\\') "\"\\tn".ShouldContain(inside[++index].ToString());
        }
    });

    [Fact]
    public void Conditions_order_and_limit_stand_in_kintones_order() => KintoneQuery.All
        .In("区分", "送信", "受信").Above("$id", 5).NotBefore("更新日時", new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(9))).OrderBy("$id").Take(500).ToString()
        .ShouldBe("区分 in (\"送信\", \"受信\") and $id > \"5\" and 更新日時 >= \"2026-11-24T01:00:00Z\" order by $id asc limit 500");

    [Fact]
    public void Rows_take_the_ids_of_the_rows_they_were()
    {
        var stored = JArray.Parse("[{'id':'7','value':{'k':{'value':'a'},'v':{'value':'1'}}},{'id':'8','value':{'k':{'value':'b'}}},{'id':'9','value':{'k':{'value':'a'}}}]");
        var sent = JArray.Parse("[{'value':{'k':{'value':'b'}}},{'value':{'k':{'value':'a'}}},{'value':{'k':{'value':'c'}}},{'value':{'k':{'value':'a'}}},{'value':{'k':{'value':'a'}}}]");
        TableRows.WithIds(stored, sent, ["k"]).Select(static row => (string?)row["id"]).ShouldBe(["8", "7", null, "9", null]);
    }
}
