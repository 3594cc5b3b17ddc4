// Process management. Expectations: "プロセス管理の設定を変更する", "1件のレコードのステータスを更新する" and ../shared/kintone/RULES.md "Process management".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, deploy, field, makeApp, options, refused, token, value, withToken } from "../support/tenant.mjs";

const { record } = admin;
const user = (code) => ({ entity: { type: "USER", code } });
const states = {
  new: { name: "new", index: 0, assignee: { type: "ONE", entities: [] } },
  check: { name: "check", index: 1, assignee: { type: "ONE", entities: [user("alice"), user("bob")] } },
  both: { name: "both", index: 2, assignee: { type: "ALL", entities: [user("alice"), user("bob")] } },
  any: { name: "any", index: 3, assignee: { type: "ANY", entities: [{ entity: { type: "GROUP", code: "hospitals" } }] } },
  done: { name: "done", index: 4, assignee: { type: "ONE", entities: [] } },
};
const actions = [
  { name: "to check", from: "new", to: "check", filterCond: "" },
  { name: "only large", from: "new", to: "done", filterCond: "number > 100" },
  { name: "to both", from: "new", to: "both" },
  { name: "to any", from: "new", to: "any" },
  { name: "finish", from: "check", to: "done" },
  { name: "finish", from: "both", to: "done" },
  { name: "finish", from: "any", to: "done" },
];
let app;

before(async () => {
  app = await makeApp("process", field("NUMBER", "number"));
  await admin.app.updateProcessManagement({ app, enable: true, states, actions });
  await deploy(admin, app);
});

const add = async (values = {}) => (await record.addRecord({ app, record: value(values) })).id;
const read = async (id) => (await record.getRecord({ app, id })).record;
const move = (id, action, more = {}, client = admin) => client.record.updateRecordStatus({ app, id, action, ...more });

describe("moving", () => {
  test("a new record is in the first status", async () => {
    const one = await read(await add());
    assert.deepEqual(one["ステータス"], { type: "STATUS", value: "new" });
    assert.deepEqual(one["作業者"], { type: "STATUS_ASSIGNEE", value: [] });
  });
  test("an action raises the revision by two", async () => assert.equal((await move(await add(), "to any")).revision, "3"));
  test("a status for one asks for the assignee, GAIA_SA01", async () => refused(move(await add(), "to check"), 400, "GAIA_SA01"));
  test("the assignee is set", async () => {
    const id = await add();
    await move(id, "to check", { assignee: "alice" });
    assert.deepEqual((await read(id))["作業者"].value, [{ code: "alice", name: "alice" }]);
  });
  test("one who is no candidate is refused", async () => {
    const error = await move(await add(), "to check", { assignee: "carol" }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("only the assignee may act", async () => {
    const id = await add();
    await move(id, "to check", { assignee: "alice" });
    const error = await move(id, "finish", {}, as("bob")).catch((thrown) => thrown);
    assert.ok(error.status >= 400, String(error));
    assert.equal((await read(id))["ステータス"].value, "check");
    await move(id, "finish", {}, as("alice"));
    assert.equal((await read(id))["ステータス"].value, "done");
  });
  test("a status for all waits for the last", async () => {
    const id = await add();
    await move(id, "to both");
    await move(id, "finish", {}, as("alice"));
    assert.equal((await read(id))["ステータス"].value, "both");
    await move(id, "finish", {}, as("bob"));
    assert.equal((await read(id))["ステータス"].value, "done");
  });
  test("in a status for any the first moves it", async () => {
    const id = await add();
    await move(id, "to any");
    assert.deepEqual((await read(id))["作業者"].value.map(({ code }) => code).sort(), ["alice", "bob"]);
    await move(id, "finish", {}, as("bob"));
    assert.equal((await read(id))["ステータス"].value, "done");
  });
  test("an action of another status is GAIA_IL03", async () => refused(move(await add(), "finish"), 400, "GAIA_IL03"));
  test("an unknown action is GAIA_IL03", async () => refused(move(await add(), "nothing"), 400, "GAIA_IL03"));
  test("an action whose condition is not met is GAIA_IL03", async () => {
    await refused(move(await add({ number: 5 }), "only large"), 400, "GAIA_IL03");
    assert.equal((await move(await add({ number: 500 }), "only large")).revision, "3");
  });
  test("a stale revision is 409", async () => refused(move(await add(), "to any", { revision: 5 }), 409, "GAIA_CO02"));
  test("many at once", async () => {
    const two = [await add(), await add()];
    const { records } = await record.updateRecordsStatus({ app, records: two.map((id) => ({ id, action: "to any" })) });
    assert.deepEqual(records, two.map((id) => ({ id, revision: "3" })));
  });
  test("many are moved all or none", async () => {
    const one = await add();
    await refused(record.updateRecordsStatus({ app, records: [{ id: one, action: "to any" }, { id: await add(), action: "nothing" }] }), 400, "GAIA_IL03");
    assert.equal((await read(one))["ステータス"].value, "new");
  });
  test("a token acts where nobody is assigned and not where somebody is", async () => {
    const client = withToken(token(app, "view,edit"));
    const id = await add();
    await move(id, "to any", {}, client);
    const error = await move(id, "finish", {}, client).catch((thrown) => thrown);
    assert.ok(error.status >= 400, String(error));
  });
  test("the status cannot be written through the record", async () => {
    const id = await add();
    await record.updateRecord({ app, id, record: { "ステータス": { value: "done" } } }).catch(() => {});
    assert.equal((await read(id))["ステータス"].value, "new");
  });
  test("a status can be asked for", async () => {
    const id = await add();
    await move(id, "to any");
    assert.deepEqual((await record.getRecords({ app, query: `ステータス in ("any") and $id = ${id}` })).records.length, 1);
    assert.deepEqual((await as("alice").record.getRecords({ app, query: `作業者 in (LOGINUSER()) and $id = ${id}` })).records.length, 1);
  });
});

describe("assignees", () => {
  test("they can be changed, the revision goes up", async () => {
    const id = await add();
    assert.equal((await record.updateRecordAssignees({ app, id, assignees: ["carol"] })).revision, "2");
    assert.deepEqual((await read(id))["作業者"].value, [{ code: "carol", name: "carol" }]);
  });
  test("they can be taken away", async () => {
    const id = await add();
    await record.updateRecordAssignees({ app, id, assignees: ["carol"] });
    await record.updateRecordAssignees({ app, id, assignees: [] });
    assert.deepEqual((await read(id))["作業者"].value, []);
  });
  test("an unknown user is refused", async () => {
    const error = await record.updateRecordAssignees({ app, id: await add(), assignees: ["nobody"] }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("a stale revision is 409", async () => refused(record.updateRecordAssignees({ app, id: await add(), assignees: [], revision: 8 }), 409, "GAIA_CO02"));
});

describe("settings", () => {
  test("never enabled, states and actions are null", async () => {
    const other = await makeApp("no process", field("NUMBER", "n"));
    const settings = await admin.app.getProcessManagement({ app: other });
    assert.equal(settings.enable, false);
    assert.equal(settings.states, null);
    assert.equal(settings.actions, null);
  });
  test("without it, moving is GAIA_ST02", async () => {
    const other = await makeApp("no process either", field("NUMBER", "n"));
    const { id } = await record.addRecord({ app: other });
    await refused(record.updateRecordStatus({ app: other, id, action: "x" }), 400, "GAIA_ST02");
  });
  test("they read back as written", async () => {
    const settings = await admin.app.getProcessManagement({ app });
    assert.equal(settings.enable, true);
    assert.deepEqual(Object.keys(settings.states), Object.keys(states));
    assert.equal(settings.states.check.assignee.type, "ONE");
    assert.deepEqual(settings.states.check.assignee.entities.map(({ entity }) => entity.code), ["alice", "bob"]);
    assert.deepEqual(settings.actions.map(({ name, from, to }) => ({ name, from, to })), actions.map(({ name, from, to }) => ({ name, from, to })));
    assert.equal(settings.actions[1].filterCond, "number > 100");
  });
  test("a state without assignee asks for the creator", async () => {
    const other = await makeApp("creator", field("NUMBER", "n"));
    await admin.app.updateProcessManagement({ app: other, enable: true, states: { a: { name: "a", index: 0 }, b: { name: "b", index: 1 } }, actions: [{ name: "go", from: "a", to: "b" }] });
    const { states: kept } = await admin.app.getProcessManagement({ app: other, preview: true });
    assert.equal(kept.a.assignee.type, "ONE");
    assert.equal(kept.a.assignee.entities[0].entity.type, "FIELD_ENTITY");
    assert.equal(kept.a.assignee.entities[0].entity.code, "作成者");
  });
  test("the first status is for one only", async () => {
    const error = await admin.app.updateProcessManagement({ app, states: { ...states, new: { ...states.new, assignee: { type: "ALL", entities: [] } } } }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("an action between unknown states is refused", async () => {
    const error = await admin.app.updateProcessManagement({ app, actions: [{ name: "x", from: "new", to: "nowhere" }] }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("a name of 65 letters is refused", async () => {
    const name = "x".repeat(65);
    const error = await admin.app.updateProcessManagement({ app, states: { ...states, [name]: { name, index: 9 } } }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
});
