// Who asks and how: passwords, tokens, basic authentication, guest spaces, languages, the wire. Expectations: "認証", "kintone REST APIの共通仕様"
// and ../shared/kintone/RULES.md "Transport and authentication", "Errors".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { admin, as, baseUrl, deploy, field, makeApp, raw, refused, removeToken, token, value, withToken } from "../support/tenant.mjs";

const { record } = admin;
let app, other;

before(async () => {
  app = await makeApp("transport", field("SINGLE_LINE_TEXT", "text"));
  other = await makeApp("other", field("SINGLE_LINE_TEXT", "text"));
  await record.addRecord({ app, record: value({ text: "a" }) });
});

describe("passwords", () => {
  test("no credentials are 401 CB_AU01", async () => {
    const answer = await raw("GET", `/k/v1/records.json?app=${app}`, { user: null });
    assert.equal(answer.status, 401);
    assert.equal(answer.json.code, "CB_AU01");
  });
  test("a wrong password is CB_WA01", () => refused(new KintoneRestAPIClient({ baseUrl, auth: { username: "admin", password: "wrong" } }).record.getRecords({ app }), 401, "CB_WA01"));
  test("an unknown user is CB_WA01", () => refused(as("nobody").record.getRecords({ app }), 401, "CB_WA01"));
  test("basic authentication may stand beside", async () => assert.equal((await as("admin", { basicAuth: { username: "gate", password: "gate" } }).record.getRecords({ app })).records.length, 1));
  test("a password wins over a token", async () => {
    const answer = await raw("GET", `/k/v1/records.json?app=${app}`, { headers: { "X-Cybozu-API-Token": "nonsense" } });
    assert.equal(answer.status, 200);
  });
});

describe("tokens", () => {
  test("a token reads its app", async () => assert.equal((await withToken(token(app, "view")).record.getRecords({ app })).records.length, 1));
  test("it acts as Administrator", async () => {
    const { id } = await withToken(token(app, "view,add")).record.addRecord({ app });
    assert.equal((await record.getRecord({ app, id })).record["作成者"].value.code, "Administrator");
  });
  test("without the right it is 403 GAIA_NO01", () => refused(withToken(token(app, "view")).record.addRecord({ app }), 403, "GAIA_NO01"));
  test("another app's is GAIA_IA02", () => refused(withToken(token(other, "view")).record.getRecords({ app }), 400, "GAIA_IA02"));
  test("an unknown one is GAIA_IA02", () => refused(withToken("0123456789abcdefghijABCDEFGHIJ0123456789").record.getRecords({ app }), 400, "GAIA_IA02"));
  test("several at once, each for its app", async () => {
    const client = withToken([token(app, "view"), token(other, "view")]);
    assert.equal((await client.record.getRecords({ app: other })).records.length, 0);
    assert.ok((await client.record.getRecords({ app })).records.length > 0);
  });
  test("ten are too many", async () => {
    const one = token(app, "view");
    const error = await withToken(Array(10).fill(one)).record.getRecords({ app }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("a token makes no app and lists none", async () => {
    const client = withToken(token(app, "view,add,edit,delete,manage"));
    await refused(client.app.addApp({ name: "x" }), 403);
    await refused(client.app.getApps({}), 403);
  });
  test("a deleted one is refused", async () => {
    const gone = token(app, "view");
    assert.ok((await withToken(gone).record.getRecords({ app })).records);
    removeToken(gone);
    await refused(withToken(gone).record.getRecords({ app }), 400, "GAIA_IA02");
  });
  test("with the right to manage it changes settings", async () => {
    const client = withToken(token(app, "manage"));
    await client.app.updateAppSettings({ app, description: "by token" });
    await deploy(client, app);
  });
  test("the right to edit is not the right to delete", async () => {
    const { id } = await record.addRecord({ app });
    const client = withToken(token(app, "view,edit"));
    assert.equal((await client.record.updateRecord({ app, id, record: value({ text: "t" }) })).revision, "2");
    await refused(client.record.deleteRecords({ app, ids: [id] }), 403, "GAIA_NO01");
  });
});

describe("guest spaces", () => {
  const inSpace = as("admin", { guestSpaceId: 7 });
  let guestApp;
  before(async () => {
    guestApp = await makeApp("guest", field("SINGLE_LINE_TEXT", "text"), inSpace);
  });
  test("an app is reached by its space's path", async () => {
    const { id } = await inSpace.record.addRecord({ app: guestApp, record: value({ text: "g" }) });
    assert.equal((await inSpace.record.getRecord({ app: guestApp, id })).record.text.value, "g");
  });
  test("by the plain path it is GAIA_IL23", () => refused(record.getRecords({ app: guestApp }), 400, "GAIA_IL23"));
  test("by another space's path it is 403 CB_NO02", () => refused(as("admin", { guestSpaceId: 8 }).record.getRecords({ app: guestApp }), 403, "CB_NO02"));
  test("a plain app is not reached by a space's path", () => refused(inSpace.record.getRecords({ app }), 403, "CB_NO02"));
  test("bulk requests go by the space's path", async () => {
    const { results } = await inSpace.bulkRequest({ requests: [{ method: "POST", endpointName: "record", payload: { app: guestApp } }] });
    assert.equal(results[0].revision, "1");
  });
  test("files too", async () => assert.ok((await inSpace.file.uploadFile({ file: { name: "g.txt", data: "g" } })).fileKey));
});

describe("the wire", () => {
  test("every answer tells the limit of requests at once", async () => {
    const answer = await raw("GET", `/k/v1/records.json?app=${app}`);
    assert.equal(answer.headers.get("x-concurrencylimit-limit"), "100");
    assert.match(answer.headers.get("x-concurrencylimit-running"), /^\d+$/);
  });
  test("answers are JSON in UTF-8", async () => assert.match((await raw("GET", `/k/v1/records.json?app=${app}`)).headers.get("content-type"), /^application\/json;\s*charset=utf-8$/i));
  test("a GET that announces JSON and has none is CB_IL02", async () => {
    const answer = await raw("GET", `/k/v1/records.json?app=${app}`, { headers: { "Content-Type": "application/json" } });
    assert.equal(answer.status, 400);
    assert.equal(answer.json.code, "CB_IL02");
  });
  test("broken JSON is CB_IJ01", async () => {
    const answer = await raw("POST", "/k/v1/record.json", { body: "{broken" });
    assert.equal(answer.status, 400);
    assert.equal(answer.json.code, "CB_IJ01");
  });
  test("a POST may stand for PUT and DELETE", async () => {
    const { id } = await record.addRecord({ app });
    const put = await raw("POST", "/k/v1/record.json", { body: { app, id, record: {} }, headers: { "X-HTTP-Method-Override": "PUT" } });
    assert.equal(put.json.revision, "2");
    assert.equal((await raw("POST", "/k/v1/records.json", { body: { app, ids: [id] }, headers: { "X-HTTP-Method-Override": "DELETE" } })).status, 200);
  });
  test("ids may be numbers or texts", async () => {
    const { id } = await record.addRecord({ app });
    assert.equal((await raw("PUT", "/k/v1/record.json", { body: { app: Number(app), id: Number(id), revision: 1, record: {} } })).status, 200);
    assert.equal((await raw("PUT", "/k/v1/record.json", { body: { app: String(app), id: String(id), revision: "2", record: {} } })).status, 200);
  });
  test("lists in a query string have places or stand alone", async () => {
    assert.deepEqual(Object.keys((await raw("GET", `/k/v1/records.json?app=${app}&fields[0]=text&fields[1]=$id`)).json.records[0]).sort(), ["$id", "text"]);
    assert.deepEqual(Object.keys((await raw("GET", `/k/v1/records.json?app=${app}&fields=text`)).json.records[0]), ["text"]);
  });
});

describe("refusals", () => {
  const fault = (headers) => raw("POST", "/k/v1/record.json", { body: {}, headers });
  test("have a code, an id that is new each time, and a sentence", async () => {
    const [one, two] = [await fault({}), await fault({})];
    assert.equal(one.json.code, "CB_VA01");
    assert.ok(one.json.id.length >= 10);
    assert.notEqual(one.json.id, two.json.id);
    assert.equal(one.json.message, "入力内容が正しくありません。");
    assert.deepEqual(one.json.errors.app.messages, ["必須です。"]);
  });
  test("in English where the browser speaks it", async () => {
    const { json } = await fault({ "Accept-Language": "en-US,en;q=0.9" });
    assert.equal(json.message, "Missing or invalid input.");
    assert.deepEqual(json.errors.app.messages, ["Required field."]);
  });
  test("in Japanese where it does", async () => assert.equal((await fault({ "Accept-Language": "ja" })).json.message, "入力内容が正しくありません。"));
  test("in Chinese where it does", async () => {
    const { json } = await fault({ "Accept-Language": "zh-CN,zh;q=0.9" });
    assert.match(json.message, /^[\p{Script=Han}。，]+$/u);
    assert.notEqual(json.message, "入力内容が正しくありません。");
  });
  test("the better liked language comes first", async () => assert.equal((await fault({ "Accept-Language": "fr, en;q=0.5, ja;q=0.9" })).json.message, "入力内容が正しくありません。"));
  test("the client's error has status, code, id, headers and paths", async () => {
    const error = await refused(record.addRecord({}), 400, "CB_VA01", "app");
    assert.ok(error.id);
    assert.ok(error.headers);
    assert.match(error.message, /^\[400\] \[CB_VA01\] /);
  });
});
