// Lists and cursors. Expectations: "複数のレコードを取得する", "カーソルを作成する" and ../shared/kintone/RULES.md "Queries", "Limits".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, field, ids, makeApp, raw, refused, value } from "../support/tenant.mjs";

const { record } = admin;
let app;

before(async () => {
  app = await makeApp("reading", { ...field("NUMBER", "n"), ...field("SINGLE_LINE_TEXT", "t"), ...field("SUBTABLE", "rows", { fields: field("SINGLE_LINE_TEXT", "item") }) });
  await record.addAllRecords({ app, records: Array.from({ length: 620 }, (_, n) => value({ n: n + 1, t: n % 2 ? "odd" : "even" })) });
});

describe("lists", () => {
  test("newest first, a hundred, no count unless asked", async () => {
    const answer = await record.getRecords({ app });
    assert.equal(answer.records.length, 100);
    assert.equal(ids(answer.records)[0], 620);
    assert.equal(answer.totalCount, null);
  });
  test("the count is a text", async () => assert.equal((await record.getRecords({ app, totalCount: true, query: "limit 1" })).totalCount, "620"));
  test("the count is of the condition", async () => assert.equal((await record.getRecords({ app, totalCount: true, query: 't = "odd" limit 3' })).totalCount, "310"));
  test("only the fields asked for", async () => {
    const { records: [only] } = await record.getRecords({ app, fields: ["n", "$id"], query: "limit 1" });
    assert.deepEqual(Object.keys(only).sort(), ["$id", "n"]);
  });
  test("a table is named by its own code", async () => {
    const { records: [only] } = await record.getRecords({ app, fields: ["rows"], query: "limit 1" });
    assert.deepEqual(Object.keys(only), ["rows"]);
  });
  test("five hundred at most", async () => assert.equal((await record.getRecords({ app, query: "limit 500" })).records.length, 500));
  test("more is GAIA_QU01", () => refused(record.getRecords({ app, query: "limit 501" }), 400, "GAIA_QU01"));
  test("limit 0 gives none", async () => assert.deepEqual((await record.getRecords({ app, query: "limit 0" })).records, []));
  test("offset goes on", async () => assert.deepEqual(ids((await record.getRecords({ app, query: "order by n asc limit 2 offset 618" })).records), [619, 620]));
  test("offset 10000 is possible", async () => assert.deepEqual((await record.getRecords({ app, query: "offset 10000" })).records, []));
  test("more is GAIA_QU02", () => refused(record.getRecords({ app, query: "offset 10001" }), 400, "GAIA_QU02"));
  test("several keys of order", async () => {
    const { records } = await record.getRecords({ app, query: "order by t asc, n desc limit 2" });
    assert.deepEqual(records.map((one) => one.n.value), ["619", "617"]);
  });
  test("a long query travels as POST with an override and finds the same", async () => {
    const query = `n in (${Array.from({ length: 500 }, (_, n) => `"${n + 1}"`).join(", ")}) and t = "odd" limit 1`;
    const answer = await record.getRecords({ app, query: query + " ".repeat(4000), totalCount: true, fields: ["n"] });
    assert.equal(answer.totalCount, "250");
  });
  test("parameters of a GET may come as JSON", async () => {
    const answer = await raw("POST", "/k/v1/records.json", { body: { app, query: "n <= 3" }, headers: { "X-HTTP-Method-Override": "GET" } });
    assert.equal(answer.json.records.length, 3);
  });
  test("a query of nothing but white space is no query", async () => assert.equal((await record.getRecords({ app, query: " 　 " })).records.length, 100));
});

describe("cursors", () => {
  test("a cursor hands out pages and frees itself after the last", async () => {
    const { id, totalCount } = await record.createCursor({ app, query: "order by n asc", fields: ["n"], size: 400 });
    assert.equal(totalCount, "620");
    const first = await record.getRecordsByCursor({ id });
    assert.equal(first.records.length, 400);
    assert.equal(first.next, true);
    const second = await record.getRecordsByCursor({ id });
    assert.equal(second.records.length, 220);
    assert.equal(second.next, false);
    await refused(record.getRecordsByCursor({ id }), 404, "GAIA_CN01");
  });
  test("a cursor can be given back", async () => {
    const { id } = await record.createCursor({ app });
    assert.deepEqual(await record.deleteCursor({ id }), {});
    await refused(record.getRecordsByCursor({ id }), 404, "GAIA_CN01");
    await refused(record.deleteCursor({ id }), 404, "GAIA_CN01");
  });
  test("pages have a hundred unless said otherwise", async () => {
    const { id } = await record.createCursor({ app });
    assert.equal((await record.getRecordsByCursor({ id })).records.length, 100);
    await record.deleteCursor({ id });
  });
  test("a page over 500 is refused", () => refused(record.createCursor({ app, size: 501 }), 400, "CB_VA01", "size"));
  test("limit does not belong into a cursor's query", async () => {
    const error = await record.createCursor({ app, query: "limit 5" }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("the eleventh is refused, 429 GAIA_TM12", async () => {
    const held = [];
    for (let turn = 0; turn < 10; turn++) held.push((await record.createCursor({ app })).id);
    await refused(record.createCursor({ app }), 429, "GAIA_TM12");
    for (const id of held) await record.deleteCursor({ id });
  });
  test("values are those of the reading, hits those of the making", async () => {
    const other = await makeApp("cursor values", field("NUMBER", "n"));
    const { ids: [one, two] } = await record.addRecords({ app: other, records: [value({ n: 1 }), value({ n: 2 })] });
    const { id } = await record.createCursor({ app: other, query: "n >= 1 order by n asc" });
    await record.updateRecord({ app: other, id: one, record: value({ n: -5 }) });
    await record.deleteRecords({ app: other, ids: [two] });
    await record.addRecord({ app: other, record: value({ n: 3 }) });
    const { records } = await record.getRecordsByCursor({ id });
    assert.deepEqual(records.map((one) => one.n.value), ["-5"]);
  });
  test("another user does not read it", async () => {
    const { id } = await record.createCursor({ app });
    const error = await as("alice").record.getRecordsByCursor({ id }).catch((thrown) => thrown);
    assert.ok([403, 404].includes(error.status), String(error));
    await record.deleteCursor({ id });
  });
});
