import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { call, managementToken } from "../../../../support/local-tenant.ts";
import { passLoginPage, planLogin } from "../../../../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../../support/login-tenant.ts";
import { createManagementClient } from "../../../../support/management-client.ts";
import { bindActions } from "../../../../support/tenant-with-actions.ts";
import { until } from "../../../../support/until.ts";

let tenant: LoginTenant;
let count = 0;
beforeAll(async () => {
  tenant = await startLoginTenant();
  const token = await managementToken(tenant);
  const body = { name: "custom", enabled: true, default_from_address: "no-reply@shop.example", credentials: {} };
  const made = await call(tenant, "/api/v2/emails/provider", { method: "POST", token, body });
  expect(made.status).toBe(201);
});
afterAll(() => tenant.close());
beforeEach(() => bind("console.log(event.notification.message_type);"));

function bind(body: string): void {
  const code = `exports.onExecuteCustomEmailProvider = async (event, api) => { ${body} };`;
  bindActions(tenant.tenant, "custom-email-provider", [{ name: "mailer", code }]);
}

const post = (path: string, email: string) =>
  call(tenant, path, {
    method: "POST",
    headers: { "User-Agent": "mailer/1.0" },
    body: { client_id: tenant.spa.client_id, connection: tenant.database.name, email, password: PASSWORD },
  });

function lineOf(pattern: RegExp, from: number): Promise<string> {
  return until(() => tenant.lines.slice(from).find((line) => pattern.test(line)));
}

/** A sign-up, and the line that says what became of its mail. */
async function signUp(): Promise<string> {
  const from = tenant.lines.length;
  expect((await post("/dbconnections/signup", `user${count++}@example.com`)).status).toBe(200);
  return lineOf(/^mail /, from);
}

test("an Action is handed the mail, with what stands in it", async () => {
  bind(`
    const { notification: { from, html, message_type, subject, text, to }, user, client, tenant } = event;
    const link = /https:\\S+/.exec(text)[0];
    const isRight = from === "no-reply@shop.example" && message_type === "verify_email" && to === user.email &&
      html.includes("<a ") && subject !== "" && client.name === "Test SPA" && tenant.id !== "" && link.length > 20;
    if (!isRight) throw new Error("not right");
  `);
  expect(await signUp()).toMatch(/^mail verify_email to auth0\|\w+: delivered by mailer$/);
});

test.each([
  ["dropped", 'api.notification.drop("no such domain");', "dropped by mailer: no such domain"],
  ["to be tried again", 'api.notification.retry("busy");', "to be tried again by mailer in 10 s: busy"],
  [
    "of several calls the last",
    'api.notification.retry("busy"); api.notification.drop("gone");',
    "dropped by mailer: gone",
  ],
  ["with a long reason, cut", 'api.notification.drop("x".repeat(2000));', `dropped by mailer: ${"x".repeat(1024)}`],
  ["thrown over", 'throw new Error("no connection");', "mailer failed"],
])("a mail may be %s", async (_, body, says) => {
  bind(body);
  expect(await signUp()).toMatch(new RegExp(`: ${says}$`));
});

describe("a mail of a login shows the query of its authorization request", () => {
  beforeEach(() => bind("api.notification.drop(JSON.stringify({ ...event.request, hostname: undefined }));"));
  const BY_PAGE = { geoip: {}, ip: "127.0.0.1", user_agent: "Rehearsal/1.0" };

  /** What the Action was shown when `act` was done. */
  async function requestOf(act: () => Promise<unknown>): Promise<unknown> {
    const from = tenant.lines.length;
    await act();
    return JSON.parse((await lineOf(/^mail /, from)).replace(/^.*?: dropped by mailer: /, ""));
  }

  async function openLogin(email: string) {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { "ext-theme": "dark" });
    return { browser, attempt, page: await browser.open(attempt.url.href), email };
  }

  test("on the pages for a new password and a sign-up", async () => {
    const email = `user${count++}@example.com`;
    await tenant.addUser(email);
    const { browser, page } = await openLogin(email);
    const forgot = await browser.open(new URL(`/u/reset-password/request${page.url.search}`, page.url).href);
    expect(await requestOf(() => browser.submit(forgot, { email }, "email"))).toMatchObject({
      ...BY_PAGE,
      query: { "ext-theme": "dark", client_id: tenant.spa.client_id },
    });
    const signUp = await browser.open(new URL(`/u/signup${page.url.search}`, page.url).href);
    expect(await requestOf(() => browser.submit(signUp, { email: `new${email}`, password: PASSWORD }))).toMatchObject({
      ...BY_PAGE,
      query: { "ext-theme": "dark" },
    });
  });

  test("on the page of a second factor", async () => {
    const email = `user${count++}@example.com`;
    await tenant.addUser(email, { email_verified: true });
    const sdk = createManagementClient(tenant);
    await sdk.guardian.factors.set("email", { enabled: true });
    tenant.bind('api.authentication.challengeWith({ type: "email" });');
    const { browser, attempt } = await openLogin(email);
    expect(await requestOf(() => passLoginPage(browser, attempt, email))).toMatchObject({
      ...BY_PAGE,
      query: { "ext-theme": "dark" },
    });
    tenant.bind();
  });
});

test("the mail for a new password goes the same way", async () => {
  const email = `user${count++}@example.com`;
  await tenant.addUser(email);
  const from = tenant.lines.length;
  await post("/dbconnections/change_password", email);
  expect(await lineOf(/^mail /, from)).toMatch(/^mail reset_email to .*: delivered by mailer$/);
});

const managementCall = async (method: "PATCH" | "POST", path: string, body: object) =>
  call(tenant, path, { method, token: await managementToken(tenant), body, headers: { "User-Agent": "mailer/1.0" } });
const addUnverified = async (email: string) => (await tenant.addUser(email, { email_verified: false })).user_id;

test.each<[string, (email: string) => Promise<{ readonly status: number }>]>([
  ["a sign-up", (email) => post("/dbconnections/signup", email)],
  [
    "a forgotten password",
    async (email) => {
      await tenant.addUser(email);
      return post("/dbconnections/change_password", email);
    },
  ],
  [
    "a job of the Management API",
    async (email) => managementCall("POST", "/api/v2/jobs/verification-email", { user_id: await addUnverified(email) }),
  ],
  [
    "a change of a user",
    async (email) => managementCall("PATCH", `/api/v2/users/${await addUnverified(email)}`, { verify_email: true }),
  ],
])("an Action is told of the request that had the mail sent: %s", async (_, send) => {
  bind("api.notification.drop(JSON.stringify(event.request));");
  const from = tenant.lines.length;
  expect((await send(`user${count++}@example.com`)).status).toBeLessThan(300);
  const [, request = ""] = /dropped by mailer: (.*)$/.exec(await lineOf(/^mail /, from)) ?? [];
  expect(JSON.parse(request)).toEqual({
    ip: "127.0.0.1",
    hostname: tenant.tenant.domain,
    geoip: {},
    query: {},
    user_agent: "mailer/1.0",
  });
});

test("without a provider called custom no Action sees a mail", async () => {
  const token = await managementToken(tenant);
  const enable = (enabled: boolean) =>
    call(tenant, "/api/v2/emails/provider", { method: "PATCH", token, body: { enabled } });
  await enable(false);
  const from = tenant.lines.length;
  await post("/dbconnections/signup", `user${count++}@example.com`);
  await enable(true);
  // A mail of the first would have come before that of this one.
  await signUp();
  expect(tenant.lines.slice(from).filter((line) => line.startsWith("mail "))).toHaveLength(1);
});
