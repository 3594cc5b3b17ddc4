// bulkRequest. Expectations: "複数のアプリのレコード操作を一括で処理する" and ../shared/kintone/RULES.md "bulkRequest".
import { before, test } from "node:test";
import assert from "node:assert/strict";
import { admin, deploy, field, makeApp, options, raw, refused, token, value, withToken } from "../support/tenant.mjs";

const { record } = admin;
let one, two;

before(async () => {
  one = await makeApp("bulk one", { ...field("SINGLE_LINE_TEXT", "text", { maxLength: "5" }) });
  two = await makeApp("bulk two", field("NUMBER", "number"));
  await admin.app.updateProcessManagement({ app: two, enable: true, states: { open: { name: "open", index: 0, assignee: { type: "ONE", entities: [] } }, done: { name: "done", index: 1, assignee: { type: "ANY", entities: [] } } }, actions: [{ name: "finish", from: "open", to: "done" }] });
  await deploy(admin, two);
});

const count = async (app) => (await record.getRecords({ app, query: "limit 1", totalCount: true })).totalCount;

test("every kind of request, over two apps, in order", async () => {
  const { id: kept } = await record.addRecord({ app: one });
  const { id: gone } = await record.addRecord({ app: one });
  const { id: moved } = await record.addRecord({ app: two });
  const { results } = await admin.bulkRequest({ requests: [
    { method: "POST", endpointName: "record", payload: { app: one, record: value({ text: "a" }) } },
    { method: "POST", endpointName: "records", payload: { app: two, records: [value({ number: 1 }), value({ number: 2 })] } },
    { method: "PUT", endpointName: "record", payload: { app: one, id: kept, record: value({ text: "b" }), revision: 1 } },
    { method: "PUT", endpointName: "records", payload: { app: one, records: [{ id: kept, record: value({ text: "c" }), revision: 2 }] } },
    { method: "DELETE", endpointName: "records", payload: { app: one, ids: [gone] } },
    { method: "PUT", endpointName: "record/assignees", payload: { app: two, id: moved, assignees: ["admin"] } },
    { method: "PUT", endpointName: "record/status", payload: { app: two, id: moved, action: "finish" } },
  ] });
  assert.equal(results.length, 7);
  assert.equal(results[0].revision, "1");
  assert.equal(results[1].ids.length, 2);
  assert.equal(results[2].revision, "2");
  assert.deepEqual(results[3].records, [{ id: kept, revision: "3" }]);
  assert.deepEqual(results[4], {});
  assert.equal((await record.getRecord({ app: two, id: moved })).record["ステータス"].value, "done");
});

test("a failure undoes all and is named by its place", async () => {
  const [ofOne, ofTwo] = [await count(one), await count(two)];
  const error = await refused(admin.bulkRequest({ requests: [
    { method: "POST", endpointName: "record", payload: { app: two, record: value({ number: 1 }) } },
    { method: "POST", endpointName: "record", payload: { app: one, record: value({ text: "too long" }) } },
    { method: "POST", endpointName: "record", payload: { app: two, record: {} } },
  ] }), 400, "CB_VA01", "record.text.value");
  assert.equal(error.bulkRequestIndex, 1);
  assert.deepEqual([await count(one), await count(two)], [ofOne, ofTwo]);
});

test("the answer of a failure has an empty result for each of the others", async () => {
  const answer = await raw("POST", "/k/v1/bulkRequest.json", { body: { requests: [
    { method: "POST", api: "/k/v1/record.json", payload: { app: one } },
    { method: "PUT", api: "/k/v1/record.json", payload: { app: one, id: 99999, record: {} } },
    { method: "POST", api: "/k/v1/record.json", payload: { app: one } },
  ] } });
  assert.deepEqual(answer.json.results.map((result) => Object.keys(result).length > 0), [false, true, false]);
  assert.equal(answer.json.results[1].code, "GAIA_RE01");
});

test("twenty requests are possible, more are not", async () => {
  const request = { method: "POST", endpointName: "record", payload: { app: one } };
  assert.equal((await admin.bulkRequest({ requests: Array(20).fill(request) })).results.length, 20);
  await refused(admin.bulkRequest({ requests: Array(21).fill(request) }), 400, "CB_VA01", "requests");
});

test("reading does not belong into it", async () => {
  const error = await admin.bulkRequest({ requests: [{ method: "GET", api: "/k/v1/record.json", payload: { app: one, id: 1 } }] }).catch((thrown) => thrown);
  assert.equal(error.status, 400);
});

test("over two apps by token, it needs a token of each", async () => {
  const requests = [{ method: "POST", endpointName: "record", payload: { app: one } }, { method: "POST", endpointName: "record", payload: { app: two } }];
  const [forOne, forTwo] = [token(one, "view,add"), token(two, "view,add")];
  assert.equal((await withToken([forOne, forTwo]).bulkRequest({ requests })).results.length, 2);
  const before = await count(one);
  const error = await refused(withToken(forOne).bulkRequest({ requests }), 400, "GAIA_IA02");
  assert.equal(error.bulkRequestIndex, 1);
  assert.equal(await count(one), before);
});
