// Spaces as far as apps need them. Expectations: "スペースの情報を取得する", "スペースを作成する", "アプリの所属スペースを変更する", "アプリを追加する".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, baseUrl, deploy, field, makeApp, refused, value } from "../support/tenant.mjs";
import { KintoneRestAPIClient } from "@kintone/rest-api-client";

const { app: apps, space } = admin;
const member = (code, isAdmin = false, type = "USER") => ({ entity: { type, code }, isAdmin });

describe("spaces", () => {
  let app, id, secret;
  before(async () => {
    app = await makeApp("in a space", field("SINGLE_LINE_TEXT", "text"));
    id = (await space.addSpaceFromTemplate({ id: 1, name: "open", members: [member("admin", true), member("coordinators", false, "GROUP")] })).id;
    secret = (await space.addSpaceFromTemplate({ id: 1, name: "secret", isPrivate: true, members: [member("admin", true), member("alice")] })).id;
  });
  test("a space tells its name, members and thread", async () => {
    const one = await space.getSpace({ id });
    assert.deepEqual([one.id, one.name, one.isPrivate, one.isGuest, one.memberCount, one.creator.code], [id, "open", false, false, "2", "admin"]);
    assert.equal(typeof one.defaultThread, "string");
    const { members } = await space.getSpaceMembers({ id });
    assert.deepEqual(members.map(({ entity, isAdmin }) => [entity.code, isAdmin]), [["admin", true], ["coordinators", false]]);
  });
  test("an app moves into a space, to another, and out", async () => {
    await apps.move({ app, space: id });
    assert.equal((await apps.getApp({ id: app })).spaceId, id);
    assert.ok((await apps.getApp({ id: app })).threadId);
    assert.deepEqual((await apps.getApps({ spaceIds: [id] })).apps.map(({ appId }) => appId), [String(app)]);
    assert.deepEqual((await space.getSpace({ id })).attachedApps.map(({ appId }) => appId), [String(app)]);
    await apps.move({ app, space: secret });
    assert.equal((await apps.getApp({ id: app })).spaceId, secret);
    await apps.move({ app, space: null });
    assert.equal((await apps.getApp({ id: app })).spaceId, null);
  });
  test("records of an app in a space are reached as before", async () => {
    await apps.move({ app, space: id });
    assert.ok((await admin.record.addRecord({ app, record: value({ text: "a" }) })).id);
    await apps.move({ app, space: null });
  });
  test("an app is made in a space", async () => {
    const made = await apps.addApp({ name: "made there", space: id, thread: id });
    await deploy(admin, made.app);
    assert.equal((await apps.getApp({ id: made.app })).spaceId, id);
  });
  test("a space that is not there is refused", async () => {
    await refused(apps.move({ app, space: 9999 }), 404);
    await refused(space.getSpace({ id: 9999 }), 404);
  });
  test("who may not manage the app does not move it", () => refused(as("alice").app.move({ app, space: id }), 403, "CB_NO02"));
  test("a private space is for its members", async () => {
    assert.equal((await as("alice").space.getSpace({ id: secret })).name, "secret");
    await refused(as("bob").space.getSpace({ id: secret }), 403, "CB_NO02");
    await space.updateSpaceMembers({ id: secret, members: [member("admin", true), member("bob")] });
    assert.equal((await as("bob").space.getSpace({ id: secret })).name, "secret");
    await refused(as("bob").space.updateSpaceMembers({ id: secret, members: [member("bob", true)] }), 403, "CB_NO02");
    await refused(space.updateSpaceMembers({ id: secret, members: [member("bob")] }), 400, "CB_VA01", "members");
  });
  test("a guest space is reached by its path, with its apps and their records", async () => {
    const guest = (await space.addSpaceFromTemplate({ id: 1, name: "guests", isGuest: true, members: [member("admin", true)] })).id;
    const inside = new KintoneRestAPIClient({ baseUrl, guestSpaceId: guest, auth: { username: "admin", password: "admin" } });
    assert.equal((await inside.space.getSpace({ id: guest })).isGuest, true);
    const there = await makeApp("for guests", field("SINGLE_LINE_TEXT", "text"), inside);
    const { id: record } = await inside.record.addRecord({ app: there, record: value({ text: "g" }) });
    await inside.record.addRecordComment({ app: there, record, comment: { text: "c" } });
    assert.equal((await inside.record.getRecordComments({ app: there, record })).comments.length, 1);
    await refused(admin.record.getRecords({ app: there }), 400, "GAIA_IL23");
  });
});
