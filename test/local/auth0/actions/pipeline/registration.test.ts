import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { LogEntry } from "../../../../../local/auth0/state/log-entry.ts";
import { call, managementToken } from "../../../../support/local-tenant.ts";
import { planLogin } from "../../../../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../../support/login-tenant.ts";
import { bindActions } from "../../../../support/tenant-with-actions.ts";
import { until } from "../../../../support/until.ts";

let tenant: LoginTenant;
let count = 0;
beforeAll(async () => {
  tenant = await startLoginTenant();
});
afterAll(() => tenant.close());
afterEach(() => {
  jest.restoreAllMocks();
});
beforeEach(() => {
  for (const trigger of ["pre-user-registration", "post-user-registration", "post-change-password"]) bind(trigger);
});

const HANDLERS = {
  "pre-user-registration": "onExecutePreUserRegistration",
  "post-user-registration": "onExecutePostUserRegistration",
  "post-change-password": "onExecutePostChangePassword",
} as const;

function bind(trigger: string, ...bodies: readonly string[]): void {
  const handler = HANDLERS[trigger as keyof typeof HANDLERS];
  bindActions(
    tenant.tenant,
    trigger,
    bodies.map((body) => ({ code: `exports.${handler} = async (event, api) => { ${body} };` })),
  );
}

const newEmail = () => `user${count++}@example.com`;
const signUp = (email: string, more: Record<string, unknown> = {}) =>
  call(tenant, "/dbconnections/signup", {
    method: "POST",
    body: { client_id: tenant.spa.client_id, connection: tenant.database.name, email, password: PASSWORD, ...more },
  });
const findUser = (email: string) => tenant.tenant.state.users.find((user) => user.email === email);
const lastOf = (type: string): LogEntry => tenant.tenant.logs.entries().findLast((entry) => entry.type === type)!;
const outputsOf = ({ details }: LogEntry): readonly string[] =>
  (details as { actions: { results: { output: string }[] } }).actions.results.map(({ output }) => output);

const executionsOf = (trigger: string) =>
  tenant.tenant.state.actionExecutions.filter(({ trigger_id }) => trigger_id === trigger);

describe("before a user is stored", () => {
  test("Actions see what is known, without the password", async () => {
    bind("pre-user-registration", `console.log(JSON.stringify(event).includes(${JSON.stringify(PASSWORD)}));`);
    await signUp(newEmail());
    expect(outputsOf(lastOf("ss"))).toEqual(["false\n"]);
    const shown = executionsOf("pre-user-registration").at(-1);
    expect(shown).toMatchObject({ status: "final", results: [{ action_name: expect.any(String) }] });
    bind("pre-user-registration", "console.log(Object.keys(event).sort().join(), JSON.stringify(event.user));");
    const other = newEmail();
    await signUp(other, { given_name: "Ada", user_metadata: { plan: "free" } });
    expect(outputsOf(lastOf("ss"))[0]).toBe(
      `client,configuration,connection,request,secrets,tenant,user ${JSON.stringify({
        email: other,
        given_name: "Ada",
        user_metadata: { plan: "free" },
      })}\n`,
    );
  });

  test("what they set is stored with the user, and seen by the next one", async () => {
    bind(
      "pre-user-registration",
      'api.user.setAppMetadata("tier", "gold").user.setUserMetadata("plan", null);',
      'console.log(event.user.app_metadata.tier); api.user.setUserMetadata("seen", true);',
    );
    const email = newEmail();
    expect(await signUp(email, { user_metadata: { plan: "free", kept: 1 } })).toMatchObject({ status: 200 });
    expect(findUser(email)).toMatchObject({ app_metadata: { tier: "gold" }, user_metadata: { kept: 1, seen: true } });
    expect(findUser(email)?.user_metadata).not.toHaveProperty("plan");
    expect(outputsOf(lastOf("ss"))).toEqual(["", "gold\n"]);
  });

  test.each([
    [
      "deny",
      'api.access.deny("competitor", "Please use another address.");',
      "competitor",
      "Please use another address.",
    ],
    ["deny with a reason alone", 'api.access.deny("Not from here.");', "Not from here.", "Not from here."],
    ["a validation error", 'api.validation.error("no_such", "No such company.");', "no_such", "No such company."],
    ["a throw", 'throw new Error("what went wrong");', "what went wrong", "what went wrong"],
    [
      "a validation error that is too long",
      `api.validation.error("x", "${"y".repeat(101)}");`,
      "must NOT have more than 100 characters",
      "Failed to add validation error: errorMessage must NOT have more than 100 characters",
    ],
  ])("%s refuses a sign-up: nobody is stored, and no later Action runs", async (_, body, reason, shown) => {
    bind("pre-user-registration", body, 'console.log("later");');
    const email = newEmail();
    expect(await signUp(email)).toMatchObject({
      status: 400,
      body: { code: "extensibility_error", description: shown, statusCode: 400 },
    });
    expect(findUser(email)).toBeUndefined();
    const entry = lastOf("fs");
    expect(entry.description).toContain(reason);
    expect(outputsOf(entry)).toHaveLength(1);
  });

  test.each(["const { deny } = api.access; deny", "const { setAppMetadata } = api.user; setAppMetadata"])(
    "a method that is taken off its object throws: %s",
    async (taken) => {
      bind("pre-user-registration", `${taken}("a", "b");`);
      const { status, body } = await signUp(newEmail());
      expect(status).toBe(400);
      expect(body).toMatchObject({ description: expect.stringContaining("Cannot read properties of undefined") });
    },
  );

  test("a failure is in the log under its own type, without later Actions", async () => {
    bind("pre-user-registration", 'throw new TypeError("broken");');
    await signUp(newEmail());
    expect(lastOf("actions_execution_failed")).toMatchObject({
      details: { trigger_id: "pre-user-registration", action_error: { name: "TypeError", message: "broken" } },
    });
  });

  test("where the tenant says so, the Management API makes and changes users without them", async () => {
    const other = await startLoginTenant({ actions: { managementTriggers: "skipped" } });
    try {
      const code = 'exports.onExecutePreUserRegistration = async (event, api) => { api.access.deny("no", "No."); };';
      bindActions(other.tenant, "pre-user-registration", [{ code }]);
      const body = { connection: other.database.name, email: newEmail(), password: PASSWORD };
      const token = await managementToken(other);
      expect(await call(other, "/api/v2/users", { method: "POST", token, body })).toMatchObject({ status: 201 });
    } finally {
      await other.close();
    }
  });

  test("the Management API's own users pass by the same Actions, which know no application", async () => {
    bind(
      "pre-user-registration",
      'if (event.client || event.transaction) throw new Error("no"); api.access.deny("no", "Not here.");',
    );
    const token = await managementToken(tenant);
    const email = newEmail();
    const body = { connection: tenant.database.name, email, password: PASSWORD };
    expect(await call(tenant, "/api/v2/users", { method: "POST", token, body })).toMatchObject({
      status: 400,
      body: { errorCode: "extensibility_error", message: "Not here." },
    });
    expect(findUser(email)).toBeUndefined();
  });
});

describe("after a user is stored", () => {
  test("Actions run apart from the sign-up, and cannot undo it", async () => {
    bind(
      "post-user-registration",
      'if (event.user.email.startsWith("user") && event.user.user_id && !event.client) throw new Error("too late");',
    );
    const before = executionsOf("post-user-registration").length;
    const email = newEmail();
    expect(await signUp(email)).toMatchObject({ status: 200 });
    expect(findUser(email)).toBeDefined();
    const execution = await until(() => executionsOf("post-user-registration")[before]);
    expect(execution).toMatchObject({ results: [{ error: { msg: "too late" } }] });
    expect(lastOf("actions_execution_failed")).toMatchObject({ details: { trigger_id: "post-user-registration" } });
  });

  test("they run in order, have a cache of their own and nothing else", async () => {
    bind(
      "post-user-registration",
      'api.cache.set("who", event.user.user_id);',
      'if (Object.keys(api).join() !== "cache" || api.cache.get("who").value !== event.user.user_id) throw new Error("no");',
    );
    const before = executionsOf("post-user-registration").length;
    await signUp(newEmail());
    const execution = await until(() => executionsOf("post-user-registration")[before]);
    expect(execution.results).toHaveLength(2);
    expect(execution.results.every(({ error }) => error === undefined)).toBe(true);
  });

  test("nobody's sign-up that was refused is told to them", async () => {
    bind("pre-user-registration", 'api.access.deny("no", "No.");');
    const told = jest.spyOn(tenant.tenant.actions, "runPostUserRegistration");
    await signUp(newEmail());
    expect(told).not.toHaveBeenCalled();
  });
});

describe("after a password is changed", () => {
  test("by the Management API, Actions are told whose it is, and nothing of the metadata", async () => {
    const user = await tenant.addUser(newEmail());
    bind("post-change-password", 'console.log("ran"); if (event.user.app_metadata) throw new Error("metadata");');
    const before = executionsOf("post-change-password").length;
    const token = await managementToken(tenant);
    const changed = await call(tenant, `/api/v2/users/${encodeURIComponent(user.user_id)}`, {
      method: "PATCH",
      token,
      body: { password: `${PASSWORD}-new`, connection: tenant.database.name },
    });
    expect(changed.status).toBe(200);
    const execution = await until(() => executionsOf("post-change-password")[before]);
    expect(execution.results[0]).not.toHaveProperty("error");
  });

  test("nothing runs when something else of the user changes", async () => {
    const user = await tenant.addUser(newEmail());
    const told = jest.spyOn(tenant.tenant.actions, "runPostChangePassword");
    const token = await managementToken(tenant);
    await call(tenant, `/api/v2/users/${encodeURIComponent(user.user_id)}`, {
      method: "PATCH",
      token,
      body: { given_name: "Ada" },
    });
    expect(told).not.toHaveBeenCalled();
  });
});

describe("at the pages", () => {
  test("a sign-up that is refused shows what the Action says, and the next one is taken", async () => {
    bind(
      "pre-user-registration",
      'if (event.transaction.redirect_uri && event.user.email.startsWith("bad")) api.access.deny("bad", "Good people only.");',
    );
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
    const page = await browser.open(url.href);
    const refused = await browser.submit(page, { email: `bad${newEmail()}`, password: PASSWORD }, "password");
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Good people only.");
    const email = newEmail();
    await browser.submit(refused, { email, password: PASSWORD }, "password");
    expect(findUser(email)).toBeDefined();
  });

  test("a new password that came by mail is told to Actions, once", async () => {
    const email = newEmail();
    await tenant.addUser(email);
    bind("post-change-password", 'if (!event.request.ip || event.user.email === undefined) throw new Error("who?");');
    const before = executionsOf("post-change-password").length;
    await call(tenant, "/dbconnections/change_password", {
      method: "POST",
      body: { client_id: tenant.spa.client_id, connection: tenant.database.name, email },
    });
    const link = /choose a new password at (\S+)/.exec(tenant.lines.at(-1)!)![1]!;
    const browser = tenant.browser();
    await browser.submit(await browser.open(link), { password: "another-Long-password-7" });
    const execution = await until(() => executionsOf("post-change-password")[before]);
    expect(execution.results[0]).not.toHaveProperty("error");
    expect(executionsOf("post-change-password")).toHaveLength(before + 1);
  });
});

describe("by a code", () => {
  const number = () => `+4912345${String(count++).padStart(5, "0")}`;
  beforeAll(() => {
    tenant.setConnection({ ...tenant.database, id: "con_sms", name: "sms", strategy: "sms", realms: ["sms"] });
  });

  const post = (path: string, body: object) => {
    const { client_id, client_secret } = tenant.web;
    return call(tenant, path, { method: "POST", body: { client_id, client_secret, ...body } });
  };
  async function logInBy(phone_number: string) {
    await post("/passwordless/start", { connection: "sms", phone_number });
    const otp = /code for \S+ is (\d+)/.exec(tenant.lines.at(-1)!)![1]!;
    const grant_type = "http://auth0.com/oauth/grant-type/passwordless/otp";
    return post("/oauth/token", { grant_type, realm: "sms", username: phone_number, otp });
  }
  const findByNumber = (number: string) => tenant.tenant.state.users.find((user) => user.phone_number === number);

  test("Actions see the first login alone, and what they set is not stored", async () => {
    bind(
      "pre-user-registration",
      'if (!event.user.phone_number) throw new Error("who?"); api.user.setAppMetadata("a", 1);',
    );
    bind("post-user-registration", "");
    const [before, after] = ["pre-user-registration", "post-user-registration"].map((id) => executionsOf(id).length);
    const to = number();
    expect((await logInBy(to)).status).toBe(200);
    expect((await logInBy(to)).status).toBe(200);
    expect(findByNumber(to)).not.toHaveProperty("app_metadata");
    expect(executionsOf("pre-user-registration")).toHaveLength(before! + 1);
    await until(() => executionsOf("post-user-registration")[after!]);
  });

  test("an Action refuses them, at the token endpoint and at the page", async () => {
    bind("pre-user-registration", 'api.access.deny("no phones", "Use a mail address.");');
    const to = number();
    expect(await logInBy(to)).toMatchObject({
      status: 400,
      body: { error: "extensibility_error", error_description: "Use a mail address." },
    });
    expect(lastOf("fs").description).toBe("no phones");
    const browser = tenant.browser();
    const page = await browser.open((await planLogin(tenant, tenant.spa)).url.href);
    const asks = await browser.submit(page, { passwordless_phone: to }, "passwordless_phone");
    const code = /code for \S+ is (\d+)/.exec(tenant.lines.at(-1)!)![1]!;
    const refused = await browser.submit(asks, { code });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Use a mail address.");
    expect(findByNumber(to)).toBeUndefined();
  });
});
