// Records one by one and in batches. Expectations: Cybozu's pages on records, and ../shared/kintone/RULES.md "Records", "Limits", "Errors".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, field, ids, makeApp, options, refused, value } from "../support/tenant.mjs";

const { record } = admin;
let app;

before(async () => {
  app = await makeApp("records", {
    ...field("SINGLE_LINE_TEXT", "key", { unique: true }),
    ...field("NUMBER", "code", { unique: true }),
    ...field("SINGLE_LINE_TEXT", "text", { maxLength: "10", minLength: "" }),
    ...field("NUMBER", "number", { minValue: "0", maxValue: "1000" }),
    ...field("SINGLE_LINE_TEXT", "plain"),
    ...field("DROP_DOWN", "kind", { options: options("x", "y"), defaultValue: "x" }),
    ...field("CHECK_BOX", "tags", { options: options("p", "q"), defaultValue: ["q"] }),
    ...field("SUBTABLE", "rows", { fields: { ...field("SINGLE_LINE_TEXT", "item"), ...field("NUMBER", "amount") } }),
  });
});

describe("adding and reading", () => {
  test("a new record has its id and revision 1, both as text", async () => {
    const added = await record.addRecord({ app, record: value({ plain: "a" }) });
    assert.match(added.id, /^\d+$/);
    assert.equal(added.revision, "1");
  });

  test("a record without any field can be added", async () => {
    assert.match((await record.addRecord({ app })).id, /^\d+$/);
  });

  test("every value comes with its type, ids and revisions too", async () => {
    const { id } = await record.addRecord({ app, record: value({ plain: "a", number: 5 }) });
    const { record: read } = await record.getRecord({ app, id });
    assert.deepEqual(read.$id, { type: "__ID__", value: id });
    assert.deepEqual(read.$revision, { type: "__REVISION__", value: "1" });
    assert.deepEqual(read.plain, { type: "SINGLE_LINE_TEXT", value: "a" });
    assert.deepEqual(read.number, { type: "NUMBER", value: "5" });
    assert.deepEqual(read.rows, { type: "SUBTABLE", value: [] });
  });

  test("creator, modifier, times and record number stand under their codes", async () => {
    const { id } = await record.addRecord({ app });
    const { record: read } = await record.getRecord({ app, id });
    assert.deepEqual(read["作成者"], { type: "CREATOR", value: { code: "admin", name: "admin" } });
    assert.equal(read["更新者"].type, "MODIFIER");
    assert.match(read["作成日時"].value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(read["更新日時"].value, read["作成日時"].value);
    assert.deepEqual(read["レコード番号"], { type: "RECORD_NUMBER", value: id });
  });

  test("without process management there is no status in a record", async () => {
    const { id } = await record.addRecord({ app });
    const { record: read } = await record.getRecord({ app, id });
    assert.ok(!Object.values(read).some(({ type }) => type === "STATUS" || type === "STATUS_ASSIGNEE" || type === "CATEGORY"));
  });

  test("defaults fill what is absent", async () => {
    const { id } = await record.addRecord({ app });
    const { record: read } = await record.getRecord({ app, id });
    assert.equal(read.kind.value, "x");
    assert.deepEqual(read.tags.value, ["q"]);
  });

  test("an explicit empty value stays empty", async () => {
    const { id } = await record.addRecord({ app, record: value({ kind: "", tags: [] }) });
    const { record: read } = await record.getRecord({ app, id });
    assert.ok(!read.kind.value);
    assert.deepEqual(read.tags.value, []);
  });

  test("a hundred records can be added at once, with ids in order", async () => {
    const added = await record.addRecords({ app, records: Array.from({ length: 100 }, (_, n) => value({ plain: `n${n}` })) });
    assert.equal(added.ids.length, 100);
    assert.ok(added.revisions.every((revision) => revision === "1"));
    assert.deepEqual(added.records[0], { id: added.ids[0], revision: "1" });
    assert.deepEqual(added.ids.map(Number), [...added.ids].map(Number).sort((a, b) => a - b));
    assert.equal((await record.getRecord({ app, id: added.ids[99] })).record.plain.value, "n99");
  });

  test("a hundred and one are refused", async () => {
    await refused(record.addRecords({ app, records: Array.from({ length: 101 }, () => ({})) }), 400, "CB_VA01", "records");
  });

  test("no records at all are fine", async () => {
    assert.deepEqual((await record.addRecords({ app, records: [] })).ids, []);
  });

  test("one fault undoes the batch and is named by its place", async () => {
    const before = (await record.getRecords({ app, query: "limit 1", totalCount: true })).totalCount;
    await refused(record.addRecords({ app, records: [value({ plain: "ok" }), value({ text: "longer than ten" })] }), 400, "CB_VA01", "records[1].text.value");
    assert.equal((await record.getRecords({ app, query: "limit 1", totalCount: true })).totalCount, before);
  });

  test("an app that is not there is 404 GAIA_AP01", async () => {
    await refused(record.getRecord({ app: 99999, id: 1 }), 404, "GAIA_AP01");
  });

  test("a record that is not there is 404 GAIA_RE01", async () => {
    await refused(record.getRecord({ app, id: 999999 }), 404, "GAIA_RE01");
  });

  test("a missing parameter is CB_VA01 under its name", async () => {
    const error = await refused(record.getRecord({ app }), 400, "CB_VA01", "id");
    assert.deepEqual(error.errors.id.messages, ["必須です。"]);
  });

  test("an unknown field in a record is ignored", async () => {
    assert.match((await record.addRecord({ app, record: value({ nothing: "x" }) })).id, /^\d+$/);
  });
});

describe("validation", () => {
  test("too long a text", () => refused(record.addRecord({ app, record: value({ text: "12345678901" }) }), 400, "CB_VA01", "record.text.value", ["11文字より短くなければなりません。"]));
  test("too large a number", () => refused(record.addRecord({ app, record: value({ number: 1001 }) }), 400, "CB_VA01", "record.number.value", ["1000以下である必要があります。"]));
  test("too small a number", () => refused(record.addRecord({ app, record: value({ number: -1 }) }), 400, "CB_VA01", "record.number.value", ["0以上である必要があります。"]));
  test("no number", () => refused(record.addRecord({ app, record: value({ number: "five" }) }), 400, "CB_VA01", "record[number].value", ["数字でなければなりません。"]));
  test("no option", () => refused(record.addRecord({ app, record: value({ kind: "z" }) }), 400, "CB_VA01", "record.kind.value", ['"z"は選択肢にありません。']));
  test("one of many is no option", () => refused(record.addRecord({ app, record: value({ tags: ["p", "z"] }) }), 400, "CB_VA01", "record.tags.values[1].value"));
  test("a value that another record holds", async () => {
    await record.addRecord({ app, record: value({ key: "taken" }) });
    await refused(record.addRecord({ app, record: value({ key: "taken" }) }), 400, "CB_VA01", "record.key.value", ["値がほかのレコードと重複しています。"]);
  });
  test("empty values do not collide", async () => {
    await record.addRecord({ app, record: value({ key: "" }) });
    assert.match((await record.addRecord({ app, record: value({ key: "" }) })).id, /^\d+$/);
  });
  test("a number is stored normalised", async () => {
    const { id } = await record.addRecord({ app, record: value({ number: "1.5e1" }) });
    assert.equal((await record.getRecord({ app, id })).record.number.value, "15");
  });
  test("inside a table a non-number becomes empty without a word", async () => {
    const { id } = await record.addRecord({ app, record: value({ rows: [{ value: value({ amount: "five" }) }] }) });
    assert.equal((await record.getRecord({ app, id })).record.rows.value[0].value.amount.value, "");
  });
});

describe("changing", () => {
  const add = async (values) => (await record.addRecord({ app, record: value(values) })).id;

  test("an update raises the revision by one and leaves other fields", async () => {
    const id = await add({ plain: "a", number: 1 });
    assert.deepEqual(await record.updateRecord({ app, id, record: value({ number: 2 }) }), { revision: "2" });
    const { record: read } = await record.getRecord({ app, id });
    assert.equal(read.plain.value, "a");
    assert.equal(read.number.value, "2");
  });

  test("a revision that fits is accepted, -1 is not looked at", async () => {
    const id = await add({});
    await record.updateRecord({ app, id, record: value({ plain: "b" }), revision: 1 });
    assert.equal((await record.updateRecord({ app, id, record: value({ plain: "c" }), revision: -1 })).revision, "3");
  });

  test("a stale revision is 409 GAIA_CO02 and changes nothing", async () => {
    const id = await add({ plain: "a" });
    await record.updateRecord({ app, id, record: value({ plain: "b" }) });
    await refused(record.updateRecord({ app, id, record: value({ plain: "c" }), revision: "1" }), 409, "GAIA_CO02");
    assert.equal((await record.getRecord({ app, id })).record.plain.value, "b");
  });

  test("by a unique text as key", async () => {
    const id = await add({ key: "by-text" });
    assert.equal((await record.updateRecord({ app, updateKey: { field: "key", value: "by-text" }, record: value({ plain: "z" }) })).revision, "2");
    assert.equal((await record.getRecord({ app, id })).record.plain.value, "z");
  });

  test("by a unique number as key", async () => {
    await add({ code: 4711 });
    assert.equal((await record.updateRecord({ app, updateKey: { field: "code", value: "4711" }, record: {} })).revision, "2");
  });

  test("a key field that is not unique is refused", async () => {
    await add({ plain: "not-unique" });
    const error = await record.updateRecord({ app, updateKey: { field: "plain", value: "not-unique" }, record: {} }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });

  test("a key that no record has is 404 GAIA_RE01 or 20", async () => {
    const error = await record.updateRecord({ app, updateKey: { field: "key", value: "nobody" }, record: {} }).catch((thrown) => thrown);
    assert.equal(error.status, 404);
    assert.match(error.code, /^GAIA_RE/);
  });

  test("many at once by id and by key", async () => {
    const one = await add({});
    await add({ key: "many" });
    const { records } = await record.updateRecords({ app, records: [{ id: one, record: value({ plain: "1" }) }, { updateKey: { field: "key", value: "many" }, record: value({ plain: "2" }) }] });
    assert.deepEqual(records[0], { id: one, revision: "2" });
    assert.equal(records[1].revision, "2");
  });

  test("one stale revision undoes a batch of updates", async () => {
    const [one, two] = [await add({ plain: "1" }), await add({ plain: "2" })];
    await refused(record.updateRecords({ app, records: [{ id: one, record: value({ plain: "x" }) }, { id: two, record: value({ plain: "x" }), revision: 9 }] }), 409, "GAIA_CO02");
    assert.equal((await record.getRecord({ app, id: one })).record.plain.value, "1");
  });

  test("upsert says which it did", async () => {
    await add({ key: "there" });
    const { records } = await record.updateRecords({ app, upsert: true, records: [
      { updateKey: { field: "key", value: "there" }, record: value({ plain: "u" }) },
      { updateKey: { field: "key", value: "new" }, record: value({ plain: "i" }) }] });
    assert.deepEqual(records.map(({ operation }) => operation), ["UPDATE", "INSERT"]);
    assert.equal((await record.getRecord({ app, id: records[1].id })).record.key.value, "new");
  });

  test("upsert by an unknown id inserts under a new id", async () => {
    const { records: [only] } = await record.updateRecords({ app, upsert: true, records: [{ id: 888888, record: value({ plain: "i" }) }] });
    assert.equal(only.operation, "INSERT");
    assert.notEqual(only.id, "888888");
  });

  test("the client's upsertRecord adds, then updates", async () => {
    const first = await record.upsertRecord({ app, updateKey: { field: "key", value: "upserted" }, record: value({ plain: "1" }) });
    const second = await record.upsertRecord({ app, updateKey: { field: "key", value: "upserted" }, record: value({ plain: "2" }) });
    assert.equal(first.revision, "1");
    assert.deepEqual(second, { id: first.id, revision: "2" });
  });

  test("a record may keep its own unique value", async () => {
    const id = await add({ key: "own" });
    assert.equal((await record.updateRecord({ app, id, record: value({ key: "own" }) })).revision, "2");
  });
});

describe("tables", () => {
  const rows = (read) => read.record.rows.value;
  const row = (item, id) => ({ ...(id ? { id } : {}), value: value({ item }) });

  test("rows get ids, keep them, and go when they are not sent", async () => {
    const { id } = await record.addRecord({ app, record: value({ rows: [row("a"), row("b")] }) });
    const [a, b] = rows(await record.getRecord({ app, id }));
    await record.updateRecord({ app, id, record: value({ rows: [row("b2", b.id), row("c")] }) });
    const after = rows(await record.getRecord({ app, id }));
    assert.deepEqual(after.map((one) => one.value.item.value), ["b2", "c"]);
    assert.equal(after[0].id, b.id);
    assert.ok(![a.id, b.id].includes(after[1].id));
  });

  test("a table that is not sent stays, an empty one empties", async () => {
    const { id } = await record.addRecord({ app, record: value({ rows: [row("a")] }) });
    await record.updateRecord({ app, id, record: value({ plain: "x" }) });
    assert.equal(rows(await record.getRecord({ app, id })).length, 1);
    await record.updateRecord({ app, id, record: value({ rows: [] }) });
    assert.deepEqual(rows(await record.getRecord({ app, id })), []);
  });

  test("a cell has its type", async () => {
    const { id } = await record.addRecord({ app, record: value({ rows: [row("a")] }) });
    assert.deepEqual(rows(await record.getRecord({ app, id }))[0].value.item, { type: "SINGLE_LINE_TEXT", value: "a" });
  });
});

describe("deleting", () => {
  const two = async () => (await record.addRecords({ app, records: [{}, {}] })).ids;

  test("by ids", async () => {
    const gone = await two();
    assert.deepEqual(await record.deleteRecords({ app, ids: gone }), {});
    await refused(record.getRecord({ app, id: gone[0] }), 404, "GAIA_RE01");
  });
  test("with revisions that fit", async () => assert.deepEqual(await record.deleteRecords({ app, ids: await two(), revisions: [1, 1] }), {}));
  test("a stale revision deletes none", async () => {
    const kept = await two();
    await refused(record.deleteRecords({ app, ids: kept, revisions: [1, 5] }), 409, "GAIA_CO02");
    assert.equal((await record.getRecord({ app, id: kept[0] })).record.$id.value, kept[0]);
  });
  test("an unknown id deletes none", async () => {
    const [kept] = await two();
    await refused(record.deleteRecords({ app, ids: [kept, 777777] }), 404, "GAIA_RE01");
    assert.equal((await record.getRecord({ app, id: kept })).record.$id.value, kept);
  });
  test("none at all are refused", () => refused(record.deleteRecords({ app, ids: [] }), 400, "CB_VA01", "ids"));
  test("a hundred and one are refused", () => refused(record.deleteRecords({ app, ids: Array.from({ length: 101 }, (_, n) => n + 1) }), 400, "CB_VA01", "ids"));
});

describe("all records", () => {
  let many;
  before(async () => {
    many = await makeApp("many records", { ...field("SINGLE_LINE_TEXT", "key", { unique: true }), ...field("NUMBER", "n"), ...field("SINGLE_LINE_TEXT", "short", { maxLength: "3" }) });
  });

  test("addAllRecords adds more than two bulk requests hold", async () => {
    const { records } = await record.addAllRecords({ app: many, records: Array.from({ length: 2050 }, (_, n) => value({ n, key: `k${n}` })) });
    assert.equal(records.length, 2050);
    assert.equal(new Set(records.map(({ id }) => id)).size, 2050);
  });
  test("getAllRecords reads all by id", async () => {
    const all = await record.getAllRecords({ app: many });
    assert.equal(all.length, 2050);
    assert.deepEqual(ids(all), ids(all).sort((a, b) => a - b));
  });
  test("getAllRecords orders by cursor", async () => {
    const all = await record.getAllRecords({ app: many, condition: "n < 1200", orderBy: "n desc", fields: ["n"] });
    assert.deepEqual(all.map((one) => Number(one.n.value)), Array.from({ length: 1200 }, (_, n) => 1199 - n));
    assert.deepEqual(Object.keys(all[0]), ["n"]);
  });
  test("getAllRecords orders by offset", async () => {
    const all = await record.getAllRecords({ app: many, condition: "n < 1200", orderBy: "n asc", withCursor: false });
    assert.deepEqual(all.map((one) => Number(one.n.value)), Array.from({ length: 1200 }, (_, n) => n));
  });
  test("getAllRecordsWithId adds $id to the fields", async () => {
    const all = await record.getAllRecordsWithId({ app: many, condition: "n >= 2040", fields: ["n"] });
    assert.deepEqual(Object.keys(all[0]).sort(), ["$id", "n"]);
    assert.equal(all.length, 10);
  });
  test("getAllRecordsWithOffset", async () => assert.equal((await record.getAllRecordsWithOffset({ app: many, condition: "n < 501" })).length, 501));
  test("getAllRecordsWithCursor", async () => assert.equal((await record.getAllRecordsWithCursor({ app: many, query: "n < 501 order by n asc" })).length, 501));
  test("updateAllRecords", async () => {
    const { records } = await record.updateAllRecords({ app: many, records: Array.from({ length: 150 }, (_, n) => ({ updateKey: { field: "key", value: `k${n}` }, record: value({ n: n + 10000 }) })) });
    assert.equal(records.length, 150);
    assert.ok(records.every(({ revision }) => revision === "2"));
  });
  test("updateAllRecords with upsert", async () => {
    const { records } = await record.updateAllRecords({ app: many, upsert: true, records: [{ updateKey: { field: "key", value: "k0" }, record: {} }, { updateKey: { field: "key", value: "fresh" }, record: {} }] });
    assert.deepEqual(records.map(({ operation }) => operation), ["UPDATE", "INSERT"]);
  });
  test("a fault in addAllRecords names the record and undoes the whole bulk", async () => {
    const records = Array.from({ length: 250 }, (_, n) => value({ short: n === 234 ? "too long" : "ok" }));
    const error = await record.addAllRecords({ app: many, records }).then(() => assert.fail("expected a refusal"), (thrown) => thrown);
    assert.equal(error.name, "KintoneAllRecordsError");
    assert.equal(error.errorIndex, 234);
    assert.equal(error.numOfProcessedRecords, 0);
    assert.equal(error.error.bulkRequestIndex, 2);
    assert.equal((await record.getRecords({ app: many, query: 'short = "ok" limit 1', totalCount: true })).totalCount, "0");
  });
  test("deleteAllRecords", async () => {
    const all = await record.getAllRecordsWithId({ app: many, fields: ["$id"] });
    await record.deleteAllRecords({ app: many, records: all.map((one) => ({ id: one.$id.value })) });
    assert.deepEqual(await record.getAllRecords({ app: many }), []);
  });
});
