// Cybozu's command-line tools, run as a person runs them: cli-kintone, dts-gen, customize-uploader.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { admin, baseUrl, deploy, field, makeApp, options, token, value } from "../support/tenant.mjs";

const { record } = admin;
const bin = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules", ".bin");
const login = ["--base-url", baseUrl, "--username", "admin", "--password", "admin"];
let folder;

before(() => { folder = mkdtempSync(join(tmpdir(), "kintone-tools-")); });
after(() => rmSync(folder, { recursive: true }));

function run(tool, ...parameters) {
  // What a shell of the developer has set must not reach the tools.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KINTONE_|NODE_TEST|https?_proxy)/i.test(name)));
  const { status, stdout, stderr } = spawnSync(join(bin, tool), parameters, { cwd: folder, encoding: "utf8", env });
  return { status, stdout, stderr };
}

function done(tool, ...parameters) {
  const { status, stdout, stderr } = run(tool, ...parameters);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

describe("cli-kintone", () => {
  let app;
  const read = async () => (await record.getRecords({ app, query: "order by $id asc" })).records;
  const csv = (name, ...lines) => {
    const path = join(folder, name);
    writeFileSync(path, lines.join("\n") + "\n");
    return path;
  };
  const empty = async () => record.deleteAllRecords({ app, records: (await read()).map((one) => ({ id: one.$id.value })) });

  before(async () => {
    app = await makeApp("cli", {
      ...field("SINGLE_LINE_TEXT", "key", { unique: true }), ...field("NUMBER", "number"), ...field("MULTI_LINE_TEXT", "long"), ...field("CHECK_BOX", "check", { options: options("a", "b") }),
      ...field("DROP_DOWN", "drop", { options: options("x", "y") }), ...field("DATE", "date"), ...field("DATETIME", "at"), ...field("USER_SELECT", "who"), ...field("FILE", "files"),
      ...field("SUBTABLE", "rows", { fields: { ...field("SINGLE_LINE_TEXT", "item"), ...field("FILE", "attached") } }),
    });
  });

  test("imports records", async () => {
    done("cli-kintone", "record", "import", ...login, "--app", app, "--file-path", csv("in.csv",
      '"key","number","long","check","drop","date","who"', '"k1","10","one', 'two","a', 'b","x","2026-11-24","alice"', '"k2","20","日本語","","y","",""'));
    const [one, two] = await read();
    assert.equal(one.key.value, "k1");
    assert.equal(one.long.value, "one\ntwo");
    assert.deepEqual(one.check.value, ["a", "b"]);
    assert.deepEqual(one.who.value, [{ code: "alice", name: "alice" }]);
    assert.equal(two.long.value, "日本語");
  });
  test("updates by key and adds what is new", async () => {
    done("cli-kintone", "record", "import", ...login, "--app", app, "--update-key", "key", "--file-path", csv("upsert.csv", '"key","number"', '"k2","21"', '"k3","30"'));
    assert.deepEqual((await read()).map((one) => [one.key.value, one.number.value]), [["k1", "10"], ["k2", "21"], ["k3", "30"]]);
  });
  test("exports records", () => {
    const text = done("cli-kintone", "record", "export", ...login, "--app", app, "--fields", "key,number,check", "--order-by", "number desc", "--condition", "number > 15");
    assert.deepEqual(text.trim().split("\n"), ['"key","number","check"', '"k3","30",', '"k2","21",']);
  });
  test("exports in Shift_JIS", () => {
    const text = spawnSync(join(bin, "cli-kintone"), ["record", "export", ...login, "--app", app, "--fields", "long", "--condition", 'key = "k2"', "--encoding", "sjis"], { cwd: folder });
    assert.ok(text.stdout.includes(Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea])), text.stdout.toString("hex"));
  });
  test("works by token", () => {
    const text = done("cli-kintone", "record", "export", "--base-url", baseUrl, "--api-token", token(app, "view"), "--app", app, "--fields", "key");
    assert.equal(text.trim().split("\n").length, 4);
  });
  test("imports and exports files, in tables too", async () => {
    await empty();
    const files = join(folder, "attachments");
    mkdirSync(files);
    writeFileSync(join(files, "a.txt"), "file a");
    writeFileSync(join(files, "b.txt"), "file b");
    done("cli-kintone", "record", "import", ...login, "--app", app, "--attachments-dir", files, "--file-path", csv("files.csv", '*,"key","files","rows","item","attached"', '*,"f1","a.txt","","row 1","b.txt"'));
    const [one] = await read();
    assert.equal(Buffer.from(await admin.file.downloadFile({ fileKey: one.files.value[0].fileKey })).toString(), "file a");
    assert.equal(one.rows.value[0].value.attached.value[0].name, "b.txt");
    const out = join(folder, "exported");
    done("cli-kintone", "record", "export", ...login, "--app", app, "--attachments-dir", out);
    const written = readdirSync(out, { recursive: true }).map(String).filter((name) => name.endsWith(".txt"));
    assert.equal(written.length, 2, written.join());
    assert.equal(readFileSync(join(out, written.find((name) => name.endsWith("a.txt"))), "utf8"), "file a");
  });
  test("what was exported can be imported again", async () => {
    await empty();
    await record.addRecords({ app, records: [value({ key: "t1", rows: [{ value: value({ item: "r1" }) }, { value: value({ item: "r2" }) }] }), value({ key: "t2", at: "2026-11-24T01:20:00Z" })] });
    const files = join(folder, "none");
    const text = done("cli-kintone", "record", "export", ...login, "--app", app, "--fields", "key,at,rows", "--attachments-dir", files);
    await empty();
    done("cli-kintone", "record", "import", ...login, "--app", app, "--attachments-dir", files, "--file-path", csv("again.csv", text.trimEnd()));
    const all = (await read()).sort((a, b) => a.key.value.localeCompare(b.key.value));
    assert.deepEqual(all[0].rows.value.map((row) => row.value.item.value), ["r1", "r2"]);
    assert.equal(all[1].at.value, "2026-11-24T01:20:00Z");
  });
  test("says what is wrong with a record", () => {
    const { status, stderr } = run("cli-kintone", "record", "import", ...login, "--app", app, "--file-path", csv("bad.csv", '"key","drop"', '"bad","nothing"'));
    assert.notEqual(status, 0);
    assert.match(stderr, /CB_VA01/);
  });
  test("says that the password is wrong", () => {
    const { status, stderr } = run("cli-kintone", "record", "export", "--base-url", baseUrl, "--username", "admin", "--password", "wrong", "--app", app);
    assert.notEqual(status, 0);
    assert.match(stderr, /CB_WA01/);
  });
  test("deletes what a file lists, and all", async () => {
    await record.addRecords({ app, records: [{}, {}] });
    const before = await read();
    done("cli-kintone", "record", "delete", "--base-url", baseUrl, "--api-token", token(app, "view,delete"), "--app", app, "--yes", "--file-path", csv("delete.csv", '"レコード番号"', `"${before[0].$id.value}"`));
    assert.equal((await read()).length, before.length - 1);
    done("cli-kintone", "record", "delete", "--base-url", baseUrl, "--api-token", token(app, "view,delete"), "--app", app, "--yes");
    assert.deepEqual(await read(), []);
  });
  test("works in a guest space", async () => {
    const { as } = await import("../support/tenant.mjs");
    const guestApp = await makeApp("cli guest", field("SINGLE_LINE_TEXT", "key"), as("admin", { guestSpaceId: 3 }));
    done("cli-kintone", "record", "import", ...login, "--guest-space-id", "3", "--app", guestApp, "--file-path", csv("guest.csv", '"key"', '"g"'));
    assert.match(done("cli-kintone", "record", "export", ...login, "--guest-space-id", "3", "--app", guestApp), /"g"/);
  });
  test("applies and exports a customisation", async () => {
    const source = join(folder, "custom");
    mkdirSync(source);
    writeFileSync(join(source, "main.js"), "// by cli-kintone");
    writeFileSync(join(source, "customize-manifest.json"), JSON.stringify({ scope: "ALL", desktop: { js: [join(source, "main.js"), "https://example.com/x.js"], css: [] }, mobile: { js: [], css: [] } }));
    done("cli-kintone", "customize", "apply", ...login, "--app", app, "--input", join(source, "customize-manifest.json"), "--yes");
    const { desktop } = await admin.app.getAppCustomize({ app });
    assert.deepEqual(desktop.js.map(({ type }) => type), ["FILE", "URL"]);
    const target = join(folder, "exported-custom");
    done("cli-kintone", "customize", "export", ...login, "--app", app, "--output", join(target, "customize-manifest.json"), "--yes");
    const names = readdirSync(target, { recursive: true }).map(String);
    assert.ok(names.some((name) => name.endsWith("main.js")), names.join());
  });
});

describe("dts-gen", () => {
  test("writes the types of every field", async () => {
    const app = await makeApp("types", { ...field("SINGLE_LINE_TEXT", "text"), ...field("USER_SELECT", "who"), ...field("ORGANIZATION_SELECT", "org"), ...field("SUBTABLE", "rows", { fields: field("NUMBER", "amount") }), ...field("CHECK_BOX", "check", { options: options("a") }) });
    done("kintone-dts-gen", ...login, "--app-id", app, "--type-name", "TestFields", "--namespace", "vuln.types", "--output", join(folder, "fields.d.ts"));
    const types = readFileSync(join(folder, "fields.d.ts"), "utf8");
    assert.match(types, /declare namespace vuln\.types/);
    assert.match(types, /text: kintone\.fieldTypes\.SingleLineText/);
    assert.match(types, /who: kintone\.fieldTypes\.UserSelect/);
    assert.match(types, /amount: kintone\.fieldTypes\.Number/);
    assert.match(types, /SavedTestFields/);
  });
  test("works on settings that are not live, and by token", async () => {
    const app = await makeApp("types of drafts", field("SINGLE_LINE_TEXT", "text"));
    await admin.app.addFormFields({ app, properties: field("NUMBER", "draft") });
    done("kintone-dts-gen", ...login, "--app-id", app, "--preview", "--output", join(folder, "preview.d.ts"));
    assert.match(readFileSync(join(folder, "preview.d.ts"), "utf8"), /draft/);
    done("kintone-dts-gen", "--base-url", baseUrl, "--api-token", token(app, "view"), "--app-id", app, "--output", join(folder, "live.d.ts"));
    assert.doesNotMatch(readFileSync(join(folder, "live.d.ts"), "utf8"), /draft/);
  });
});

describe("customize-uploader", () => {
  const manifest = (app) => ({ app, scope: "ALL", desktop: { js: ["https://example.com/lib.js", join(folder, "up", "main.js")], css: [join(folder, "up", "main.css")] }, mobile: { js: [], css: [] } });
  test("uploads files, deploys, and is itself read back", async () => {
    const app = await makeApp("uploaded", field("SINGLE_LINE_TEXT", "text"));
    mkdirSync(join(folder, "up"));
    writeFileSync(join(folder, "up", "main.js"), "console.log(1);");
    writeFileSync(join(folder, "up", "main.css"), "body{}");
    writeFileSync(join(folder, "up", "manifest.json"), JSON.stringify(manifest(app)));
    done("kintone-customize-uploader", ...login, join(folder, "up", "manifest.json"));
    const live = await admin.app.getAppCustomize({ app });
    assert.deepEqual(live.desktop.js.map((one) => one.url ?? one.file.name), ["https://example.com/lib.js", "main.js"]);
    assert.equal(live.desktop.css[0].file.name, "main.css");
    done("kintone-customize-uploader", "import", ...login, "--dest-dir", join(folder, "down"), join(folder, "up", "manifest.json"));
    const names = readdirSync(join(folder, "down"), { recursive: true }).map(String);
    assert.ok(names.some((name) => name.endsWith("main.css")), names.join());
  });
});
