// Apps and their settings. Expectations: Cybozu's pages on apps, the OpenAPI description, and ../shared/kintone/RULES.md "Apps as code", "Limits".
import { before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, deploy, field, makeApp, options, raw, refused, value } from "../support/tenant.mjs";

const { app: apps, record } = admin;
let app;

before(async () => {
  app = await makeApp("settings", { ...field("SINGLE_LINE_TEXT", "text"), ...field("NUMBER", "number"), ...field("DATE", "date"), ...field("DROP_DOWN", "drop", { options: options("a", "b") }), ...field("USER_SELECT", "who") });
});

describe("making and deploying", () => {
  test("a new app is invisible until it is deployed", async () => {
    const { app: fresh, revision } = await apps.addApp({ name: "fresh" });
    assert.match(revision, /^\d+$/);
    await refused(apps.getApp({ id: fresh }), 404, "GAIA_AP01");
    await refused(record.getRecords({ app: fresh }), 404, "GAIA_AP01");
    assert.equal((await apps.getAppSettings({ app: fresh, preview: true })).name, "fresh");
    await deploy(admin, fresh);
    const live = await apps.getApp({ id: fresh });
    assert.equal(live.appId, fresh);
    assert.equal(live.name, "fresh");
    assert.equal(live.spaceId, null);
    assert.equal(live.threadId, null);
    assert.deepEqual(live.creator, { code: "admin", name: "admin" });
    assert.match(live.createdAt, /Z$/);
  });
  test("a name of 64 letters is possible, 65 are not", async () => {
    await apps.addApp({ name: "x".repeat(64) });
    await refused(apps.addApp({ name: "x".repeat(65) }), 400, "CB_VA01", "name");
  });
  test("a user cannot see an app that he may not use", async () => {
    const hidden = await makeApp("hidden");
    await apps.updateAppAcl({ app: hidden, rights: [{ entity: { type: "CREATOR" }, appEditable: true, recordViewable: true, recordAddable: true, recordEditable: true, recordDeletable: true }] });
    await deploy(admin, hidden);
    assert.ok(!(await as("alice").app.getApps({})).apps.some(({ appId }) => appId === hidden));
    assert.ok((await apps.getApps({})).apps.some(({ appId }) => appId === hidden));
  });
  test("apps are found by id and by part of the name", async () => {
    assert.deepEqual((await apps.getApps({ ids: [app] })).apps.map(({ appId }) => appId), [app]);
    assert.ok((await apps.getApps({ name: "ETTING" })).apps.some(({ appId }) => appId === app));
    assert.deepEqual((await apps.getApps({ name: "no such name" })).apps, []);
    assert.equal((await apps.getApps({ limit: 1 })).apps.length, 1);
  });
  test("over a hundred a page are refused", () => refused(apps.getApps({ limit: 101 }), 400, "CB_VA01", "limit"));
  test("one revision counts for all settings, and deployment copies it", async () => {
    const one = await makeApp("revisions", field("NUMBER", "n"));
    const before = Number((await apps.getFormFields({ app: one })).revision);
    assert.equal((await apps.getViews({ app: one })).revision, String(before));
    const { revision } = await apps.updateAppSettings({ app: one, description: "x" });
    assert.equal(revision, String(before + 1));
    assert.equal((await apps.getFormFields({ app: one })).revision, String(before));
    assert.equal((await apps.getFormFields({ app: one, preview: true })).revision, revision);
    await deploy(admin, one);
    assert.equal((await apps.getFormFields({ app: one })).revision, revision);
  });
  test("revert throws away what was not deployed", async () => {
    await apps.updateAppSettings({ app, description: "thrown away" });
    await apps.deployApp({ apps: [{ app }], revert: true });
    await deploy(admin, app);
    assert.notEqual((await apps.getAppSettings({ app, preview: true })).description, "thrown away");
  });
  test("a deployment with a stale revision is refused", async () => {
    const error = await apps.deployApp({ apps: [{ app, revision: 1 }] }).then(() => assert.fail("expected a refusal"), (thrown) => thrown);
    assert.equal(error.status, 409);
  });
  test("an idle app reports SUCCESS, in both forms of asking", async () => {
    assert.deepEqual((await apps.getDeployStatus({ apps: [app] })).apps, [{ app, status: "SUCCESS" }]);
    assert.deepEqual((await raw("GET", `/k/v1/preview/app/deploy.json?apps=${app}`)).json.apps, [{ app, status: "SUCCESS" }]);
  });
  test("more than 300 apps in one deployment are refused", async () => {
    const error = await apps.deployApp({ apps: Array.from({ length: 301 }, () => ({ app })) }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
});

describe("general settings", () => {
  test("name, description, theme, icon and switches", async () => {
    await apps.updateAppSettings({ app, name: "settings", description: "<b>what for</b>", theme: "RED", icon: { type: "PRESET", key: "APP60" } });
    await deploy(admin, app);
    const read = await apps.getAppSettings({ app });
    assert.equal(read.description, "<b>what for</b>");
    assert.equal(read.theme, "RED");
    assert.equal(read.icon.key, "APP60");
    assert.equal(read.icon.type, "PRESET");
  });
  test("switches of the app", async () => {
    await apps.updateAppSettings({ app, enableThumbnails: false, enableComments: true, enableBulkDeletion: true, firstMonthOfFiscalYear: "10", numberPrecision: { digits: "16", decimalPlaces: "4", roundingMode: "HALF_EVEN" }, titleField: { selectionMode: "MANUAL", code: "text" } });
    await deploy(admin, app);
    const read = await apps.getAppSettings({ app });
    assert.equal(read.enableThumbnails, false);
    assert.equal(read.enableBulkDeletion, true);
    assert.equal(read.firstMonthOfFiscalYear, "10");
    assert.deepEqual(read.titleField, { selectionMode: "MANUAL", code: "text" });
    assert.equal(read.numberPrecision.digits, "16");
  });
  test("an unknown theme is refused", async () => {
    const error = await apps.updateAppSettings({ app, theme: "PINK" }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
});

describe("views", () => {
  const views = {
    all: { type: "LIST", index: 0, name: "all", fields: ["レコード番号", "text", "number"], filterCond: "", sort: "レコード番号 desc" },
    mine: { type: "LIST", index: 1, name: "mine", fields: ["text"], filterCond: 'who in (LOGINUSER()) and drop in ("a")', sort: "number asc, date desc" },
    month: { type: "CALENDAR", index: 2, name: "month", date: "date", title: "text" },
    own: { type: "CUSTOM", index: 3, name: "own", html: "<p>x</p>", pager: true, device: "ANY" },
  };
  test("of every type, with ids", async () => {
    const { views: made } = await apps.updateViews({ app, views });
    assert.deepEqual(Object.keys(made), Object.keys(views));
    assert.match(made.all.id, /^\d+$/);
    await deploy(admin, app);
    const { views: read } = await apps.getViews({ app });
    assert.equal(read.all.id, made.all.id);
    assert.deepEqual(read.all.fields, views.all.fields);
    assert.equal(read.mine.filterCond, views.mine.filterCond);
    assert.equal(read.mine.sort, views.mine.sort);
    assert.equal(read.month.date, "date");
    assert.equal(read.own.html, "<p>x</p>");
    assert.equal(read.own.device, "ANY");
    assert.equal(read.all.index, "0");
  });
  test("what is not sent goes, what is renamed keeps its id", async () => {
    const { views: before } = await apps.getViews({ app, preview: true });
    const { views: after } = await apps.updateViews({ app, views: { all: { ...views.all, name: "everything" } } });
    assert.deepEqual(Object.keys(after), ["everything"]);
    assert.equal(after.everything.id, before.all.id);
  });
  test("an unknown field is refused", async () => {
    const error = await apps.updateViews({ app, views: { bad: { type: "LIST", index: 0, name: "bad", fields: ["nothing"] } } }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
  test("a condition that does not fit the field is refused", async () => {
    const error = await apps.updateViews({ app, views: { bad: { ...views.all, filterCond: 'number like "1"' } } }).catch((thrown) => thrown);
    assert.equal(error.status, 400);
  });
});

describe("notifications", () => {
  const target = { entity: { type: "USER", code: "carol" } };
  test("general ones", async () => {
    await apps.updateGeneralNotifications({ app, notifications: [{ ...target, recordAdded: true, recordEdited: false, commentAdded: true, statusChanged: true, fileImported: false }], notifyToCommenter: false });
    await deploy(admin, app);
    const read = await apps.getGeneralNotifications({ app });
    assert.equal(read.notifyToCommenter, false);
    assert.equal(read.notifications[0].entity.code, "carol");
    assert.equal(read.notifications[0].recordAdded, true);
    assert.equal(read.notifications[0].recordEdited, false);
  });
  test("per record", async () => {
    await apps.updatePerRecordNotifications({ app, notifications: [{ filterCond: 'drop in ("a")', title: "look", targets: [{ entity: { type: "FIELD_ENTITY", code: "who" }, includeSubs: false }] }] });
    await deploy(admin, app);
    const { notifications: [only] } = await apps.getPerRecordNotifications({ app });
    assert.equal(only.filterCond, 'drop in ("a")');
    assert.equal(only.title, "look");
    assert.equal(only.targets[0].entity.code, "who");
  });
  test("reminders, with their time zone", async () => {
    await apps.updateReminderNotifications({ app, notifications: [{ timing: { code: "date", daysLater: "-1", time: "09:00" }, filterCond: "", title: "soon", targets: [target] }], timezone: "Asia/Tokyo" });
    await deploy(admin, app);
    const read = await apps.getReminderNotifications({ app });
    assert.equal(read.timezone, "Asia/Tokyo");
    assert.equal(read.notifications[0].timing.code, "date");
    assert.equal(read.notifications[0].timing.daysLater, "-1");
  });
  test("an absent list keeps, an empty one clears", async () => {
    await apps.updateGeneralNotifications({ app, notifyToCommenter: true });
    assert.equal((await apps.getGeneralNotifications({ app, preview: true })).notifications.length, 1);
    await apps.updateGeneralNotifications({ app, notifications: [] });
    assert.deepEqual((await apps.getGeneralNotifications({ app, preview: true })).notifications, []);
  });
});

describe("the rest of the settings", () => {
  test("customisation by URL and by file", async () => {
    const { fileKey } = await admin.file.uploadFile({ file: { name: "own.js", data: "'use strict';" } });
    await apps.updateAppCustomize({ app, scope: "ADMIN", desktop: { js: [{ type: "URL", url: "https://example.com/a.js" }, { type: "FILE", file: { fileKey } }], css: [] }, mobile: { js: [], css: [] } });
    await deploy(admin, app);
    const read = await apps.getAppCustomize({ app });
    assert.equal(read.scope, "ADMIN");
    assert.deepEqual(read.desktop.js[0], { type: "URL", url: "https://example.com/a.js" });
    assert.equal(read.desktop.js[1].file.name, "own.js");
    assert.equal(Buffer.from(await admin.file.downloadFile({ fileKey: read.desktop.js[1].file.fileKey })).toString(), "'use strict';");
  });
  test("reports", async () => {
    const reports = { sums: { index: 0, name: "sums", chartType: "BAR", chartMode: "NORMAL", groups: [{ code: "drop" }], aggregations: [{ type: "COUNT" }], filterCond: "", sorts: [{ by: "TOTAL", order: "DESC" }] } };
    const { reports: made } = await apps.updateReports({ app, reports });
    assert.match(made.sums.id, /^\d+$/);
    await deploy(admin, app);
    const { reports: read } = await apps.getReports({ app });
    assert.equal(read.sums.id, made.sums.id);
    assert.equal(read.sums.chartType, "BAR");
  });
  test("actions", async () => {
    const actions = { copy: { index: 0, name: "copy", destApp: { app }, mappings: [{ srcType: "FIELD", srcField: "text", destField: "text" }], entities: [{ type: "USER", code: "carol" }], filterCond: "" } };
    const { actions: made } = await apps.updateAppActions({ app, actions });
    assert.match(made.copy.id, /^\d+$/);
    await deploy(admin, app);
    assert.equal((await apps.getAppActions({ app })).actions.copy.destApp.app, app);
  });
  test("notes for administrators", async () => {
    await apps.updateAdminNotes({ app, content: "note", includeInTemplateAndDuplicates: true });
    await deploy(admin, app);
    const read = await apps.getAdminNotes({ app });
    assert.equal(read.content, "note");
    assert.equal(read.includeInTemplateAndDuplicates, true);
  });
  test("plug-ins: there are none", async () => assert.deepEqual((await apps.getPlugins({ app })).plugins, []));
  test("statistics tell requests, records and fields of each app", async () => {
    const counted = await makeApp("counted", field("NUMBER", "n"));
    await record.addRecord({ app: counted, record: value({ n: 1 }) });
    const only = await apps.getStatistics({ limit: 100 }).then(({ apps: all }) => all.find(({ id }) => id === counted));
    assert.equal(only.name, "counted");
    assert.equal(only.recordCount, "1");
    assert.equal(only.status, "ACTIVATED");
    assert.ok(Number(only.dailyRequestCount) >= 1);
  });
});
