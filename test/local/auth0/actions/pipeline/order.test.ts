import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { LoginFactorAsked } from "../../../../../local/auth0/actions/outcome.ts";
import {
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
beforeEach(() => {
  actions.addUser();
});
afterAll(() => actions.close());

test("a login without Actions completes, and starts no process", async () => {
  expect(await actions.login()).toEqual({
    kind: "completed",
    actions: [],
    accessTokenClaims: new Map(),
    idTokenClaims: new Map(),
    scopeChanges: new Map(),
    userId: "auth0|ada",
    asksMultifactor: false,
    session: {},
    refreshToken: {},
    recordedMethods: [],
    transactionMetadata: {},
    notCarriedOut: [],
  });
});

test("Actions run in the order of their bindings, one after the other", async () => {
  const slow = `await new Promise((resolve) => setTimeout(resolve, 20)); `;
  actions.bind(
    `${slow} api.transaction.setMetadata("order", "1")`,
    `api.transaction.setMetadata("order", event.transaction.metadata.order + "2")`,
    `${slow} console.log(event.transaction.metadata.order + "3")`,
  );
  expect(outputs(await actions.login())[2]).toBe("123\n");
});

describe("a denial", () => {
  test("lets its Action finish, keeps later ones from running, and keeps metadata", async () => {
    actions.bind(
      `api.user.setAppMetadata("first", 1)`,
      `api.access.deny("not today"); console.log("still here"); api.user.setUserMetadata("second", 2)`,
      `api.user.setAppMetadata("third", 3)`,
    );
    const outcome = await actions.login();
    expect(outcome).toMatchObject({ kind: "denied", reason: "not today", by: "access.deny" });
    expect(outcome.actions.map(({ effect }) => effect)).toEqual(["changed", "denied"]);
    expect(outputs(outcome)[1]).toBe("still here\n");
    expect(actions.readUser()).toMatchObject({ app_metadata: { first: 1 }, user_metadata: { second: 2 } });
  });

  test("keeps what was put in the cache", async () => {
    actions.bind(`api.cache.set("key", "value"); api.access.deny("no")`);
    await actions.login();
    actions.bind(`console.log(api.cache.get("key")?.value)`);
    expect(outputs(await actions.login())).toEqual(["value\n"]);
  });

  test.each([
    [`api.session.revoke("gone")`, { by: "session.revoke", preserveRefreshTokens: false }],
    [
      `api.session.revoke("gone", { preserveRefreshTokens: true })`,
      { by: "session.revoke", preserveRefreshTokens: true },
    ],
    [`api.validation.error("gone_code", "gone")`, { by: "validation.error", validationCode: "gone_code" }],
  ])("can be %s", async (call, expected) => {
    actions.bind(call, `console.log("never")`);
    const outcome = await actions.login();
    expect(outcome).toMatchObject({ kind: "denied", reason: "gone", ...expected });
    expect(outcome.actions).toHaveLength(1);
  });

  test("can revoke the refresh token that is exchanged", async () => {
    actions.bind(`api.refreshToken.revoke("gone")`);
    expect(await actions.login({ protocol: "oauth2-refresh-token" })).toMatchObject({
      kind: "denied",
      by: "refreshToken.revoke",
    });
  });
});

describe("an Action that throws", () => {
  test.each([
    [`throw new TypeError("cannot")`, { name: "TypeError", message: "cannot" }],
    [
      `throw Object.assign(new Error("coded"), { code: "E_CODE" })`,
      { name: "Error", message: "coded", code: "E_CODE" },
    ],
    [`throw "text"`, { name: "Error", message: "text" }],
    [`throw undefined`, { message: "undefined" }],
    [`return event.user.email.missing.deep`, { name: "TypeError" }],
    [`api.accessToken.setCustomClaim("scope", "all")`, { message: 'The "scope" claim cannot be set.' }],
    [`api.access.deny(() => "no reason")`, { name: "DataCloneError" }],
  ])("by %s fails the login with it", async (body, error) => {
    actions.bind(body, `console.log("never")`);
    const outcome = await actions.login();
    expect(outcome).toMatchObject({ kind: "failed", error: { errorClass: "action_error", ...error } });
    expect(JSON.stringify(outcome)).not.toContain("never");
  });

  test("discards the metadata of all Actions of the run", async () => {
    actions.bind(`api.user.setAppMetadata("first", 1)`, `api.user.setAppMetadata("second", 2); throw new Error("x")`);
    await actions.login();
    expect(actions.readUser()?.app_metadata).toBeUndefined();
  });

  test("leaves an entry in the tenant log, an execution, and a line without its message", async () => {
    actions.bind(
      { name: "fine", code: handler("").code },
      { name: "broken", code: handler(`throw new Error("of ada@example.org")`).code },
    );
    const outcome = await actions.login();
    const { executionId } = outcome;
    expect(actions.tenant.logs.entries().at(-1)).toMatchObject({
      type: "actions_execution_failed",
      client_id: "spa",
      user_id: "auth0|ada",
      details: {
        trigger_id: "post-login",
        execution_id: executionId,
        action_name: "broken",
        action_id: outcome.actions[1]!.actionId,
        version_id: outcome.actions[1]!.versionId,
        binding_id: outcome.actions[1]!.bindingId,
        error_class: "action_error",
        action_error: { name: "Error", message: "of ada@example.org", stack: expect.stringContaining("broken.js:1") },
      },
    });
    expect(actions.tenant.state.actionExecutions.get(executionId!)).toMatchObject({
      trigger_id: "post-login",
      status: "final",
      results: [
        { action_name: "fine" },
        { action_name: "broken", error: { id: "action_error", msg: "of ada@example.org" } },
      ],
    });
    expect(actions.log.at(-1)).toMatch(/^actions: broken failed/);
    expect(actions.log.join("\n")).not.toContain("ada@example.org");
  });
});

test("where a tenant keeps what finished Actions queued, only the failed one's metadata is lost", async () => {
  const other = await startTenantWithActions({ actions: { metadataOnFailure: "of-finished-actions-kept" } });
  try {
    other.bind(`api.user.setAppMetadata("first", 1)`, `api.user.setAppMetadata("second", 2); throw new Error("x")`);
    await other.login();
    expect(other.readUser()?.app_metadata).toEqual({ first: 1 });
  } finally {
    await other.close();
  }
});

test("a run tells the login's log entry what each Action did, in names and not in values", async () => {
  actions.bind(
    {
      name: "one",
      code: handler(`console.log("hello"); api.user.setAppMetadata("plan", "secret-value");
        api.accessToken.setCustomClaim("https://x/plan", "secret-value"); api.accessToken.removeScope("delete:users")`)
        .code,
    },
    { name: "two", code: handler("").code },
  );
  const { executionId, logDetails } = await actions.login();
  expect(logDetails).toEqual({
    executions: [executionId],
    results: [
      {
        action_name: "one",
        version_id: expect.any(String),
        duration_ms: expect.any(Number),
        effect: "changed",
        commands: ["set-app-metadata plan", "set-claim accessToken https://x/plan", "remove-scope delete:users"],
        output: "hello\n",
      },
      {
        action_name: "two",
        version_id: expect.any(String),
        duration_ms: expect.any(Number),
        effect: "none",
        commands: [],
        output: "",
      },
    ],
  });
});

test("a user who is deleted while the Actions run gets nothing written", async () => {
  actions.bind(`api.user.setAppMetadata("a", 1); await new Promise((resolve) => setTimeout(resolve, 30))`);
  const login = actions.login();
  actions.tenant.state.users.delete("auth0|ada");
  expect(await login).toMatchObject({ kind: "completed" });
  expect(actions.readUser()).toBeUndefined();
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { errorClass: "platform_error" } });
});

test.each([
  [`api.prompt.render("form")`, "render-prompt"],
  [`api.samlResponse.setIssuer("me")`, "set-saml-configuration"],
])("%s is accepted, not carried out, and said so", async (call, type) => {
  actions.bind(call, `console.log("next")`);
  const outcome = await actions.login();
  expect(outcome).toMatchObject({ kind: "completed", notCarriedOut: [type] });
  expect(outputs(outcome)[1]).toBe("next\n");
  expect(actions.log.at(-1)).toContain(type);
});

test.each([
  [`api.authentication.challengeWith({ type: "push" })`, { type: "challenge", factors: ["push"] }],
  [
    `api.authentication.enrollWithAny([{ type: "otp" }, { type: "phone" }])`,
    { type: "enroll", factors: ["otp", "phone"] },
  ],
])("%s ends the run until the factor is passed; then the next Action runs", async (call, asked) => {
  actions.bind(`${call}; api.idToken.setCustomClaim("urn:first", 1);`, `console.log("next")`);
  const outcome = await actions.login();
  expect(outcome).toMatchObject({ kind: "factor-asked", ...asked });
  expect(outputs(outcome)).toEqual([""]);
  const { suspended } = outcome as LoginFactorAsked;
  const resumed = await actions.tenant.actions.resumePostLogin(suspended, suspended.context.request);
  expect(resumed).toMatchObject({ kind: "completed", idTokenClaims: new Map([["urn:first", 1]]) });
  expect(outputs(resumed)).toEqual(["next\n"]);
});

test.each([
  [`api.multifactor.enable("any")`, true],
  [`api.multifactor.enable("any"); api.multifactor.enable("none")`, false],
])("of %s the last word is told", async (calls, asksMultifactor) => {
  actions.bind(calls, "");
  expect(await actions.login()).toMatchObject({ kind: "completed", asksMultifactor });
});

test("a form that cannot be shown fails the login where the tenant is set so", async () => {
  const other = await startTenantWithActions({ actions: { unavailableStep: "fails" } });
  try {
    other.bind(`api.prompt.render("form")`);
    const message = "This tenant has no render-prompt.";
    expect(await other.login()).toMatchObject({ kind: "failed", error: { message } });
  } finally {
    await other.close();
  }
});
