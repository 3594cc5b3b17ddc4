// What was not yet asked elsewhere: edges of parameters, forms of values, and settings in every language. Expectations: the pages of the REST API and ../shared/kintone/RULES.md.
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, deploy, field, ids, makeApp, options, raw, refused, token, value, withToken } from "../support/tenant.mjs";

const { app: apps, record } = admin;

describe("parameters", () => {
  let app, first;
  before(async () => {
    app = await makeApp("parameters", {
      ...field("SINGLE_LINE_TEXT", "key", { unique: true }), ...field("SINGLE_LINE_TEXT", "text"), ...field("NUMBER", "number"),
      ...field("DATETIME", "at"), ...field("DATE", "day"), ...field("TIME", "time"), ...field("RICH_TEXT", "rich"), ...field("LINK", "link", { protocol: "WEB" }),
      ...field("CHECK_BOX", "box", { options: options("a", "b") }), ...field("USER_SELECT", "user"), ...field("MULTI_LINE_TEXT", "long"),
    });
    first = (await record.addRecord({ app, record: value({ key: "k1", text: "t" }) })).id;
  });
  const update = (body) => raw("PUT", "/k/v1/record.json", { body });
  test("a record is named by id or by key, not by both", async () => {
    const both = await update({ app, id: first, updateKey: { field: "key", value: "k1" }, record: {} });
    assert.equal(both.status, 400);
    assert.equal(both.json.code, "CB_VA01");
  });
  test("nor by neither", async () => {
    const none = await update({ app, record: {} });
    assert.equal(none.status, 400);
    assert.equal(none.json.code, "CB_VA01");
  });
  test("a key field that is not there is refused", async () => {
    const answer = await update({ app, updateKey: { field: "nothing", value: "x" }, record: {} });
    assert.equal(answer.status, 400);
  });
  test("a revision may be text", async () => {
    const { revision } = await record.updateRecord({ app, id: first, revision: "1", record: value({ text: "u" }) });
    assert.equal(revision, "2");
  });
  test("what is no revision is refused", () => refused(record.updateRecord({ app, id: first, revision: "x", record: {} }), 400, "CB_VA01", "revision"));
  test("an id that is no number is refused", () => refused(record.getRecord({ app, id: "x" }), 400, "CB_VA01", "id"));
  test("an app that is no number is refused", () => refused(record.getRecords({ app: "x" }), 400, "CB_VA01", "app"));
  test("an id of nought or less is refused", async () => {
    await refused(record.getRecord({ app, id: 0 }), 400, "CB_VA01", "id");
    await refused(record.getRecord({ app, id: -1 }), 400, "CB_VA01", "id");
  });
  test("an app id of nought is refused", () => refused(record.getRecords({ app: 0 }), 400, "CB_VA01", "app"));
  test("unknown parameters are ignored", async () => assert.equal((await raw("GET", `/k/v1/record.json?app=${app}&id=${first}&more=1`)).status, 200));
  test("unknown codes among the fields asked for are ignored", async () => {
    const { records } = await record.getRecords({ app, fields: ["$id", "nothing"] });
    assert.deepEqual(Object.keys(records[0]), ["$id"]);
  });
  test("a hundred and one updates are refused", () => refused(
    record.updateRecords({ app, records: Array.from({ length: 101 }, () => ({ id: first, record: {} })) }), 400, "CB_VA01", "records"));
  test("a record that is no object is refused", async () => {
    const answer = await raw("POST", "/k/v1/record.json", { body: { app, record: "x" } });
    assert.equal(answer.status, 400);
  });
  test("a deleted record is gone for comments too", async () => {
    const { id } = await record.addRecord({ app, record: {} });
    await record.deleteRecords({ app, ids: [id] });
    await refused(record.getRecordComments({ app, record: id }), 404, "GAIA_RE01");
    await refused(record.addRecordComment({ app, record: id, comment: { text: "x" } }), 404, "GAIA_RE01");
  });
  test("an id is not given again after its record was deleted", async () => {
    const { id } = await record.addRecord({ app, record: {} });
    await record.deleteRecords({ app, ids: [id] });
    assert.ok(Number((await record.addRecord({ app, record: {} })).id) > Number(id));
  });
  test("a comment that is not there is GAIA_RE02", () => refused(record.deleteRecordComment({ app, record: first, comment: 99 }), 400, "GAIA_RE02"));
  for (const [code, given, expected] of [
    ["at", "2024-01-02T03:04:05+09:00", "2024-01-01T18:04:00Z"], ["at", "2024-01-02T03:04:59Z", "2024-01-02T03:04:00Z"], ["at", "2024-01-02", "2024-01-02T00:00:00Z"],
    ["day", "2024", "2024-01-01"], ["day", "2024-03", "2024-03-01"], ["day", "2024-3-4", "2024-03-04"],
    ["time", "9:05", "09:05"], ["time", "23:59:59", "23:59"],
    ["rich", "<b>x</b>", "<b>x</b>"], ["link", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"], ["long", "a\nb", "a\nb"],
    ["number", 12, "12"], ["box", ["b", "a"], ["a", "b"]], ["user", [{ code: "alice" }, { code: "bob" }], [{ code: "alice", name: "alice" }, { code: "bob", name: "bob" }]],
    ["key", 5, "5"],
  ]) {
    test(`${code}: ${JSON.stringify(given)} becomes ${JSON.stringify(expected)}`, async () => {
      const { id } = await record.addRecord({ app, record: value({ [code]: given }) });
      assert.deepEqual((await record.getRecord({ app, id })).record[code].value, expected);
      await record.deleteRecords({ app, ids: [id] });
    });
  }
  for (const [code, given] of [["at", "2024-13-01T00:00:00Z"], ["at", "x"], ["day", "2024-02-30"], ["time", "24:00"], ["time", "x"], ["link", "x"], ["box", ["c"]], ["box", "a"], ["number", "1e"], ["number", "１２"]]) {
    test(`${code}: ${JSON.stringify(given)} is refused`, async () => {
      const error = await refused(record.addRecord({ app, record: value({ [code]: given }) }), 400);
      assert.ok(["CB_VA01", "CB_IJ01"].includes(error.code), error.code);
    });
  }
});

describe("queries", () => {
  let app;
  before(async () => {
    app = await makeApp("more queries", { ...field("SINGLE_LINE_TEXT", "text"), ...field("NUMBER", "n"), ...field("DATETIME", "at"), ...field("DATE", "day"), ...field("DROP_DOWN", "one", { options: options("a", "b") }),
      ...field("SUBTABLE", "t", { fields: field("SINGLE_LINE_TEXT", "cell") }), ...field("FILE", "file") });
    await record.addRecords({ app, records: [1, 2, 3].map((n) => value({ text: `word ${n}`, n, at: "2024-05-05T00:00:00Z", day: "2024-05-05", one: n === 1 ? "a" : "b", t: [{ value: value({ cell: `c${n}` }) }] })) });
  });
  const found = async (query) => ids((await record.getRecords({ app, query })).records);
  for (const [query, expected] of [
    ["作成者 in (LOGINUSER()) order by $id asc", [1, 2, 3]], ["更新者 in (\"admin\") order by $id asc", [1, 2, 3]], ["作成日時 <= NOW() order by $id asc", [1, 2, 3]], ["作成日時 = TODAY() order by $id asc", [1, 2, 3]],
    ["更新日時 > TODAY() limit 0", []], ["レコード番号 = 2", [2]], ["レコード番号 in (1, 3) order by $id asc", [1, 3]], ["$id >= 2 order by $id asc", [2, 3]],
    ["n >= 2 and n < 3", [2]], ["n in (1,2) order by n desc", [2, 1]], ["one not in (\"a\") order by $id asc", [2, 3]], ["one in (\"\")", []], ["day = \"2024-05-05\" and n = \"3\"", [3]],
    ["cell in (\"c2\")", [2]], ["cell like \"c3\"", [3]], ["file is empty order by $id asc", [1, 2, 3]], ["(n = 1 or n = 2) and text like \"word\" order by n asc", [1, 2]], ["text != \"word 1\" order by $id asc", [2, 3]],
    ["order by one asc, n desc", [1, 3, 2]], ["n = 1 or n = 2 and n = 3", [1]],
  ]) {
    test(`${query} finds ${expected}`, async () => assert.deepEqual(await found(query), expected));
  }
  for (const [query, code] of [["nothing = 1", "GAIA_IQ11"], ["order by nothing", "GAIA_IQ11"], ["text > \"a\"", "GAIA_IQ03"], ["one = \"a\"", "GAIA_IQ03"], ["one in (\"z\")", "GAIA_IQ10"], ["cell = \"c1\"", "GAIA_IQ07"], ["text = 'a'", "CB_VA01"], ["limit x", "CB_VA01"],
    ["text is empty", "GAIA_IQ03"], ["n like \"1\"", "GAIA_IQ03"], ["text = \"a\" and", "CB_VA01"], ["limit 501", "GAIA_QU01"]]) {
    test(`${query} is ${code}`, () => refused(record.getRecords({ app, query }), 400, code));
  }
  test("a cursor tells its count and whether there is more", async () => {
    const { id, totalCount } = await record.createCursor({ app, query: "order by $id asc", fields: ["n"], size: 2 });
    assert.equal(totalCount, "3");
    const page = await record.getRecordsByCursor({ id });
    assert.equal(page.next, true);
    assert.deepEqual(page.records.map((one) => Object.keys(one)), [["n"], ["n"]]);
    assert.equal((await record.getRecordsByCursor({ id })).next, false);
    await refused(record.getRecordsByCursor({ id }), 404, "GAIA_CN01");
    await refused(record.deleteCursor({ id }), 404, "GAIA_CN01");
  });
  test("a page of a cursor holds at least one", () => refused(record.createCursor({ app, size: 0 }), 400, "CB_VA01", "size"));
});

describe("settings", () => {
  let app;
  before(async () => { app = await makeApp("more settings", { ...field("SINGLE_LINE_TEXT", "text"), ...field("USER_SELECT", "who") }); });
  for (const lang of ["ja", "en", "zh", "default", "user"]) {
    test(`fields, views and process are told in ${lang}`, async () => {
      assert.equal((await apps.getFormFields({ app, lang })).properties.text.code, "text");
      assert.ok((await apps.getViews({ app, lang })).views);
      assert.ok("enable" in (await apps.getProcessManagement({ app, lang })));
      assert.equal((await apps.getAppSettings({ app, lang })).name, "more settings");
    });
  }
  test("an unknown language is refused", () => refused(apps.getFormFields({ app, lang: "xx" }), 400, "CB_VA01", "lang"));
  test("an app must have a name", async () => {
    assert.equal((await raw("POST", "/k/v1/preview/app.json", { body: {} })).json.errors.name !== undefined, true);
    await refused(apps.addApp({ name: "" }), 400, "CB_VA01", "name");
  });
  test("a deployment names its apps", () => refused(apps.deployApp({ apps: [] }), 400, "CB_VA01", "apps"));
  test("an unknown app is not deployed", () => refused(apps.deployApp({ apps: [{ app: 9999 }] }), 404, "GAIA_AP01"));
  test("nor asked for", () => refused(apps.getDeployStatus({ apps: [9999] }), 404, "GAIA_AP01"));
  test("an app that is not there is 404", async () => {
    await refused(apps.getApp({ id: 9999 }), 404, "GAIA_AP01");
    await refused(apps.getFormFields({ app: 9999 }), 404, "GAIA_AP01");
    await refused(apps.getViews({ app: 9999 }), 404, "GAIA_AP01");
    await refused(apps.getAppAcl({ app: 9999 }), 404, "GAIA_AP01");
  });
  test("a field needs a label and a type", async () => {
    const answer = await raw("POST", "/k/v1/preview/app/form/fields.json", { body: { app, properties: { x: { code: "x" } } } });
    assert.equal(answer.status, 400);
    const wrong = await raw("POST", "/k/v1/preview/app/form/fields.json", { body: { app, properties: { x: { code: "x", label: "x", type: "NOTHING" } } } });
    assert.equal(wrong.status, 400);
  });
  test("a code must be that of its key", async () => {
    const answer = await raw("POST", "/k/v1/preview/app/form/fields.json", { body: { app, properties: { x: { code: "y", label: "x", type: "NUMBER" } } } });
    assert.equal(answer.status, 400);
  });
  test("a field that is not there is not deleted", () => refused(apps.deleteFormFields({ app, fields: ["nothing"] }), 400, "GAIA_FC01"));
  test("revisions of settings are text everywhere", async () => {
    for (const read of ["getFormFields", "getFormLayout", "getViews", "getAppSettings", "getProcessManagement", "getAppAcl", "getRecordAcl", "getFieldAcl", "getGeneralNotifications", "getPerRecordNotifications", "getReminderNotifications", "getReports", "getAppActions", "getAppCustomize", "getAdminNotes", "getPlugins"])
      assert.equal(typeof (await apps[read]({ app })).revision, "string", read);
  });
  test("all of them can be read before they are live", async () => {
    for (const read of ["getFormFields", "getFormLayout", "getViews", "getAppSettings", "getProcessManagement", "getAppAcl", "getRecordAcl", "getFieldAcl", "getGeneralNotifications", "getPerRecordNotifications", "getReminderNotifications", "getReports", "getAppActions", "getAppCustomize", "getAdminNotes", "getPlugins"])
      assert.equal(typeof (await apps[read]({ app, preview: true })).revision, "string", read);
  });
  test("a stale revision is 409 GAIA_CO03 for each", async () => {
    await refused(apps.updateAppSettings({ app, name: "x", revision: 1 }), 409, "GAIA_CO03");
    await refused(apps.updateViews({ app, views: {}, revision: 1 }), 409, "GAIA_CO03");
    await refused(apps.updateFormLayout({ app, layout: [], revision: 1 }), 409, "GAIA_CO03");
    await refused(apps.updateRecordAcl({ app, rights: [], revision: 1 }), 409, "GAIA_CO03");
    await refused(apps.updateProcessManagement({ app, enable: false, revision: 1 }), 409, "GAIA_CO03");
    await refused(apps.deleteFormFields({ app, fields: ["text"], revision: 1 }), 409, "GAIA_CO03");
  });
  test("apps are found by code, limited and from an offset", async () => {
    const { apps: one } = await apps.getApps({ limit: 1 });
    const { apps: next } = await apps.getApps({ limit: 1, offset: 1 });
    assert.notEqual(one[0].appId, next[0].appId);
    assert.deepEqual(Object.keys(one[0]).sort(), ["appId", "code", "createdAt", "creator", "description", "modifiedAt", "modifier", "name", "spaceId", "threadId"]);
    assert.deepEqual((await apps.getApps({ codes: ["NOTHING"] })).apps, []);
  });
  test("assignees are a hundred at most", async () => {
    await apps.updateProcessManagement({ app, enable: true, states: { a: { name: "a", index: 0, assignee: { type: "ONE", entities: [] } } }, actions: [] });
    await deploy(admin, app);
    const { id } = await record.addRecord({ app, record: {} });
    await refused(record.updateRecordAssignees({ app, id, assignees: Array.from({ length: 101 }, () => "admin") }), 400, "CB_VA01", "assignees");
  });
  test("the status and the assignee can be asked for", async () => {
    const { id } = await record.addRecord({ app, record: {} });
    const { record: one } = await record.getRecord({ app, id });
    const types = Object.values(one).map(({ type }) => type);
    assert.ok(types.includes("STATUS") && types.includes("STATUS_ASSIGNEE"));
    assert.ok(ids((await record.getRecords({ app, query: 'ステータス in ("a")' })).records).includes(Number(id)));
    assert.deepEqual(ids((await record.getRecords({ app, query: "作業者 in (LOGINUSER())" })).records), []);
  });
});

describe("transport", () => {
  test("a method in small letters, or that is none, is refused", async () => {
    const answer = await raw("POST", "/k/v1/records.json", { headers: { "X-HTTP-Method-Override": "TRACE" }, body: { app: 1 } });
    assert.ok(answer.status >= 400);
  });
  test("an unknown path is 404 and no crash", async () => assert.equal((await raw("GET", "/k/v1/nothing.json")).status, 404));
  test("a token may be one of several headers' values", async () => {
    const app = await makeApp("tokens by comma", field("SINGLE_LINE_TEXT", "x"));
    const [view, add] = [token(app, "view"), token(app, "add")];
    const answer = await raw("GET", `/k/v1/records.json?app=${app}`, { user: null, headers: { "X-Cybozu-API-Token": `${view}, ${add}` } });
    assert.equal(answer.status, 200);
    assert.equal((await raw("POST", "/k/v1/record.json", { user: null, headers: { "X-Cybozu-API-Token": `${view},${add}` }, body: { app, record: {} } })).status, 200);
    const both = withToken([view, add]);
    assert.equal((await both.record.getRecords({ app })).records.length, 1);
  });
  test("HEAD and OPTIONS do no harm", async () => {
    for (const method of ["HEAD", "OPTIONS", "PATCH"]) assert.ok((await raw(method, "/k/v1/records.json?app=1")).status >= 400);
  });
});
