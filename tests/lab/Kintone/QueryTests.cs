using System.Net;
using CsCheck;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Query;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>Expectations from kintone's "クエリの書き方" and the measurements in ../shared/kintone/RULES.md.</summary>
public sealed class QueryTests(QueryTests.Records records) : IClassFixture<QueryTests.Records>
{
    [Theory]
    [InlineData("text = \"alpha\"", 1)]
    [InlineData("text != \"alpha\"", 2, 3)]
    [InlineData("text in (\"alpha\", \"\")", 1, 3)]
    [InlineData("text like \"keyword\"", 2)]
    [InlineData("text like \"key\"")]
    [InlineData("text not like \"keyword\"", 1, 3)]
    [InlineData("long like \"東京\"", 1)]
    [InlineData("long is empty", 2, 3)]
    [InlineData("long is not empty", 1)]
    [InlineData("num > 10", 2)]
    [InlineData("num >= 10 and num <= \"20\"", 1, 2)]
    [InlineData("num = \"\"", 3)]
    [InlineData("num in (10, 99)", 1)]
    [InlineData("kind in (\"x\")", 1)]
    [InlineData("kind not in (\"x\")", 2, 3)]
    [InlineData("kind in (\"\")", 3)]
    [InlineData("tags in (\"p\")", 1, 2)]
    [InlineData("tags not in (\"q\")", 1, 3)]
    [InlineData("day = TODAY()", 1)]
    [InlineData("day < TODAY()", 2)]
    [InlineData("day = FROM_TODAY(-1, DAYS)", 2)]
    [InlineData("day = THIS_MONTH()", 1, 2)]
    [InlineData("day = \"2026-11-24\"", 1)]
    [InlineData("at >= \"2026-11-24T09:00:00+09:00\"", 1)]
    [InlineData("at < NOW()", 1)]
    [InlineData("time > \"08:00\"", 1)]
    [InlineData("who in (\"hospital-a\")", 1)]
    [InlineData("who in (LOGINUSER())")]
    [InlineData("作成者 in (LOGINUSER())", 1, 2, 3)]
    [InlineData("item in (\"a\")", 1, 2)]
    [InlineData("item in (\"a\") and amount > 5", 2)]
    [InlineData("item not in (\"a\")", 3)]
    [InlineData("$id = 2", 2)]
    [InlineData("$id > 1 and $id < 3", 2)]
    [InlineData("レコード番号 in (1, 3)", 1, 3)]
    [InlineData("text = \"alpha\" or num = 20 and kind in (\"y\")", 1, 2)]
    [InlineData("(text = \"alpha\" or num = 20) and kind in (\"y\")", 2)]
    [InlineData("更新日時 > \"2026-11-24T01:02:02Z\"", 1, 2, 3)]
    [InlineData("更新日時 > \"2026-11-24T01:02:03Z\"")]
    public async Task A_condition_finds_what_kintone_would(string query, params int[] found) =>
        (await records.Admin.Ids(records.App, query + " order by $id asc")).ShouldBe(found.Select(id => (long)id));

    [Theory]
    [InlineData("", 3, 2, 1)]
    [InlineData("order by num desc", 2, 1, 3)]
    [InlineData("order by num asc, $id asc limit 2", 3, 1)]
    [InlineData("limit 1 offset 1", 2)]
    [InlineData("order by text asc　limit 2", 3, 2)]
    public async Task Order_and_page_are_kept(string query, params int[] found) =>
        (await records.Admin.Ids(records.App, query)).ShouldBe(found.Select(id => (long)id));

    [Theory]
    [InlineData("nothing = \"x\"", "GAIA_IQ11")]
    [InlineData("num like \"1\"", "GAIA_IQ03")]
    [InlineData("long = \"x\"", "GAIA_IQ03")]
    [InlineData("kind = \"x\"", "GAIA_IQ03")]
    [InlineData("text is empty", "GAIA_IQ03")]
    [InlineData("item = \"a\"", "GAIA_IQ07")]
    [InlineData("kind in (\"z\")", "GAIA_IQ10")]
    [InlineData("day = FROM_TODAY(x, DAYS)", "GAIA_IQ23")]
    [InlineData("day = FROM_TODAY(1, HOURS)", "GAIA_IQ25")]
    [InlineData("day = TODAY(1)", "GAIA_IL08")]
    [InlineData("limit 501", "GAIA_QU01")]
    [InlineData("offset 10001", "GAIA_QU02")]
    [InlineData("text = 'alpha'", "CB_VA01")]
    [InlineData("text = \"al\npha\"", "CB_VA01")]
    [InlineData("text = \"open", "CB_VA01")]
    [InlineData("text =", "CB_VA01")]
    [InlineData("(text = \"a\"", "CB_VA01")]
    public async Task A_faulty_query_is_refused_with_kintones_code(string query, string code)
    {
        var answer = await records.Admin.Query(records.App, query);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(code);
        if (code == "CB_VA01") answer.Errors("query").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Fields_and_total_count_are_given_only_as_asked()
    {
        var answer = Ok(await records.Admin.Query(records.App, "limit 1", "&fields[0]=text&fields[1]=item&totalCount=true"));
        ((string)answer.Body["totalCount"]!).ShouldBe("3");
        var record = (Newtonsoft.Json.Linq.JObject)answer.Body["records"]![0]!;
        record.Properties().Select(property => property.Name).Order().ShouldBe(["rows", "text"]);
        Ok(await records.Admin.Query(records.App, "")).Body["totalCount"]!.Type.ShouldBe(Newtonsoft.Json.Linq.JTokenType.Null);
    }

    [Fact]
    public void Any_text_is_a_query_or_a_refusal()
    {
        string[] words = ["a", "and", "or", "not", "in", "like", "is", "empty", "order", "by", "limit", "offset", "(", ")", "\"x\"", "\"", "=", "!", "!=", ">=", ",", "1", "NOW()", "\\", "　", "\ud800"];
        Gen.OneOf(Gen.Int[0, words.Length - 1].Array[0, 30].Select(parts => string.Join(' ', parts.Select(part => words[part]))), Gen.String).Sample(text =>
        {
            try
            {
                QueryParser.Parse(text);
            }
            catch (Refusal refusal)
            {
                refusal.Status.ShouldBe(400);
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Deep_parentheses_are_refused_and_do_not_end_the_process() =>
        Should.Throw<Refusal>(() => QueryParser.Parse(new string('(', 100_000))).Code.ShouldBe("CB_VA01");

    [Fact]
    public void Any_text_can_be_searched_for_words() => Gen.Select(Gen.String, Gen.String).Sample((text, sought) => { _ = WordSearch.Finds(text, sought); }, iter: 5_000);

    /// <summary>Three records to ask for.</summary>
    public sealed class Records : IAsyncLifetime
    {
        private readonly KintoneFixture _kintone = new();

        public long App { get; private set; }

        public KintoneSession Admin { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await _kintone.InitializeAsync();
            Admin = _kintone.Admin;
            App = await _kintone.App(new Dictionary<string, object>
            {
                ["text"] = new { type = "SINGLE_LINE_TEXT" },
                ["long"] = new { type = "MULTI_LINE_TEXT" },
                ["num"] = new { type = "NUMBER" },
                ["kind"] = new { type = "DROP_DOWN", options = new { x = new { label = "x", index = 0 }, y = new { label = "y", index = 1 } } },
                ["tags"] = new { type = "CHECK_BOX", options = new { p = new { label = "p", index = 0 }, q = new { label = "q", index = 1 } } },
                ["day"] = new { type = "DATE" },
                ["at"] = new { type = "DATETIME" },
                ["time"] = new { type = "TIME" },
                ["who"] = new { type = "USER_SELECT" },
                ["rows"] = new { type = "SUBTABLE", fields = new { item = new { type = "SINGLE_LINE_TEXT" }, amount = new { type = "NUMBER" } } },
            });
            await _kintone.AddRecord(App, Admin, ("text", "alpha"), ("long", "ここは東京都です"), ("num", 10), ("kind", "x"), ("tags", new[] { "p" }), ("day", "2026-11-24"), ("at", "2026-11-24T00:30:00Z"), ("time", "09:30"), ("who", new[] { new { code = "hospital-a" } }), ("rows", new[] { Row("a", 1), Row("b", 9) }));
            await _kintone.AddRecord(App, Admin, ("text", "a keyword here"), ("long", " \n"), ("num", 20), ("kind", "y"), ("tags", new[] { "p", "q" }), ("day", "2026-11-23"), ("rows", new[] { Row("a", 7) }));
            await _kintone.AddRecord(App, Admin, ("num", ""));
        }

        public ValueTask DisposeAsync() => _kintone.DisposeAsync();

        private static object Row(string item, int amount) => new { value = Values(("item", item), ("amount", amount)) };
    }
}
