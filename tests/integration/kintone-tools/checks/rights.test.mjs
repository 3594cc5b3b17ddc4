// Rights of apps, records and fields. Expectations: "アクセス権の設定", "レコードのアクセス権を評価する" and ../shared/kintone/RULES.md.
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, deploy, field, makeApp, refused, token, value, withToken } from "../support/tenant.mjs";

const { app: apps, record } = admin;
const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => as(name));
const group = (code) => ({ entity: { type: "GROUP", code } });
const all = { recordViewable: true, recordAddable: true, recordEditable: true, recordDeletable: true };
let app, ofAlice, ofBob;

before(async () => {
  app = await makeApp("rights", { ...field("SINGLE_LINE_TEXT", "text"), ...field("SINGLE_LINE_TEXT", "secret"), ...field("SINGLE_LINE_TEXT", "fixed"), ...field("USER_SELECT", "owner") });
  await apps.updateAppAcl({ app, rights: [
    { entity: { type: "CREATOR" }, ...all, appEditable: true },
    { ...group("coordinators"), ...all, recordDeletable: false },
    { ...group("hospitals"), recordViewable: true, recordAddable: true, recordEditable: true, recordDeletable: false },
    { ...group("everyone") },
  ] });
  await apps.updateRecordAcl({ app, rights: [{ filterCond: "", entities: [
    { ...group("Administrators"), viewable: true, editable: true, deletable: true },
    { ...group("coordinators"), viewable: true, editable: true, deletable: false },
    { entity: { type: "FIELD_ENTITY", code: "owner" }, viewable: true, editable: true, deletable: false },
  ] }] });
  await apps.updateFieldAcl({ app, rights: [
    { code: "secret", entities: [{ ...group("coordinators"), accessibility: "WRITE" }, { ...group("Administrators"), accessibility: "WRITE" }, { ...group("everyone"), accessibility: "NONE" }] },
    { code: "fixed", entities: [{ ...group("Administrators"), accessibility: "WRITE" }, { ...group("everyone"), accessibility: "READ" }] },
  ] });
  await deploy(admin, app);
  ofAlice = (await record.addRecord({ app, record: value({ text: "a", secret: "s", fixed: "f", owner: [{ code: "alice" }] }) })).id;
  ofBob = (await record.addRecord({ app, record: value({ text: "b", secret: "s", owner: [{ code: "bob" }] }) })).id;
});

describe("records", () => {
  test("one sees one's own", async () => assert.equal((await alice.record.getRecord({ app, id: ofAlice })).record.text.value, "a"));
  test("and nobody else's, 403 CB_NO02", () => refused(alice.record.getRecord({ app, id: ofBob }), 403, "CB_NO02"));
  test("a list holds one's own", async () => assert.deepEqual((await alice.record.getRecords({ app })).records.map((one) => one.$id.value), [ofAlice]));
  test("the count too", async () => assert.equal((await bob.record.getRecords({ app, totalCount: true })).totalCount, "1"));
  test("a cursor too", async () => assert.equal((await alice.record.getAllRecordsWithCursor({ app })).length, 1));
  test("others' records cannot be changed, deleted or commented", async () => {
    await refused(alice.record.updateRecord({ app, id: ofBob, record: value({ text: "x" }) }), 403, "CB_NO02");
    await refused(alice.record.deleteRecords({ app, ids: [ofBob] }), 403, "CB_NO02");
    await refused(alice.record.getRecordComments({ app, record: ofBob }), 403, "CB_NO02");
    await refused(alice.record.addRecordComment({ app, record: ofBob, comment: { text: "x" } }), 403, "CB_NO02");
  });
  test("the right to delete is one of its own", () => refused(carol.record.deleteRecords({ app, ids: [ofAlice] }), 403, "CB_NO02"));
  test("one wrong record undoes a batch", async () => {
    await refused(alice.record.updateRecords({ app, records: [{ id: ofAlice, record: value({ text: "x" }) }, { id: ofBob, record: value({ text: "x" }) }] }), 403, "CB_NO02");
    assert.equal((await record.getRecord({ app, id: ofAlice })).record.text.value, "a");
  });
});

describe("fields", () => {
  test("a hidden field is not in the record", async () => assert.ok(!("secret" in (await alice.record.getRecord({ app, id: ofAlice })).record)));
  test("nor when asked for by name", async () => assert.deepEqual(Object.keys((await alice.record.getRecords({ app, fields: ["secret", "text"] })).records[0]), ["text"]));
  test("a field for reading is shown", async () => assert.equal((await alice.record.getRecord({ app, id: ofAlice })).record.fixed.value, "f"));
  test("and cannot be written", async () => {
    const error = await alice.record.updateRecord({ app, id: ofAlice, record: value({ fixed: "x" }) }).catch((thrown) => thrown);
    assert.ok(error.status >= 400, String(error));
    assert.equal((await record.getRecord({ app, id: ofAlice })).record.fixed.value, "f");
  });
  test("who may, sees and writes", async () => {
    await carol.record.updateRecord({ app, id: ofAlice, record: value({ secret: "s2" }) });
    assert.equal((await carol.record.getRecord({ app, id: ofAlice })).record.secret.value, "s2");
  });
});

describe("asking for rights", () => {
  test("per record and field", async () => {
    const { rights } = await alice.app.evaluateRecordsAcl({ app, ids: [ofAlice, ofBob] });
    assert.deepEqual(rights.map(({ id }) => id), [ofAlice, ofBob]);
    assert.deepEqual(rights[0].record, { viewable: true, editable: true, deletable: false });
    assert.equal(rights[1].record.viewable, false);
    assert.deepEqual(rights[0].fields.secret, { viewable: false, editable: false });
    assert.deepEqual(rights[0].fields.fixed, { viewable: true, editable: false });
    assert.deepEqual(rights[0].fields.text, { viewable: true, editable: true });
  });
  test("a hundred ids at most", () => refused(alice.app.evaluateRecordsAcl({ app, ids: Array.from({ length: 101 }, (_, n) => n + 1) }), 400, "CB_VA01", "ids"));
  test("not by token", async () => {
    const error = await withToken(token(app, "view")).app.evaluateRecordsAcl({ app, ids: [ofAlice] }).catch((thrown) => thrown);
    assert.ok(error.status >= 400, String(error));
  });
});

describe("settings", () => {
  test("they read back as written, with what was left out", async () => {
    const { rights } = await apps.getAppAcl({ app });
    assert.equal(rights[0].entity.type, "CREATOR");
    assert.deepEqual(rights[1].entity, { type: "GROUP", code: "coordinators" });
    assert.equal(rights[1].includeSubs, false);
    assert.equal(rights[3].recordViewable, false);
    assert.equal((await apps.getRecordAcl({ app })).rights[0].entities[2].entity.code, "owner");
    assert.equal((await apps.getFieldAcl({ app })).rights[0].entities[2].accessibility, "NONE");
  });
  test("they are for who manages the app", async () => {
    await refused(alice.app.getAppAcl({ app }), 403, "CB_NO02");
    await refused(alice.app.getFormFields({ app, preview: true }), 403, "CB_NO02");
    await refused(alice.app.updateAppSettings({ app, name: "mine" }), 403, "CB_NO02");
    await refused(alice.app.deployApp({ apps: [{ app }] }), 403, "CB_NO02");
  });
  test("the live form is for who may view or add", async () => assert.ok((await alice.app.getFormFields({ app })).properties.text));
  test("a right for an unknown field is refused", async () => {
    const error = await apps.updateFieldAcl({ app, rights: [{ code: "nothing", entities: [] }] }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("a condition that does not fit is refused", async () => {
    const error = await apps.updateRecordAcl({ app, rights: [{ filterCond: 'owner = "alice"', entities: [] }] }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("everyone comes last wherever it is written", async () => {
    const other = await makeApp("everyone first", field("NUMBER", "n"));
    await apps.updateAppAcl({ app: other, rights: [{ entity: { type: "CREATOR" }, ...all, appEditable: true }, { ...group("everyone") }, { ...group("hospitals"), recordViewable: true }] });
    await deploy(admin, other);
    assert.deepEqual((await alice.record.getRecords({ app: other })).records, []);
    await refused(carol.record.getRecords({ app: other }), 403, "CB_NO02");
  });
});
