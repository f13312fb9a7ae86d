import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../support/login-tenant.ts";

const SCRIPT = `<script>alert("x")</script>`;
const USER = "/console/users/auth0%7Cada";

let tenant: LoginTenant;
let token: string;
beforeAll(async () => {
  tenant = await startLoginTenant(withConsole());
  await tenant.addUser("ada@example.org", { id: "ada", app_metadata: { plan: "silver" } });
  tenant.tenant.state.roles.set("rol_1", { id: "rol_1", name: "viewer", permissions: [] });
  token = ((await get("/console/users")) as { token: string }).token;
});
afterAll(() => tenant.close());

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;
const post = (path: string, fields: Record<string, string>): Promise<Answer> =>
  call(tenant, path, { method: "POST", headers: { accept: "application/json" }, body: { token, ...fields } });

test("users are listed, the newest first, and found by a part of their email", async () => {
  const ada = { id: "auth0|ada", name: "ada@example.org", isVerified: false, isBlocked: false, roles: [], logins: 0 };
  expect(await get("/console/users?search=ADA")).toMatchObject({ total: 1, users: [ada] });
  expect(await get("/console/users?search=nobody")).toMatchObject({ users: [] });
});

test.each([
  [0, "0 logins"],
  [1, "1 login"],
  [2, "2 logins"],
])("of %i logins the page says %s", async (logins_count, said) => {
  const { users } = tenant.tenant.state;
  users.set("auth0|ada", { ...users.get("auth0|ada")!, logins_count });
  expect(await get(USER, "text/html")).toContain(`>${said}</span>`);
});

test("a user is made with the tenant's rules for passwords and names, which are told in its words", async () => {
  const connection = tenant.database.name;
  const fields = { email: "Grace@example.org", password: PASSWORD, connection };
  const { body } = await post("/console/users", fields);
  expect(await get((body as { location: string }).location)).toMatchObject({ name: "grace@example.org" });
  expect(await post("/console/users", fields)).toMatchObject({
    status: 400,
    body: { error: { code: "USER_REFUSED" } },
  });
  expect(await post("/console/users", { ...fields, email: "x@example.org", password: "a" })).toMatchObject({
    status: 400,
  });
  expect(tenant.tenant.state.users.size).toBe(2);
});

test("a role, a verified email and a block are switched on and off by a click", async () => {
  for (const [on, roles] of [
    ["yes", ["viewer"]],
    ["no", []],
  ] as const) {
    await post(`${USER}/roles`, { value: "rol_1", on });
    await post(`${USER}/email_verified`, { on });
    await post(`${USER}/blocked`, { on });
    expect(await get(USER)).toMatchObject({ roles, isVerified: on === "yes", isBlocked: on === "yes" });
  }
});

test("metadata is what stands in the fields, and stays as it was where that is not an object", async () => {
  await post(`${USER}/metadata`, {
    app_metadata: `{"plan":"gold"}`,
    user_metadata: `{"bio":"${SCRIPT.replaceAll('"', '\\"')}"}`,
  });
  const changed = { app_metadata: { plan: "gold" }, user_metadata: { bio: SCRIPT } };
  expect(await get(USER)).toMatchObject(changed);
  for (const app_metadata of ["{", "[]", "1", "null"]) {
    const refused = await post(`${USER}/metadata`, { app_metadata, user_metadata: "{}" });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "METADATA_MALFORMED" } } });
  }
  expect(await get(USER)).toMatchObject(changed);
});

test("metadata with a secret in it, which is not shown, is not written over", async () => {
  const { state } = tenant.tenant;
  const user = await tenant.addUser("kept@example.org", {
    id: "kept",
    app_metadata: { key: tenant.web.client_secret },
  });
  const page = `/console/users/${encodeURIComponent(user.user_id)}`;
  expect(await get(page)).toMatchObject({ app_metadata: { key: "[redacted]" } });
  const refused = await post(`${page}/metadata`, { app_metadata: `{"key":"[redacted]"}`, user_metadata: "{}" });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: "METADATA_NOT_WHOLE" } } });
  expect(state.users.get(user.user_id)?.app_metadata).toEqual({ key: tenant.web.client_secret });
});

test.each([
  ["a user", () => post("/console/users/auth0%7Cnobody/blocked", { on: "yes" }), 404, "USER_UNKNOWN"],
  ["a role", () => post(`${USER}/roles`, { value: "rol_9", on: "yes" }), 400, "ROLE_UNKNOWN"],
  ["a database", () => post("/console/users", { email: "x@example.org", connection: "?" }), 400, "USER_REFUSED"],
])("%s that is not there is refused", async (_what, ask, status, code) => {
  expect(await ask()).toMatchObject({ status, body: { error: { code } } });
});

test("a script as name, email, role and metadata is shown as text; a password's hash is not shown", async () => {
  const { state } = tenant.tenant;
  state.roles.set("rol_2", { id: "rol_2", name: SCRIPT, permissions: [] });
  await post(`${USER}/roles`, { value: "rol_2", on: "yes" });
  state.users.set("auth0|script", {
    ...state.users.get("auth0|ada")!,
    user_id: "auth0|script",
    email: SCRIPT,
    name: SCRIPT,
  });
  for (const path of ["/console/users", USER, "/console/users/auth0%7Cscript"]) {
    const page = String(await get(path, "text/html"));
    expect(page).not.toContain("<script>alert");
    for (const { hash } of state.passwords.values()) expect(page).not.toContain(hash);
  }
});

test("mails arrive in the mailbox with a link that works, and a script in them is text", async () => {
  const { status } = await call(tenant, "/dbconnections/signup", {
    method: "POST",
    body: {
      client_id: tenant.spa.client_id,
      connection: tenant.database.name,
      email: "new@example.org",
      password: PASSWORD,
    },
  });
  expect(status).toBe(200);
  const { messages } = (await get("/console/mailbox")) as { messages: readonly { text: string }[] };
  expect(messages).toMatchObject([{ to: "new@example.org", subject: "Verify your email" }]);
  const [, link = ""] = /href="(https:[^"]+)"/.exec(String(await get("/console/mailbox", "text/html"))) ?? [];
  const page = await tenant.browser().open(link.replaceAll("&amp;", "&"));
  expect(page.status).toBe(200);
  expect(tenant.tenant.state.users.find(({ email }) => email === "new@example.org")?.email_verified).toBe(true);
  const request = { ip: "127.0.0.1", method: "POST", hostname: "x", query: {}, body: {} };
  const mail = { to: "x", subject: SCRIPT, text: SCRIPT, html: "", request };
  tenant.tenant.actions.deliverMail({ messageType: "welcome_email", ...mail });
  expect(await get("/console/mailbox", "text/html")).not.toContain("<script>alert");
});
