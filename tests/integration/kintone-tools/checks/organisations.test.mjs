// Organisations and groups: as values, in queries, in rights, as assignees. Expectations: "フィールド形式", "クエリの書き方" and "アクセス権の設定".
import { test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, deploy, field, ids, makeApp, refused, value } from "../support/tenant.mjs";

test("ORGANIZATION_SELECT: values, defaults, queries and rights by organisation", async (t) => {
  const carol = as("carol");
  const app = await makeApp("organisations", {
    ...field("SINGLE_LINE_TEXT", "title"),
    ...field("ORGANIZATION_SELECT", "who"),
    ...field("ORGANIZATION_SELECT", "own", { defaultValue: [{ type: "FUNCTION", code: "PRIMARY_ORGANIZATION()" }] }),
    ...field("GROUP_SELECT", "group"),
  });
  const { id } = await carol.record.addRecord({ app, record: value({ title: "a", who: [{ code: "higashi" }], group: [{ code: "hospitals" }] }) });
  await t.test("is read back with code and name", async () => {
    const { record } = await admin.record.getRecord({ app, id });
    assert.deepEqual(record.who, { type: "ORGANIZATION_SELECT", value: [{ code: "higashi", name: "higashi" }] });
    assert.deepEqual(record.group, { type: "GROUP_SELECT", value: [{ code: "hospitals", name: "hospitals" }] });
  });
  await t.test("defaults to the writer's preferred organisation", async () => {
    const { record } = await admin.record.getRecord({ app, id });
    assert.deepEqual(record.own.value.map(({ code }) => code), ["nishi"]);
    const other = await as("alice").record.addRecord({ app, record: value({ title: "b" }) });
    assert.deepEqual((await admin.record.getRecord({ app, id: other.id })).record.own.value, []);
  });
  await t.test("refuses one that is not there", () => refused(admin.record.addRecord({ app, record: value({ who: [{ code: "nowhere" }] }) }), 400, "GAIA_IL26"));
  await t.test("is found by code and by PRIMARY_ORGANIZATION()", async () => {
    assert.deepEqual(ids((await admin.record.getRecords({ app, query: 'who in ("higashi")' })).records), [Number(id)]);
    assert.deepEqual(ids((await carol.record.getRecords({ app, query: "own in (PRIMARY_ORGANIZATION())" })).records), [Number(id)]);
    assert.deepEqual(ids((await carol.record.getRecords({ app, query: "who in (PRIMARY_ORGANIZATION())" })).records), []);
    assert.deepEqual(ids((await admin.record.getRecords({ app, query: 'group in ("hospitals") and who not in ("nishi")' })).records), [Number(id)]);
    await refused(admin.record.getRecords({ app, query: 'who = "higashi"' }), 400, "GAIA_IQ03");
  });
  await t.test("gives rights to its members", async () => {
    const entities = [
      { entity: { type: "FIELD_ENTITY", code: "who" }, viewable: true, editable: false, deletable: false },
      { entity: { type: "USER", code: "admin" }, viewable: true, editable: true, deletable: true },
    ];
    await admin.app.updateRecordAcl({ app, rights: [{ filterCond: "", entities }] });
    await deploy(admin, app);
    assert.equal((await carol.record.getRecord({ app, id })).record.title.value, "a");
    await refused(carol.record.updateRecord({ app, id, record: value({ title: "c" }) }), 403, "CB_NO02");
    await refused(as("alice").record.getRecord({ app, id }), 403, "CB_NO02");
    await admin.app.updateRecordAcl({ app, rights: [{ filterCond: "", entities: [{ entity: { type: "ORGANIZATION", code: "nishi" }, viewable: true, editable: true, deletable: false }, entities[1]] }] });
    await deploy(admin, app);
    assert.equal((await carol.record.updateRecord({ app, id, record: value({ title: "c" }) })).revision, "2");
    await refused(as("bob").record.getRecord({ app, id }), 403, "CB_NO02");
  });
  await t.test("can be mentioned in a comment", async () => {
    await admin.record.addRecordComment({ app, record: id, comment: { text: "x", mentions: [{ code: "nishi", type: "ORGANIZATION" }] } });
    const { comments } = await admin.record.getRecordComments({ app, record: id });
    assert.deepEqual(comments[0].mentions, [{ code: "nishi", type: "ORGANIZATION" }]);
    assert.ok(comments[0].text.startsWith("nishi "));
  });
  await t.test("its members act as assignees", async () => {
    await admin.app.updateProcessManagement({ app, enable: true,
      states: { new: { name: "new", index: 0, assignee: { type: "ONE", entities: [] } }, work: { name: "work", index: 1, assignee: { type: "ANY", entities: [{ entity: { type: "ORGANIZATION", code: "nishi" }, includeSubs: false }] } } },
      actions: [{ name: "go", from: "new", to: "work", filterCond: "" }] });
    await deploy(admin, app);
    await admin.record.updateRecordStatus({ app, id, action: "go" });
    assert.deepEqual((await admin.record.getRecord({ app, id })).record.作業者?.value ?? (await admin.record.getRecord({ app, id })).record.Assignee.value, [{ code: "carol", name: "carol" }]);
  });
});
