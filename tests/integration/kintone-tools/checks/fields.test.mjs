// Types of fields: their settings and their values. Expectations: "フィールド形式", "フィールドの設定を変更する" and ../shared/kintone/RULES.md "Records".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, deploy, field, makeApp, options, refused, value } from "../support/tenant.mjs";

const { app: apps, record } = admin;

describe("values", () => {
  let app;
  before(async () => {
    app = await makeApp("values", {
      ...field("SINGLE_LINE_TEXT", "text", { minLength: "2", maxLength: "4" }),
      ...field("MULTI_LINE_TEXT", "long"),
      ...field("RICH_TEXT", "rich"),
      ...field("NUMBER", "number", { digit: true, unit: "円", unitPosition: "AFTER", displayScale: "2" }),
      ...field("RADIO_BUTTON", "radio", { options: options("r1", "r2"), defaultValue: "r1" }),
      ...field("CHECK_BOX", "check", { options: options("c1", "c2") }),
      ...field("MULTI_SELECT", "multi", { options: options("m1", "m2") }),
      ...field("DROP_DOWN", "drop", { options: options("d1", "d2") }),
      ...field("DATE", "date"),
      ...field("TIME", "time"),
      ...field("DATETIME", "at"),
      ...field("LINK", "web", { protocol: "WEB" }),
      ...field("LINK", "mail", { protocol: "MAIL" }),
      ...field("LINK", "call", { protocol: "CALL" }),
      ...field("USER_SELECT", "users"),
      ...field("GROUP_SELECT", "groups"),
      ...field("ORGANIZATION_SELECT", "organizations"),
      ...field("GROUP", "group"),
    });
  });
  const stored = async (values) => (await record.getRecord({ app, id: (await record.addRecord({ app, record: value({ text: "ok", ...values }) })).id })).record;
  const kept = (code, given, expected) => test(`${code}: ${JSON.stringify(given)} is kept as ${JSON.stringify(expected)}`, async () => assert.deepEqual((await stored({ [code]: given }))[code].value, expected));
  const fault = (code, given, path) => test(`${code}: ${JSON.stringify(given)} is at fault`, async () => {
    const error = await record.addRecord({ app, record: value({ text: "ok", [code]: given }) }).catch((thrown) => thrown);
    assert.equal(error.status, 400, String(error));
    if (path) assert.ok(error.errors?.[path], JSON.stringify(error.errors));
  });

  kept("long", "a\nb\tc", "a\nb\tc");
  kept("rich", '<div><b>bold</b></div>', '<div><b>bold</b></div>');
  kept("number", "0012.50", "12.50");
  kept("number", -3, "-3");
  kept("number", "", "");
  kept("radio", "r2", "r2");
  kept("check", ["c2", "c1"], ["c1", "c2"]);
  kept("multi", ["m1"], ["m1"]);
  kept("date", "2026-11-24", "2026-11-24");
  kept("date", "2026-11", "2026-11-01");
  kept("date", "2026", "2026-01-01");
  kept("date", "", null);
  kept("time", "9:05", "09:05");
  kept("time", "", null);
  kept("at", "2026-11-24T10:20:59+09:00", "2026-11-24T01:20:00Z");
  kept("at", "2026-11-24T01:20:00Z", "2026-11-24T01:20:00Z");
  kept("web", "https://example.com/", "https://example.com/");
  kept("mail", "someone@example.com", "someone@example.com");
  kept("call", "03-1234-5678", "03-1234-5678");
  kept("users", [{ code: "alice" }], [{ code: "alice", name: "alice" }]);
  kept("groups", [{ code: "hospitals" }], [{ code: "hospitals", name: "hospitals" }]);
  kept("organizations", [], []);
  fault("text", "a", "record.text.value");
  fault("text", "abcde", "record.text.value");
  fault("text", "", "record.text.value");
  fault("date", "2026-13-01", "record.date.value");
  fault("date", "tomorrow", "record.date.value");
  fault("time", "25:00", "record.time.value");
  fault("at", "yesterday", "record.at.value");
  fault("users", [{ code: "nobody" }]);
  fault("groups", [{ code: "nogroup" }]);
  fault("organizations", [{ code: "nowhere" }]);
  test("a group of fields has no value", async () => assert.ok(!("group" in await stored({}))));
});

describe("required, unique and default", () => {
  test("a required field is asked for, also at an update", async () => {
    const app = await makeApp("required", { ...field("SINGLE_LINE_TEXT", "must", { required: true }), ...field("CHECK_BOX", "list", { required: true, options: options("a") }), ...field("USER_SELECT", "who", { required: true }), ...field("SUBTABLE", "rows", { fields: field("SINGLE_LINE_TEXT", "cell", { required: true }) }) });
    const error = await refused(record.addRecord({ app, record: value({ rows: [{ value: {} }] }) }), 400, "CB_VA01", "record.must.value", ["必須です。"]);
    assert.ok(error.errors["record.list.values"], JSON.stringify(error.errors));
    assert.ok(error.errors["record.who.values.value"], JSON.stringify(error.errors));
    assert.ok(error.errors["record.rows.value[0].value.cell.value"], JSON.stringify(error.errors));
    const { id } = await record.addRecord({ app, record: value({ must: "x", list: ["a"], who: [{ code: "alice" }] }) });
    await refused(record.updateRecord({ app, id, record: value({ must: "" }) }), 400, "CB_VA01", "record.must.value");
  });
  test("a field that becomes required later is asked for at the next update, and does not stop the deployment", async () => {
    const app = await makeApp("later required", { ...field("SINGLE_LINE_TEXT", "a"), ...field("SINGLE_LINE_TEXT", "b") });
    const { id } = await record.addRecord({ app });
    await apps.updateFormFields({ app, properties: { a: { type: "SINGLE_LINE_TEXT", required: true } } });
    await deploy(admin, app);
    await refused(record.updateRecord({ app, id, record: value({ b: "x" }) }), 400, "CB_VA01", "record.a.value");
  });
  test("today, now and the user who writes", async () => {
    const app = await makeApp("defaults", { ...field("DATE", "date", { defaultNowValue: true }), ...field("DATETIME", "at", { defaultNowValue: true }), ...field("NUMBER", "number", { defaultValue: "7" }), ...field("USER_SELECT", "who", { defaultValue: [{ type: "FUNCTION", code: "LOGINUSER()" }] }), ...field("MULTI_SELECT", "multi", { options: options("a", "b"), defaultValue: ["b"] }) });
    const { id } = await record.addRecord({ app });
    const { record: read } = await record.getRecord({ app, id });
    assert.match(read.date.value, /^\d{4}-\d\d-\d\d$/);
    assert.match(read.at.value, /:00Z$/);
    assert.equal(read.number.value, "7");
    assert.deepEqual(read.who.value, [{ code: "admin", name: "admin" }]);
    assert.deepEqual(read.multi.value, ["b"]);
  });
});

describe("computed fields", () => {
  let app;
  before(async () => {
    const calc = (code, expression, more = {}) => field("CALC", code, { expression, ...more });
    app = await makeApp("formulas", {
      ...field("NUMBER", "a"), ...field("NUMBER", "b"), ...field("SINGLE_LINE_TEXT", "text"), ...field("DATE", "from"), ...field("DATE", "to"), ...field("DATETIME", "at"), ...field("TIME", "start"), ...field("TIME", "end"),
      ...field("CHECK_BOX", "tags", { options: options("x", "y") }),
      ...field("SUBTABLE", "rows", { fields: { ...field("NUMBER", "price"), ...field("NUMBER", "count"), ...calc("line", "price * count") } }),
      ...calc("sum", "SUM(a, b)"), ...calc("plus", "a + b * 2"), ...calc("power", "a ^ 2"), ...calc("divided", "a / b"),
      ...calc("total", "SUM(line)"), ...calc("choice", "IF(a > b, 1, 0)"), ...calc("logic", "IF(AND(a > 0, OR(b > 0, NOT(a = 3))), 1, 0)"),
      ...calc("round", "ROUND(a / 3, 2)"), ...calc("up", "ROUNDUP(a / 3, 1)"), ...calc("down", "ROUNDDOWN(a / 3)"),
      ...calc("days", "(to - from) / 86400"), ...calc("hours", "end - start", { format: "HOUR_MINUTE" }), ...calc("tagged", 'IF(CONTAINS(tags, "x"), 1, 0)'), ...calc("next", "from + 86400", { format: "DATE" }),
      ...field("SINGLE_LINE_TEXT", "yen", { expression: "YEN(a, 0)" }),
      ...field("SINGLE_LINE_TEXT", "shown", { expression: 'DATE_FORMAT(at, "YYYY-MM-dd HH:mm", "Asia/Tokyo")' }),
      ...field("SINGLE_LINE_TEXT", "joined", { expression: 'text & "-" & a' }),
      ...field("SINGLE_LINE_TEXT", "said", { expression: 'IF(text = "yes", "はい", "いいえ")' }),
    });
  });
  const computed = async (values) => (await record.getRecord({ app, id: (await record.addRecord({ app, record: value(values) })).id })).record;
  const gives = (code, values, expected) => test(`${code} of ${JSON.stringify(values)} is ${expected}`, async () => assert.equal((await computed(values))[code].value, expected));
  gives("sum", { a: 1, b: 2 }, "3");
  gives("plus", { a: 1, b: 2 }, "5");
  gives("power", { a: 5 }, "25");
  gives("divided", { a: 1, b: 4 }, "0.25");
  gives("divided", { a: 1, b: 0 }, "");
  gives("total", { rows: [{ value: value({ price: 100, count: 2 }) }, { value: value({ price: 50, count: 3 }) }] }, "350");
  gives("choice", { a: 2, b: 1 }, "1");
  gives("logic", { a: 3, b: 0 }, "0");
  gives("round", { a: 10 }, "3.33");
  gives("up", { a: 10 }, "3.4");
  gives("down", { a: 10 }, "3");
  gives("days", { from: "2026-11-24", to: "2026-12-01" }, "7");
  gives("hours", { start: "09:00", end: "17:30" }, "8:30");
  gives("tagged", { tags: ["x", "y"] }, "1");
  gives("tagged", { tags: ["y"] }, "0");
  gives("next", { from: "2026-12-31" }, "2027-01-01");
  gives("yen", { a: 1234567 }, "¥1,234,567");
  gives("shown", { at: "2026-11-24T01:20:00Z" }, "2026-11-24 10:20");
  gives("joined", { text: "no", a: 7 }, "no-7");
  gives("said", { text: "yes" }, "はい");
  test("what is sent to a computed field is ignored", async () => assert.equal((await computed({ a: 1, b: 2, sum: 99 })).sum.value, "3"));
  test("rows are computed too", async () => assert.equal((await computed({ rows: [{ value: value({ price: 3, count: 4 }) }] })).rows.value[0].value.line.value, "12"));
  test("a formula that cannot be read is refused", async () => {
    const error = await apps.addFormFields({ app, properties: field("CALC", "bad", { expression: "a +* b" }) }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
});

describe("lookups and related records", () => {
  let source, app;
  before(async () => {
    source = await makeApp("lookup source", { ...field("SINGLE_LINE_TEXT", "code", { unique: true }), ...field("SINGLE_LINE_TEXT", "name"), ...field("NUMBER", "price") });
    await record.addRecord({ app: source, record: value({ code: "A", name: "first", price: 10 }) });
    app = await makeApp("lookup", {
      ...field("SINGLE_LINE_TEXT", "name"), ...field("NUMBER", "price"),
      key: { type: "SINGLE_LINE_TEXT", code: "key", label: "key", lookup: { relatedApp: { app: source }, relatedKeyField: "code", fieldMappings: [{ field: "name", relatedField: "name" }, { field: "price", relatedField: "price" }], lookupPickerFields: ["name"], filterCond: "", sort: "code asc" } },
      related: { type: "REFERENCE_TABLE", code: "related", label: "related", referenceTable: { relatedApp: { app: source }, condition: { field: "name", relatedField: "name" }, filterCond: "", displayFields: ["code", "price"], sort: "code asc", size: "5" } },
    });
  });
  const add = async (values) => (await record.getRecord({ app, id: (await record.addRecord({ app, record: value(values) })).id })).record;
  test("a lookup copies", async () => {
    const read = await add({ key: "A" });
    assert.equal(read.name.value, "first");
    assert.equal(read.price.value, "10");
  });
  test("what is sent to a copied field is ignored", async () => assert.equal((await add({ key: "A", name: "mine" })).name.value, "first"));
  test("a key that is not there is GAIA_LO04", () => refused(record.addRecord({ app, record: value({ key: "B" }) }), 400, "GAIA_LO04"));
  test("later changes of the source do not come through", async () => {
    const { id } = await record.addRecord({ app, record: value({ key: "A" }) });
    await record.updateRecord({ app: source, updateKey: { field: "code", value: "A" }, record: value({ price: 11 }) });
    assert.equal((await record.getRecord({ app, id })).record.price.value, "10");
    await record.updateRecord({ app: source, updateKey: { field: "code", value: "A" }, record: value({ price: 10 }) });
  });
  test("an emptied lookup empties its copies", async () => {
    const { id } = await record.addRecord({ app, record: value({ key: "A" }) });
    await record.updateRecord({ app, id, record: value({ key: "" }) });
    assert.equal((await record.getRecord({ app, id })).record.name.value, "");
  });
  test("related records are no value of a record", async () => assert.ok(!("related" in await add({ key: "A" }))));
  test("the settings read back whole", async () => {
    const { properties } = await apps.getFormFields({ app });
    assert.equal(properties.key.lookup.relatedApp.app, source);
    assert.equal(properties.key.lookup.relatedKeyField, "code");
    assert.deepEqual(properties.key.lookup.lookupPickerFields, ["name"]);
    assert.deepEqual(properties.related.referenceTable.condition, { field: "name", relatedField: "name" });
    assert.equal(properties.related.referenceTable.size, "5");
  });
});

describe("form settings", () => {
  let app;
  before(async () => {
    app = await makeApp("form", { ...field("SINGLE_LINE_TEXT", "text"), ...field("DROP_DOWN", "drop", { options: options("a", "b") }), ...field("SUBTABLE", "rows", { fields: field("NUMBER", "amount") }) });
  });
  test("a text has all its properties", async () => {
    const { properties: { text } } = await apps.getFormFields({ app });
    assert.deepEqual(text, { type: "SINGLE_LINE_TEXT", code: "text", label: "text", noLabel: false, required: false, minLength: "", maxLength: "", expression: "", hideExpression: false, unique: false, defaultValue: "" });
  });
  test("the built-in fields are there", async () => {
    const { properties } = await apps.getFormFields({ app });
    const types = Object.values(properties).map(({ type }) => type);
    for (const type of ["RECORD_NUMBER", "CREATOR", "MODIFIER", "CREATED_TIME", "UPDATED_TIME", "STATUS", "STATUS_ASSIGNEE", "CATEGORY"]) assert.ok(types.includes(type), type);
    assert.equal(properties["ステータス"].enabled, false);
  });
  test("options keep label and index, as text", async () => assert.deepEqual((await apps.getFormFields({ app })).properties.drop.options.b, { label: "b", index: "1" }));
  test("an option can be renamed, and records follow", async () => {
    const { id } = await record.addRecord({ app, record: value({ drop: "b" }) });
    await apps.updateFormFields({ app, properties: { drop: { type: "DROP_DOWN", options: { a: { label: "a", index: 0 }, b: { label: "bee", index: 1 } } } } });
    await deploy(admin, app);
    assert.ok((await apps.getFormFields({ app })).properties.drop.options.bee);
    assert.equal((await record.getRecord({ app, id })).record.drop.value, "bee");
  });
  test("a label and a code can be changed, and values stay", async () => {
    const { id } = await record.addRecord({ app, record: value({ text: "kept" }) });
    await apps.updateFormFields({ app, properties: { text: { type: "SINGLE_LINE_TEXT", code: "renamed", label: "Renamed" } } });
    await deploy(admin, app);
    assert.equal((await record.getRecord({ app, id })).record.renamed.value, "kept");
    assert.equal((await apps.getFormFields({ app })).properties.renamed.label, "Renamed");
  });
  test("an unknown field cannot be changed, GAIA_FC01", () => refused(apps.updateFormFields({ app, properties: { nothing: { type: "NUMBER" } } }), 400, "GAIA_FC01"));
  test("a code that is taken cannot be added", async () => {
    const error = await apps.addFormFields({ app, properties: field("NUMBER", "drop") }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  for (const reserved of ["ステータス", "作業者", "カテゴリー"]) {
    test(`${reserved} is reserved`, async () => {
      const error = await apps.addFormFields({ app, properties: field("NUMBER", reserved) }).catch((thrown) => thrown);
      assert.equal(error.status, 400);
    });
  }
  test("a field can be deleted before it is live and after", async () => {
    await apps.addFormFields({ app, properties: field("NUMBER", "short") });
    assert.ok((await apps.getFormFields({ app, preview: true })).properties.short);
    assert.ok(!(await apps.getFormFields({ app })).properties.short);
    assert.match((await apps.deleteFormFields({ app, fields: ["short"] })).revision, /^\d+$/);
    assert.ok(!(await apps.getFormFields({ app, preview: true })).properties.short);
  });
  test("a stale revision is 409 GAIA_CO03", async () => {
    const error = await apps.addFormFields({ app, properties: field("NUMBER", "late"), revision: 1 }).then(() => assert.fail("expected a refusal"), (thrown) => thrown);
    assert.equal(error.status, 409);
    assert.match(error.code, /^GAIA_CO0\d$/);
  });
  test("the layout lists rows and tables, and takes labels, lines and spaces", async () => {
    const { layout } = await apps.getFormLayout({ app, preview: true });
    assert.ok(layout.some(({ type, code }) => type === "SUBTABLE" && code === "rows"));
    await apps.addFormFields({ app, properties: field("GROUP", "group") });
    const fields = (await apps.getFormFields({ app, preview: true })).properties;
    await apps.updateFormLayout({ app, layout: [
      { type: "ROW", fields: [{ type: "LABEL", label: "heading", size: { width: "200" } }, { type: "SPACER", elementId: "space", size: { width: "100", height: "50" } }, { type: "HR", size: { width: "300" } }] },
      { type: "GROUP", code: "group", layout: [{ type: "ROW", fields: [{ type: "DROP_DOWN", code: "drop", size: { width: "150" } }] }] },
      { type: "SUBTABLE", code: "rows", fields: [{ type: "NUMBER", code: "amount", size: { width: "120" } }] },
      { type: "ROW", fields: [{ type: "SINGLE_LINE_TEXT", code: "renamed", size: { width: "193" } }] },
    ] });
    await deploy(admin, app);
    const after = (await apps.getFormLayout({ app })).layout;
    assert.deepEqual(after.map(({ type }) => type), ["ROW", "GROUP", "SUBTABLE", "ROW"]);
    assert.deepEqual(after[0].fields[1], { type: "SPACER", elementId: "space", size: { width: "100", height: "50" } });
    assert.deepEqual(after[1].layout[0].fields[0], { type: "DROP_DOWN", code: "drop", size: { width: "150" } });
    assert.ok(fields.group);
  });
  test("a layout that names an unknown field is refused", async () => {
    const error = await apps.updateFormLayout({ app, layout: [{ type: "ROW", fields: [{ type: "NUMBER", code: "nothing" }] }] }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("columns are added to a table by its code", async () => {
    await apps.addFormFields({ app, properties: { rows: { type: "SUBTABLE", code: "rows", fields: field("SINGLE_LINE_TEXT", "note") } } });
    await deploy(admin, app);
    assert.deepEqual(Object.keys((await apps.getFormFields({ app })).properties.rows.fields).sort(), ["amount", "note"]);
  });
});
