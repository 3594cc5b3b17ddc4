// The query language: every operator on every type of field, functions, words, tables.
// Expectations: Cybozu's "クエリの書き方" (table of operators and functions by field type) and ../shared/kintone/RULES.md "Queries".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, field, ids, makeApp, options, refused, value } from "../support/tenant.mjs";

const { record } = admin;
const day = (offset) => new Date(Date.now() + 9 * 3600_000 + offset * 86_400_000).toISOString().slice(0, 10);
let app;

// Three records: 1 is full, 2 is full with other values, 3 is empty.
before(async () => {
  app = await makeApp("queries", {
    ...field("SINGLE_LINE_TEXT", "text"),
    ...field("MULTI_LINE_TEXT", "long"),
    ...field("RICH_TEXT", "rich"),
    ...field("NUMBER", "number"),
    ...field("CALC", "twice", { expression: "number * 2" }),
    ...field("LINK", "link", { protocol: "WEB" }),
    ...field("RADIO_BUTTON", "radio", { options: options("r1", "r2"), defaultValue: "r1" }),
    ...field("DROP_DOWN", "drop", { options: options("d1", "d2") }),
    ...field("CHECK_BOX", "check", { options: options("c1", "c2", "c3") }),
    ...field("MULTI_SELECT", "multi", { options: options("m1", "m2") }),
    ...field("DATE", "date"),
    ...field("TIME", "time"),
    ...field("DATETIME", "at"),
    ...field("USER_SELECT", "users"),
    ...field("GROUP_SELECT", "groups"),
    ...field("FILE", "files"),
    ...field("SUBTABLE", "rows", { fields: { ...field("SINGLE_LINE_TEXT", "item"), ...field("NUMBER", "amount"), ...field("DATE", "due"), ...field("DROP_DOWN", "sort", { options: options("s1", "s2") }) } }),
  });
  const { fileKey } = await admin.file.uploadFile({ file: { name: "report 2026.txt", data: "x" } });
  await record.addRecord({ app, record: value({
    text: "東京 alpha", long: "ここは東京都の病院です\nsecond keyword line", rich: "<b>rich words</b>", number: 10, link: "https://example.com/a",
    radio: "r1", drop: "d1", check: ["c1", "c2"], multi: ["m1"], date: day(0), time: "09:30", at: new Date().toISOString(),
    users: [{ code: "alice" }], groups: [{ code: "hospitals" }], files: [{ fileKey }],
    rows: [{ value: value({ item: "a", amount: 1, sort: "s1", due: day(0) }) }, { value: value({ item: "b", amount: 9, sort: "s2" }) }],
  }) });
  await record.addRecord({ app, record: value({
    text: 'quoted "q" \\ back', long: " \n　", number: "-3.5", link: "http://example.org/b", radio: "r2", drop: "d2", check: ["c2", "c3"], multi: ["m1", "m2"],
    date: day(-1), time: "18:00", at: "2020-01-01T00:00:59+09:00", users: [{ code: "alice" }, { code: "admin" }], groups: [{ code: "coordinators" }],
    rows: [{ value: value({ item: "a", amount: 7, sort: "s1" }) }],
  }) });
  await record.addRecord({ app });
});

const found = async (query, client = admin) => ids((await client.record.getRecords({ app, query: `${query} order by $id asc` })).records);
const finds = (query, ...expected) => test(query, async () => assert.deepEqual(await found(query), expected));
const isRefused = (query, code) => test(`${query} is ${code}`, () => refused(record.getRecords({ app, query }), 400, code));

describe("text", () => {
  finds('text = "東京 alpha"', 1);
  finds('text != "東京 alpha"', 2, 3);
  finds('text in ("東京 alpha", "")', 1, 3);
  finds('text not in ("東京 alpha")', 2, 3);
  finds('text = "quoted \\"q\\" \\\\ back"', 2);
  finds('text like "alpha"', 1);
  finds('text like "alp"');
  finds('text like "東京"', 1);
  finds('text not like "alpha"', 2, 3);
  finds('text = ""', 3);
  isRefused('text > "a"', "GAIA_IQ03");
  isRefused("text is empty", "GAIA_IQ03");
});

describe("long and rich text", () => {
  finds('long like "東京"', 1);
  finds('long like "keyword"', 1);
  finds('long like "key"');
  finds('long not like "keyword"', 2, 3);
  finds("long is empty", 2, 3);
  finds("long is not empty", 1);
  finds('rich like "words"', 1);
  finds("rich is empty", 2, 3);
  isRefused('long = "x"', "GAIA_IQ03");
  isRefused('rich in ("x")', "GAIA_IQ03");
});

describe("numbers", () => {
  finds("number = 10", 1);
  finds('number = "10.0"', 1);
  finds("number != 10", 2, 3);
  finds("number > -4 and number < 0", 2);
  finds("number >= 10", 1);
  finds("number <= 10", 1, 2);
  finds('number in ("10", "-3.5")', 1, 2);
  finds("number not in (10)", 2, 3);
  finds('number = ""', 3);
  finds("twice = 20", 1);
  finds("twice < 0", 2);
  isRefused('number like "1"', "GAIA_IQ03");
});

describe("links", () => {
  finds('link = "https://example.com/a"', 1);
  finds('link in ("http://example.org/b")', 2);
  finds('link like "example.com"', 1);
});

describe("choices", () => {
  finds('radio in ("r1")', 1, 3);
  finds('radio not in ("r1")', 2);
  finds('drop in ("d1", "d2")', 1, 2);
  finds('drop in ("")', 3);
  finds('check in ("c2")', 1, 2);
  finds('check in ("c1", "c3")', 1, 2);
  finds('check not in ("c1")', 2, 3);
  finds('check in ("")', 3);
  finds('multi in ("m2")', 2);
  finds('multi not in ("m2")', 1, 3);
  isRefused('drop = "d1"', "GAIA_IQ03");
  isRefused('drop in ("nothing")', "GAIA_IQ10");
});

describe("days and times", () => {
  finds(`date = "${day(0)}"`, 1);
  finds("date = TODAY()", 1);
  finds("date < TODAY()", 2);
  finds("date = YESTERDAY()", 2);
  finds("date < TOMORROW()", 1, 2);
  finds("date = FROM_TODAY(-1, DAYS)", 2);
  finds("date > FROM_TODAY(-1, WEEKS)", 1, 2);
  finds("date < FROM_TODAY(1, MONTHS) and date > FROM_TODAY(-1, YEARS)", 1, 2);
  finds("date >= THIS_YEAR() and date = TODAY()", 1);
  finds("date = NEXT_YEAR()");
  finds('date = ""', 3);
  finds('date != ""', 1, 2);
  finds('time = "09:30"', 1);
  finds('time > "09:30"', 2);
  finds('time <= "18:00"', 1, 2);
  finds('at < "2021-01-01T00:00:00Z"', 2);
  finds('at = "2019-12-31T15:00:00Z"', 2);
  finds("at = TODAY()", 1);
  finds("at <= NOW()", 1, 2);
  finds("at < LAST_YEAR()", 2);
  finds("作成日時 = TODAY()", 1, 2, 3);
  finds("更新日時 > \"2000-01-01T00:00:00+0900\"", 1, 2, 3);
  isRefused('date like "2026"', "GAIA_IQ03");
  isRefused('date in ("2026-01-01")', "GAIA_IQ03");
  isRefused("date = FROM_TODAY(x, DAYS)", "GAIA_IQ23");
  isRefused("date = FROM_TODAY(1, HOURS)", "GAIA_IQ25");
  isRefused("date = TODAY(1)", "GAIA_IL08");
});

describe("weeks and months", () => {
  const weekday = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];
  const today = new Date(Date.now() + 9 * 3600_000);
  finds(`date = THIS_WEEK(${weekday[today.getUTCDay()]})`, 1);
  finds(`date = THIS_MONTH(${today.getUTCDate()})`, 1);
  test("THIS_WEEK() covers today and the weeks beside it do not", async () => {
    assert.deepEqual(await found("date = THIS_WEEK() and date = TODAY()"), [1]);
    assert.deepEqual(await found("(date = LAST_WEEK() or date = NEXT_WEEK()) and date = TODAY()"), []);
  });
  test("THIS_MONTH() covers today and the months beside it do not", async () => {
    assert.deepEqual(await found("date = THIS_MONTH() and date = TODAY()"), [1]);
    assert.deepEqual(await found("(date = LAST_MONTH() or date = NEXT_MONTH()) and date = TODAY()"), []);
  });
  test("the last day of the month is not before today", async () => assert.deepEqual(await found("date <= THIS_MONTH(LAST)"), [1, 2]));
});

describe("people", () => {
  finds('users in ("alice")', 1, 2);
  finds('users not in ("admin")', 1, 3);
  finds("users in (LOGINUSER())", 2);
  finds('groups in ("hospitals")', 1);
  finds("作成者 in (LOGINUSER())", 1, 2, 3);
  finds('更新者 not in ("admin")');
  finds('users in ("")', 3);
  test("LOGINUSER() is whoever asks", async () => assert.deepEqual(await found("users in (LOGINUSER())", as("alice")), [1, 2]));
  isRefused('users = "alice"', "GAIA_IQ03");
});

describe("files", () => {
  finds('files like "report"', 1);
  finds("files is empty", 2, 3);
  finds("files is not empty", 1);
  isRefused('files = "report"', "GAIA_IQ03");
});

describe("tables", () => {
  finds('item in ("a")', 1, 2);
  finds('item in ("a") and amount > 5', 2);
  finds('item in ("a") or amount > 8', 1, 2);
  finds('item not in ("a")', 3);
  finds('item like "b"', 1);
  finds('sort in ("s2")', 1);
  finds("amount > 8", 1);
  finds("due < TOMORROW()", 1);
  isRefused('item = "a"', "GAIA_IQ07");
  isRefused("amount != 1", "GAIA_IQ07");
});

describe("record numbers", () => {
  finds("$id = 2", 2);
  finds("$id > 1 and $id <= 2", 2);
  finds("$id in (1, 3)", 1, 3);
  finds("レコード番号 = 3", 3);
  finds("レコード番号 != 3", 1, 2);
});

describe("the grammar", () => {
  finds('text = "東京 alpha" or number < 0 and drop in ("d1")', 1);
  finds('(text = "東京 alpha" or number < 0) and drop in ("d2")', 2);
  finds('text="東京 alpha"and number=10', 1);
  finds('text　=　"東京 alpha"', 1);
  finds('((number = 10) or ((number = "-3.5")))', 1, 2);
  isRefused('nothing = "x"', "GAIA_IQ11");
  isRefused("order by nothing asc", "GAIA_IQ11");
  for (const broken of ["text = 'a'", "text =", 'text = "a', 'text = "a\nb"', '(text = "a"', 'text = "a" and', "text", "limit", "limit x"]) {
    test(`${JSON.stringify(broken)} is CB_VA01 under query`, () => refused(record.getRecords({ app, query: broken }), 400, "CB_VA01", "query"));
  }
  test("operators and words of order may be written in any case", async () => {
    const { records } = await record.getRecords({ app, query: 'number > 0 OR number < 0 ORDER BY number ASC LIMIT 1 OFFSET 0' });
    assert.deepEqual(ids(records), [2]);
  });
});

describe("order", () => {
  const ordered = (query, ...expected) => test(query, async () => assert.deepEqual(ids((await record.getRecords({ app, query })).records), expected));
  ordered("order by number desc limit 2", 1, 2);
  ordered("order by date asc, $id desc limit 3 offset 1", 2, 1);
  ordered("order by 作成日時 asc, $id asc", 1, 2, 3);
  ordered("order by drop desc, number asc limit 1", 2);
});
