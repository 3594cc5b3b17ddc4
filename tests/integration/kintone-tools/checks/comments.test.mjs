// Comments. Expectations: "レコードのコメントを取得する" and its neighbours, ../shared/kintone/RULES.md "Comments", "Limits".
import { before, test } from "node:test";
import assert from "node:assert/strict";
import { admin, as, field, makeApp, refused } from "../support/tenant.mjs";

const { record } = admin;
let app;
const newRecord = async () => (await record.addRecord({ app })).id;

before(async () => {
  app = await makeApp("comments", field("SINGLE_LINE_TEXT", "text"));
});

test("a comment has a text, a writer, a time and no mentions", async () => {
  const id = await newRecord();
  const added = await record.addRecordComment({ app, record: id, comment: { text: "hello" } });
  const { comments: [only] } = await record.getRecordComments({ app, record: id });
  assert.equal(String(only.id), String(added.id));
  assert.equal(only.text.trimEnd(), "hello");
  assert.deepEqual(only.creator, { code: "admin", name: "admin" });
  assert.match(only.createdAt, /Z$/);
  assert.deepEqual(only.mentions, []);
});

test("mentions are put before the text and come back", async () => {
  const id = await newRecord();
  const mentions = [{ code: "alice", type: "USER" }, { code: "hospitals", type: "GROUP" }];
  await record.addRecordComment({ app, record: id, comment: { text: "see this", mentions } });
  const { comments: [only] } = await record.getRecordComments({ app, record: id });
  assert.deepEqual(only.mentions, mentions);
  assert.ok(only.text.includes("alice"));
  assert.equal(only.text.trimEnd().endsWith("see this"), true);
});

test("newest first, ten a page, with flags for more", async () => {
  const id = await newRecord();
  for (let n = 1; n <= 12; n++) await record.addRecordComment({ app, record: id, comment: { text: `n${n}` } });
  const first = await record.getRecordComments({ app, record: id });
  assert.deepEqual(first.comments.map(({ text }) => text.trim()), Array.from({ length: 10 }, (_, n) => `n${12 - n}`));
  assert.equal(first.older, true);
  assert.equal(first.newer, false);
  const rest = await record.getRecordComments({ app, record: id, offset: 10 });
  assert.deepEqual(rest.comments.map(({ text }) => text.trim()), ["n2", "n1"]);
  assert.equal(rest.older, false);
  assert.equal(rest.newer, true);
});

test("oldest first on request", async () => {
  const id = await newRecord();
  for (const text of ["a", "b"]) await record.addRecordComment({ app, record: id, comment: { text } });
  const { comments } = await record.getRecordComments({ app, record: id, order: "asc", limit: 1 });
  assert.deepEqual(comments.map(({ text }) => text.trim()), ["a"]);
});

test("more than ten a page are refused", async () => refused(record.getRecordComments({ app, record: await newRecord(), limit: 11 }), 400, "CB_VA01", "limit"));
test("a comment does not raise the revision", async () => {
  const id = await newRecord();
  await record.addRecordComment({ app, record: id, comment: { text: "x" } });
  assert.equal((await record.getRecord({ app, id })).record.$revision.value, "1");
});
test("an empty comment is refused", async () => refused(record.addRecordComment({ app, record: await newRecord(), comment: { text: "" } }), 400, "CB_VA01", "comment.text"));
test("65,535 letters are possible, more are not", async () => {
  const id = await newRecord();
  await record.addRecordComment({ app, record: id, comment: { text: "x".repeat(65535) } });
  await refused(record.addRecordComment({ app, record: id, comment: { text: "x".repeat(65536) } }), 400, "CB_VA01", "comment.text");
});
test("ten mentions are possible, more are not", async () => {
  const mention = { code: "alice", type: "USER" };
  await refused(record.addRecordComment({ app, record: await newRecord(), comment: { text: "x", mentions: Array(11).fill(mention) } }), 400, "CB_VA01");
});
test("a comment can be deleted, once", async () => {
  const id = await newRecord();
  const { id: comment } = await record.addRecordComment({ app, record: id, comment: { text: "x" } });
  assert.deepEqual(await record.deleteRecordComment({ app, record: id, comment }), {});
  await refused(record.deleteRecordComment({ app, record: id, comment }), 400, "GAIA_RE02");
});
test("another's comment is not one's own to delete", async () => {
  const id = await newRecord();
  const { id: comment } = await record.addRecordComment({ app, record: id, comment: { text: "x" } });
  const error = await as("alice").record.deleteRecordComment({ app, record: id, comment }).catch((thrown) => thrown);
  assert.equal(error.status, 403);
});
