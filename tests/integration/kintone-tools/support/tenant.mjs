// The tenant under test, reached only as an outsider reaches one: by URL, login names and the command that makes API tokens.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { KintoneRestAPIClient } from "@kintone/rest-api-client";

export const baseUrl = required("KINTONE_BASE_URL");
const tokenCommand = JSON.parse(required("KINTONE_TOKEN_COMMAND"));

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; this is run by KintoneToolsTests.`);
  return value;
}

// Login names are passwords. The first is the tenant's administrator.
export function as(username, options = {}) {
  return new KintoneRestAPIClient({ baseUrl, auth: { username, password: username }, ...options });
}

export function withToken(apiToken, options = {}) {
  return new KintoneRestAPIClient({ baseUrl, auth: { apiToken }, ...options });
}

export const admin = as("admin");

export function token(app, rights) {
  const [program, ...first] = tokenCommand;
  return execFileSync(program, [...first, "--app", String(app), "--rights", rights], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

export function removeToken(apiToken) {
  const [program, verb, , ...first] = tokenCommand;
  execFileSync(program, [verb, "remove-token", ...first, "--token", apiToken], { stdio: ["ignore", "pipe", "pipe"] });
}

// A request without the client, for what the client never does.
export async function raw(method, path, { body, headers = {}, user = "admin" } = {}) {
  const all = { ...headers };
  if (user) all["X-Cybozu-Authorization"] = Buffer.from(`${user}:${user}`).toString("base64");
  if (body !== undefined && !all["Content-Type"]) all["Content-Type"] = "application/json";
  const response = await fetch(baseUrl + path, { method, headers: all, body: typeof body === "object" ? JSON.stringify(body) : body });
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* not every answer is JSON */ }
  return { status: response.status, headers: response.headers, text, json };
}

export async function deploy(client, ...apps) {
  await client.app.deployApp({ apps: apps.map((app) => ({ app })) });
  for (let turn = 0; turn < 500; turn++) {
    const { apps: states } = await client.app.getDeployStatus({ apps });
    if (states.every(({ status }) => status === "SUCCESS")) return;
    assert.ok(states.every(({ status }) => ["SUCCESS", "PROCESSING"].includes(status)), JSON.stringify(states));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("the deployment did not end");
}

export async function makeApp(name, properties, client = admin) {
  const { app } = await client.app.addApp({ name });
  if (properties) await client.app.addFormFields({ app, properties });
  await deploy(client, app);
  return app;
}

// Refused as kintone refuses: by status, by code, and by the paths of what is at fault.
export async function refused(promise, status, code, path, messages) {
  const error = await promise.then(() => assert.fail(`expected ${status} ${code}`), (thrown) => thrown);
  assert.equal(error.name, "KintoneRestAPIError", String(error));
  assert.equal(error.status, status, error.message);
  if (code) assert.equal(error.code, code, error.message);
  if (path) assert.ok(error.errors?.[path], `${path} not in ${JSON.stringify(error.errors)}`);
  if (messages) assert.deepEqual(error.errors[path].messages, messages);
  return error;
}

export const options = (...labels) => Object.fromEntries(labels.map((label, index) => [label, { label, index: String(index) }]));
export const value = (values) => Object.fromEntries(Object.entries(values).map(([code, given]) => [code, { value: given }]));
export const field = (type, code, more = {}) => ({ [code]: { type, code, label: code, ...more } });
export const ids = (records) => records.map((record) => Number(record.$id.value));
