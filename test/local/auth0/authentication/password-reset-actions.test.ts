import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "../../../../local/http/browser.ts";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

const NEW_PASSWORD = "another-Long-password-7";
let tenant: LoginTenant;
let browser: Browser;
let email: string;
let count = 0;
beforeAll(async () => {
  tenant = await startLoginTenant();
});
afterAll(() => tenant.close());
beforeEach(async () => {
  bind();
  browser = tenant.browser();
  email = `user${count++}@example.com`;
  await tenant.addUser(email, { app_metadata: { tier: "gold" } });
});

const TRIGGER = "password-reset-post-challenge";
function bind(...bodies: readonly (string | { readonly execute: string; readonly resume: string })[]): void {
  const actions = bodies.map((body) => {
    const { execute, resume } = typeof body === "string" ? { execute: body, resume: "" } : body;
    const code = `exports.onExecutePostChallenge = async (event, api) => { ${execute} };
      ${resume === "" ? "" : `exports.onContinuePostChallenge = async (event, api) => { ${resume} };`}`;
    return { code, secrets: { KEY: "a-secret-of-both-sides-of-the-redirect" } };
  });
  bindActions(tenant.tenant, TRIGGER, actions);
}

/** Asks for the mail as an application does, and takes the link from the tenant's log. */
async function askForLink(): Promise<string> {
  const body = { client_id: tenant.spa.client_id, connection: tenant.database.name, email };
  await call(tenant, "/dbconnections/change_password", { method: "POST", body });
  return /choose a new password at (\S+)/.exec(tenant.lines.at(-1) ?? "")?.[1] ?? "";
}
const openLink = async (): Promise<Page> => browser.open(await askForLink());
const executions = () => tenant.tenant.state.actionExecutions.filter(({ trigger_id }) => trigger_id === TRIGGER);
const lastEntry = (type: string) => tenant.tenant.logs.entries().findLast((entry) => entry.type === type);

async function logsIn(password: string): Promise<boolean> {
  const { status } = await call(tenant, "/oauth/token", {
    method: "POST",
    body: {
      grant_type: "http://auth0.com/oauth/grant-type/password-realm",
      realm: tenant.database.name,
      client_id: tenant.web.client_id,
      client_secret: tenant.web.client_secret,
      username: email,
      password,
    },
  });
  return status === 200;
}

describe("between the link and the new password", () => {
  test("Actions see the user, the way here and the application, and the password is changed after them", async () => {
    bind(`
      const { authentication, authorization, client, connection, request, stats, user } = event;
      const isRight = authentication.methods[0].name === "email" && Array.isArray(authorization.roles) &&
        client.name === "Test SPA" && connection.strategy === "auth0" && request.method === "GET" &&
        stats.logins_count === 0 && user.app_metadata.tier === "gold" && user.identities.length === 1;
      if (!isRight || api.user !== undefined || api.redirect.canRedirect !== undefined) throw new Error("not right");
    `);
    const page = await openLink();
    expect(page.status).toBe(200);
    const done = await browser.submit(page, { password: NEW_PASSWORD });
    expect(done.text).toContain("Password Changed!");
    expect(await logsIn(NEW_PASSWORD)).toBe(true);
    expect(executions().at(-1)).toMatchObject({ status: "final", results: [{ action_name: expect.any(String) }] });
  });

  test.each([
    ["a denial", 'api.access.deny("Call us first.");', "Call us first."],
    ["a throw", 'throw new Error("the fraud check is down");', "the fraud check is down"],
    [
      "a redirect and a form in one Action",
      'api.redirect.sendUserTo("https://a.example/"); api.prompt.render("ap_1");',
      "Redirect and render commands cannot be used in the same action.",
    ],
    ["a result URL that is not absolute", 'api.transaction.setResultUrl("/done");', "Invalid URL"],
  ])("%s ends the reset: no form, no later Action, the password stays", async (_, body, reason) => {
    bind(body, 'throw new Error("later");');
    const page = await openLink();
    expect(page.status).toBe(403);
    expect(page.text).toContain(reason);
    expect(executions().at(-1)?.results).toHaveLength(1);
    expect(lastEntry("fcp")).toMatchObject({ description: expect.stringContaining(reason) });
    expect(await logsIn(PASSWORD)).toBe(true);
  });

  test("whoever sends the form without the page passes the same Actions", async () => {
    bind('api.access.deny("Call us first.");');
    const ticket = new URL(await askForLink()).searchParams.get("ticket") ?? "";
    const answer = await call(tenant, "/u/reset-password", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ticket, password: NEW_PASSWORD }).toString(),
    });
    expect(answer.status).toBe(403);
    expect(await logsIn(PASSWORD)).toBe(true);
  });

  test("a link that the Management API made has no application, and runs them as well", async () => {
    bind('if (event.client.client_id !== "") throw new Error("which?");');
    const token = await managementToken(tenant);
    const { user_id } = tenant.tenant.state.users.find((user) => user.email === email) ?? {};
    const body = { user_id };
    const made = await call(tenant, "/api/v2/tickets/password-change", { method: "POST", token, body });
    expect((await browser.open((made.body as { ticket: string }).ticket)).status).toBe(200);
  });

  test("the user goes where the last Action says once the password is changed", async () => {
    bind(
      'api.transaction.setResultUrl("https://a.example/first");',
      'api.transaction.setResultUrl("https://a.example/done?a=1", { query: { b: "2" } });',
    );
    const done = await browser.submit(await openLink(), { password: NEW_PASSWORD });
    expect(done.url.href).toBe("https://a.example/done?a=1&b=2");
  });

  test("a factor is passed over, with a line in the log", async () => {
    bind('api.authentication.challengeWith({ type: "otp" }, { additionalFactors: [{ type: "email" }] });');
    bindActions(tenant.tenant, "send-phone-message", [{ code: "" }]);
    const from = tenant.lines.length;
    expect((await openLink()).status).toBe(200);
    const lines = tenant.lines.slice(from).join("\n");
    expect(lines).toContain("1 bound to send-phone-message not run");
    expect(lines).toContain("not carried out by the local tenant: challenge");
  });
});

describe("a redirect", () => {
  const ASKS = {
    execute: `
      const token = api.redirect.encodeToken({ secret: event.secrets.KEY, payload: { question: 7 } });
      api.redirect.sendUserTo("https://questions.example/ask", { query: { token } });`,
    resume: `
      const { answer } = event.request.query;
      if (answer !== "42") api.access.deny("Wrong answer.");`,
  };

  test("leads away, and back to the form", async () => {
    bind(ASKS, 'api.transaction.setResultUrl("https://a.example/done");');
    const away = await openLink();
    expect(away.url.href).toMatch(/^https:\/\/questions\.example\/ask\?token=[^&]+&state=[\w-]/);
    const state = away.url.searchParams.get("state") ?? "";
    const page = await browser.open(`https://${tenant.domain}/continue?state=${state}&answer=42`);
    expect(page.status).toBe(200);
    const done = await browser.submit(page, { password: NEW_PASSWORD });
    expect(done.url.href).toBe("https://a.example/done");
    expect(executions().at(-1)).toMatchObject({ status: "final", results: [{}, {}, {}] });
  });

  test("that comes back with the wrong answer ends the reset", async () => {
    bind(ASKS);
    const state = (await openLink()).url.searchParams.get("state") ?? "";
    const page = await browser.open(`https://${tenant.domain}/continue?state=${state}&answer=41`);
    expect(page.status).toBe(403);
    expect(page.text).toContain("Wrong answer.");
    expect(await logsIn(PASSWORD)).toBe(true);
  });

  test.each(["a second time", "in another browser"])("does not come back %s", async (how) => {
    bind(ASKS);
    const state = (await openLink()).url.searchParams.get("state") ?? "";
    const url = `https://${tenant.domain}/continue?state=${state}&answer=42`;
    if (how === "a second time") await browser.open(url);
    const page = await (how === "a second time" ? browser : tenant.browser()).open(url);
    expect(page.status).toBe(400);
  });

  test("without a continuation fails before the browser leaves", async () => {
    bind(ASKS.execute);
    const page = await openLink();
    expect(page.status).toBe(403);
    expect(page.text).toContain("onContinuePostChallenge");
  });
});
