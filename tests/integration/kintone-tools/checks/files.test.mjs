// Files. Expectations: "ファイルをアップロードする", "ファイルをダウンロードする" and ../shared/kintone/RULES.md "Files".
import { before, test } from "node:test";
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { admin, as, deploy, field, makeApp, raw, value } from "../support/tenant.mjs";

const { file, record } = admin;
let app;

before(async () => {
  app = await makeApp("files", { ...field("FILE", "files"), ...field("SINGLE_LINE_TEXT", "text"), ...field("SUBTABLE", "rows", { fields: field("FILE", "attached") }) });
});

const upload = async (name, data) => (await file.uploadFile({ file: { name, data } })).fileKey;
const attach = async (...keys) => (await record.addRecord({ app, record: value({ files: keys.map((fileKey) => ({ fileKey })) }) })).id;
const attached = async (id) => (await record.getRecord({ app, id })).record.files.value;

test("a buffer comes back byte for byte", async () => {
  const data = randomBytes(300_000);
  const [{ fileKey }] = await attached(await attach(await upload("noise.bin", data)));
  assert.deepEqual(Buffer.from(await file.downloadFile({ fileKey })), data);
});

test("a file by its path keeps its name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kintone-tools-"));
  try {
    const path = join(folder, "報告書 1.pdf");
    writeFileSync(path, "%PDF-1.7 not really");
    const { fileKey } = await file.uploadFile({ file: { path } });
    const [shown] = await attached(await attach(fileKey));
    assert.equal(shown.name, "報告書 1.pdf");
    assert.equal(shown.size, "19");
    assert.equal(shown.contentType, "application/pdf");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a stream is taken too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kintone-tools-"));
  try {
    const path = join(folder, "s.txt");
    writeFileSync(path, "streamed");
    const [{ fileKey }] = await attached(await attach(await upload("s.txt", createReadStream(path))));
    assert.equal(Buffer.from(await file.downloadFile({ fileKey })).toString(), "streamed");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an empty file is a file", async () => {
  const [shown] = await attached(await attach(await upload("empty.txt", "")));
  assert.equal(shown.size, "0");
});

test("the key of the upload is not the key in the record", async () => {
  const uploaded = await upload("a.txt", "a");
  const [{ fileKey }] = await attached(await attach(uploaded));
  assert.notEqual(fileKey, uploaded);
});

test("several files stand in their order", async () => {
  const names = (await attached(await attach(await upload("1.txt", "1"), await upload("2.txt", "2"), await upload("3.txt", "3")))).map(({ name }) => name);
  assert.deepEqual(names, ["1.txt", "2.txt", "3.txt"]);
});

test("old and new keys together keep the old file and add the new one", async () => {
  const id = await attach(await upload("old.txt", "old"));
  const [{ fileKey }] = await attached(id);
  await record.updateRecord({ app, id, record: value({ files: [{ fileKey }, { fileKey: await upload("new.txt", "new") }] }) });
  const after = await attached(id);
  assert.deepEqual(after.map(({ name }) => name), ["old.txt", "new.txt"]);
  assert.equal(Buffer.from(await file.downloadFile({ fileKey: after[0].fileKey })).toString(), "old");
});

test("what an update does not name is removed", async () => {
  const id = await attach(await upload("gone.txt", "x"));
  await record.updateRecord({ app, id, record: value({ files: [] }) });
  assert.deepEqual(await attached(id), []);
});

test("an update that does not send the field leaves the files", async () => {
  const id = await attach(await upload("stays.txt", "x"));
  await record.updateRecord({ app, id, record: value({ text: "x" }) });
  assert.equal((await attached(id)).length, 1);
});

test("files may lie in a table", async () => {
  const fileKey = await upload("row.txt", "row");
  const { id } = await record.addRecord({ app, record: value({ rows: [{ value: value({ attached: [{ fileKey }] }) }] }) });
  const [shown] = (await record.getRecord({ app, id })).record.rows.value[0].value.attached.value;
  assert.equal(Buffer.from(await file.downloadFile({ fileKey: shown.fileKey })).toString(), "row");
});

test("an unknown key is 404 GAIA_BL01", async () => {
  const answer = await raw("GET", "/k/v1/file.json?fileKey=00000000-0000-0000-0000-000000000000");
  assert.equal(answer.status, 404);
  assert.equal(answer.json.code, "GAIA_BL01");
});

test("an unknown key cannot be attached", async () => {
  const error = await record.addRecord({ app, record: value({ files: [{ fileKey: "nothing" }] }) }).catch((thrown) => thrown);
  assert.ok([400, 404].includes(error.status), String(error));
});

test("a download without the right is refused", async () => {
  const [{ fileKey }] = await attached(await attach(await upload("secret.txt", "x")));
  await admin.app.updateFieldAcl({ app, rights: [{ code: "files", entities: [{ entity: { type: "USER", code: "admin" }, accessibility: "WRITE" }, { entity: { type: "GROUP", code: "everyone" }, accessibility: "NONE" }] }] });
  await deploy(admin, app);
  const refusal = await as("alice").file.downloadFile({ fileKey }).catch((thrown) => thrown);
  assert.equal(refusal.status, 403);
  await admin.app.updateFieldAcl({ app, rights: [] });
  await deploy(admin, app);
});

test("an upload without a file is CB_VA01 or the like", async () => {
  const answer = await raw("POST", "/k/v1/file.json", { body: { file: "x" } });
  assert.equal(answer.status, 400);
});

test("twenty megabytes arrive whole", async () => {
  const data = randomBytes(20 * 1024 * 1024);
  const [{ fileKey, size }] = await attached(await attach(await upload("large.bin", data)));
  assert.equal(size, String(data.length));
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(hash(Buffer.from(await file.downloadFile({ fileKey }))), hash(data));
});
