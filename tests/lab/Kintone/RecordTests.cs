using System.Net;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

public sealed class RecordTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    private static readonly object Fields = new Dictionary<string, object>
    {
        ["name"] = new { type = "SINGLE_LINE_TEXT", maxLength = 5, required = true },
        ["code"] = new { type = "SINGLE_LINE_TEXT", unique = true },
        ["count"] = new { type = "NUMBER", maxValue = "100", defaultValue = "7" },
        ["kind"] = new { type = "DROP_DOWN", options = new { x = new { label = "x", index = 0 }, y = new { label = "y", index = 1 } } },
        ["tags"] = new { type = "CHECK_BOX", options = new { p = new { label = "p", index = 1 }, q = new { label = "q", index = 0 } } },
        ["day"] = new { type = "DATE" },
        ["at"] = new { type = "DATETIME" },
        ["who"] = new { type = "USER_SELECT" },
        ["rows"] = new { type = "SUBTABLE", fields = new { item = new { type = "SINGLE_LINE_TEXT" }, amount = new { type = "NUMBER" } } },
    };

    [Fact]
    public async Task A_record_reads_back_with_strings_for_numbers_and_types_for_all()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "abc"), ("count", 1.5), ("tags", new[] { "p", "q" }), ("at", "2026-11-24T10:00:59+09:00"), ("day", "2026-11"), ("who", new[] { new { code = "hospital-a" } }));
        var record = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!;
        record["$id"]!.ToString(Newtonsoft.Json.Formatting.None).ShouldBe($$"""{"type":"__ID__","value":"{{id}}"}""");
        ((string)record["$revision"]!["value"]!).ShouldBe("1");
        record["count"]!["value"]!.Type.ShouldBe(JTokenType.String);
        ((string)record["at"]!["value"]!).ShouldBe("2026-11-24T01:00:00Z");
        ((string)record["day"]!["value"]!).ShouldBe("2026-11-01");
        record["tags"]!["value"]!.Select(tag => (string)tag!).ShouldBe(["q", "p"]);
        record["who"]!["value"]![0]!.ToString(Newtonsoft.Json.Formatting.None).ShouldBe("""{"code":"hospital-a","name":"A"}""");
        ((string)record["更新日時"]!["value"]!).ShouldBe("2026-11-24T01:02:03Z");
        ((string)record["作成者"]!["value"]!["code"]!).ShouldBe("admin");
        record["ステータス"].ShouldBeNull("process management was never on");
    }

    [Fact]
    public async Task Every_fault_of_a_record_is_named_by_its_path()
    {
        var app = await kintone.App(Fields);
        await kintone.AddRecord(app, kintone.Admin, ("name", "one"), ("code", "taken"));
        var answer = await kintone.Admin.Post("record", new { app, record = Values(("name", "too long"), ("code", "taken"), ("count", "x"), ("kind", "z"), ("tags", new[] { "p", "z" }), ("day", "no")) });
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe("CB_VA01");
        ((string)answer.Body["message"]!).ShouldBe("入力内容が正しくありません。");
        answer.Errors("record.name.value").ShouldBe(["6文字より短くなければなりません。"]);
        answer.Errors("record.code.value").ShouldBe(["値がほかのレコードと重複しています。"]);
        answer.Errors("record[count].value").ShouldBe(["数字でなければなりません。"]);
        answer.Errors("record.kind.value").ShouldBe(["\"z\"は選択肢にありません。"]);
        answer.Errors("record.tags.values[1].value").ShouldBe(["\"z\"は選択肢にありません。"]);
        answer.Errors("record.day.value").ShouldNotBeEmpty();
        (await kintone.Admin.Post("record", new { app, record = Values() })).Errors("record.name.value").ShouldBe(["必須です。"]);
    }

    [Fact]
    public async Task A_stale_revision_changes_nothing()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "one"));
        Ok(await kintone.Admin.Put("record", new { app, id, revision = "1", record = Values(("name", "two")) }));
        var stale = await kintone.Admin.Put("record", new { app, id, revision = 1, record = Values(("name", "three")) });
        stale.Status.ShouldBe(HttpStatusCode.Conflict);
        stale.Code.ShouldBe("GAIA_CO02");
        ((string)Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["name"]!["value"]!).ShouldBe("two");
        Ok(await kintone.Admin.Put("record", new { app, id, revision = -1, record = Values(("name", "four")) })).Body["revision"]!.ToString().ShouldBe("3");
    }

    [Fact]
    public async Task Defaults_fill_only_what_is_absent()
    {
        var app = await kintone.App(Fields);
        var absent = await kintone.AddRecord(app, kintone.Admin, ("name", "one"));
        var empty = await kintone.AddRecord(app, kintone.Admin, ("name", "one"), ("count", ""));
        ((string)Ok(await kintone.Admin.Get("record", $"app={app}&id={absent}")).Body["record"]!["count"]!["value"]!).ShouldBe("7");
        ((string)Ok(await kintone.Admin.Get("record", $"app={app}&id={empty}")).Body["record"]!["count"]!["value"]!).ShouldBe("");
    }

    [Fact]
    public async Task A_tables_rows_keep_their_ids_and_what_is_not_sent_goes()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "one"), ("rows", new[] { new { value = Values(("item", "a")) }, new { value = Values(("item", "b"), ("amount", "no number")) } }));
        var rows = Rows(await kintone.Admin.Get("record", $"app={app}&id={id}"));
        rows.Count.ShouldBe(2);
        ((string)rows[1]["value"]!["amount"]!["value"]!).ShouldBe("", "kintone drops a non-number in a table");

        var kept = (string)rows[1]["id"]!;
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("rows", new object[] { new { id = kept, value = Values(("amount", 3)) }, new { value = Values(("item", "c")) } })) }));
        var after = Rows(await kintone.Admin.Get("record", $"app={app}&id={id}"));
        after.Count.ShouldBe(2);
        ((string)after[0]["id"]!).ShouldBe(kept);
        ((string)after[0]["value"]!["item"]!["value"]!).ShouldBe("b");
        ((string)after[0]["value"]!["amount"]!["value"]!).ShouldBe("3");
        ((string)after[1]["id"]!).ShouldNotBe((string)rows[0]["id"]!);
    }

    [Fact]
    public async Task A_batch_is_all_or_nothing_and_names_the_record_at_fault()
    {
        var app = await kintone.App(Fields);
        var answer = await kintone.Admin.Post("records", new { app, records = new[] { Values(("name", "one")), Values(("name", "too long")) } });
        answer.Errors("records[1].name.value").ShouldNotBeEmpty();
        (await kintone.Admin.Ids(app, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upsert_inserts_and_updates_by_key()
    {
        var app = await kintone.App(Fields);
        object Record(string key, string name) => new { updateKey = new { field = "code", value = key }, record = Values(("name", name)) };
        var first = Ok(await kintone.Admin.Put("records", new { app, upsert = true, records = new[] { Record("k1", "one") } }));
        ((string)first.Body["records"]![0]!["operation"]!).ShouldBe("INSERT");
        var second = Ok(await kintone.Admin.Put("records", new { app, upsert = true, records = new[] { Record("k1", "two"), Record("k2", "three") } }));
        second.Body["records"]!.Select(record => (string)record["operation"]!).ShouldBe(["UPDATE", "INSERT"]);
        (await kintone.Admin.Put("record", new { app, updateKey = new { field = "name", value = "x" }, record = Values() })).Code.ShouldBe("CB_VA01");
    }

    [Fact]
    public async Task Deletion_checks_revisions_and_unknown_ids()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "one"));
        (await kintone.Admin.Delete("records", new { app, ids = new[] { id }, revisions = new[] { 9 } })).Code.ShouldBe("GAIA_CO02");
        (await kintone.Admin.Delete("records", new { app, ids = new[] { id, 999 } })).Code.ShouldBe("GAIA_RE01");
        Ok(await kintone.Admin.Send(HttpMethod.Delete, $"records.json?app={app}&ids[0]={id}&revisions[0]=1", null));
        (await kintone.Admin.Get("record", $"app={app}&id={id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_bulk_request_that_fails_in_one_part_does_nothing_at_all()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "one"));
        object Part(string method, object payload) => new { method, api = "/k/v1/record.json", payload };
        var failed = await kintone.Admin.Post("bulkRequest", new
        {
            requests = new[]
            {
                Part("POST", new { app, record = Values(("name", "two")) }),
                Part("PUT", new { app, id, revision = 5, record = Values(("name", "three")) }),
                Part("POST", new { app, record = Values(("name", "four")) }),
            },
        });
        failed.Status.ShouldBe(HttpStatusCode.Conflict);
        failed.Body["results"]!.Count().ShouldBe(3);
        failed.Body["results"]![0]!.HasValues.ShouldBeFalse();
        ((string)failed.Body["results"]![1]!["code"]!).ShouldBe("GAIA_CO02");
        (await kintone.Admin.Ids(app, "")).ShouldBe([id]);

        var done = Ok(await kintone.Admin.Post("bulkRequest", new { requests = new[] { Part("POST", new { app, record = Values(("name", "two")) }), Part("PUT", new { app, id, record = Values(("name", "three")) }) } }));
        ((string)done.Body["results"]![0]!["revision"]!).ShouldBe("1");
        ((string)done.Body["results"]![1]!["revision"]!).ShouldBe("2");
    }

    [Fact]
    public async Task A_lookup_copies_once_and_only_from_what_is_there()
    {
        var source = await kintone.App(new Dictionary<string, object> { ["key"] = new { type = "SINGLE_LINE_TEXT", unique = true }, ["phone"] = new { type = "SINGLE_LINE_TEXT" } });
        var original = await kintone.AddRecord(source, kintone.Admin, ("key", "k1"), ("phone", "03"));
        var app = await kintone.App(new Dictionary<string, object>
        {
            ["copied"] = new { type = "SINGLE_LINE_TEXT" },
            ["pick"] = new { type = "SINGLE_LINE_TEXT", lookup = new { relatedApp = new { app = source }, relatedKeyField = "key", fieldMappings = new[] { new { field = "copied", relatedField = "phone" } }, lookupPickerFields = Array.Empty<string>(), filterCond = "", sort = "" } },
        });
        var id = await kintone.AddRecord(app, kintone.Admin, ("pick", "k1"), ("copied", "ignored"));
        async Task<string?> Copied() => (string?)Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["copied"]!["value"];
        (await Copied()).ShouldBe("03");
        Ok(await kintone.Admin.Put("record", new { app = source, id = original, record = Values(("phone", "06")) }));
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("copied", "ignored")) }));
        (await Copied()).ShouldBe("03");
        var missing = await kintone.Admin.Put("record", new { app, id, record = Values(("pick", "nobody")) });
        missing.Code.ShouldBe("GAIA_LO04");
        missing.Body["errors"].ShouldBeNull();
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("pick", "")) }));
        (await Copied()).ShouldBe("");
    }

    [Fact]
    public async Task Formulas_are_computed_at_every_write_in_the_record_and_in_its_rows()
    {
        var app = await kintone.App(new Dictionary<string, object>
        {
            ["rate"] = new { type = "NUMBER" },
            ["rows"] = new { type = "SUBTABLE", fields = new { price = new { type = "NUMBER" }, count = new { type = "NUMBER" }, line = new { type = "CALC", expression = "price * count" } } },
            ["total"] = new { type = "CALC", expression = "ROUND(SUM(line) * (1 + rate / 100))" },
            ["label"] = new { type = "SINGLE_LINE_TEXT", expression = "IF(total >= 1000, \"large \", \"small \") & total" },
            ["broken"] = new { type = "CALC", expression = "1 / (rate - rate)" },
        });
        object Row(int price, int count) => new { value = Values(("price", price), ("count", count)) };
        var id = await kintone.AddRecord(app, kintone.Admin, ("rate", 10), ("rows", new[] { Row(300, 2), Row(45, 1) }), ("total", "999999"));
        var record = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!;
        ((string)record["rows"]!["value"]![0]!["value"]!["line"]!["value"]!).ShouldBe("600");
        ((string)record["total"]!["value"]!).ShouldBe("710");
        ((string)record["label"]!["value"]!).ShouldBe("small 710");
        ((string)record["broken"]!["value"]!).ShouldBe("");
        (await kintone.Admin.Ids(app, "total > 700")).ShouldBe([id]);
        (await kintone.Admin.Post("preview/app/form/fields", new { app, properties = new { bad = new { type = "CALC", expression = "1 +" } } })).Code.ShouldBe("GAIA_IL01");
    }

    [Fact]
    public async Task Who_manages_the_app_may_say_who_made_a_record_and_when_and_nobody_later()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("name", "old"), ("作成者", new { code = "hospital-a" }), ("作成日時", "2020-01-02T03:04:05Z"));
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("作成者", new { code = "hospital-b" })) }));
        var record = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!;
        ((string)record["作成者"]!["value"]!["code"]!).ShouldBe("hospital-a");
        ((string)record["作成日時"]!["value"]!).ShouldBe("2020-01-02T03:04:05Z");
        (await kintone.As("hospital-a").Post("record", new { app, record = Values(("name", "x"), ("作成者", new { code = "hospital-b" })) })).Code.ShouldBe("CB_NO02");
    }

    [Fact]
    public async Task A_unique_text_is_limited_to_64_characters()
    {
        var app = await kintone.App(Fields);
        (await kintone.Admin.Post("record", new { app, record = Values(("name", "x"), ("code", new string('c', 65))) })).Errors("record.code.value").ShouldBe(["65文字より短くなければなりません。"]);
        await kintone.AddRecord(app, kintone.Admin, ("name", "x"), ("code", new string('c', 64)));
    }

    private static List<JToken> Rows(Answer answer) => [.. Ok(answer).Body["record"]!["rows"]!["value"]!];
}
