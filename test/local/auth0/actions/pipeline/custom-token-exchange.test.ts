import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { TokenExchangeOutcome } from "../../../../../local/auth0/actions/outcome.ts";
import type { TokenExchangeContext } from "../../../../../local/auth0/actions/token-exchange-context.ts";
import {
  API,
  buildLogin,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let given: TenantWithActions;
beforeAll(async () => {
  given = await startTenantWithActions();
});
afterAll(() => given.close());

const SET_USER = 'api.authentication.setUserById("auth0|ada");';

/** Runs an Action with this body, the only one that there is. */
function exchange(body: string, changes: Partial<TokenExchangeContext> = {}): Promise<TokenExchangeOutcome> {
  const code = `exports.onExecuteCustomTokenExchange = async (event, api) => { ${body} };`;
  given.bindTo("custom-token-exchange", { code, secrets: { KEY: "a-key" } });
  const actionId = given.tenant.state.triggerBindings.get("custom-token-exchange")?.bindings[0]?.action_id ?? "";
  const { client, request } = buildLogin();
  return given.tenant.actions.runCustomTokenExchange({
    actionId,
    client,
    audience: API,
    request: { ...request, method: "POST", body: { device: "till-7", client_secret: "hidden" } },
    requestedScopes: ["get:users"],
    subject: { token: "a foreign token", type: "https://shop.example/token" },
    ...changes,
  });
}

test("the Action is told of both tokens, the API, the form and its secrets", async () => {
  const outcome = await exchange(
    `const { configuration, ...seen } = event; console.log(JSON.stringify(seen)); ${SET_USER}`,
    { actor: { token: "another", type: "urn:ietf:params:oauth:token-type:jwt" }, requestedTokenType: "urn:x" },
  );
  expect(JSON.parse(outcome.actions[0]?.output ?? "")).toEqual({
    client: { client_id: "spa", name: "Example SPA", metadata: { tier: "gold" } },
    request: { ip: "127.0.0.1", method: "POST", hostname: "localhost", geoip: {}, body: { device: "till-7" } },
    resource_server: { identifier: API },
    secrets: { KEY: "a-key" },
    tenant: { id: "local" },
    transaction: {
      actor_token: "another",
      actor_token_type: "urn:ietf:params:oauth:token-type:jwt",
      requested_scopes: ["get:users"],
      requested_token_type: "urn:x",
      subject_token: "a foreign token",
      subject_token_type: "https://shop.example/token",
    },
  });
});

test("what it sets comes back, and nothing is written", async () => {
  const before = given.readUser();
  const outcome = await exchange(`
    ${SET_USER}
    api.authentication.setOrganization("org_1");
    api.authentication.setActor({ sub: "till-7", type: "device", act: { sub: "shop" } });
    api.user.setAppMetadata("seen", { at: new Date(0) });
    api.user.setUserMetadata("plan", null);
  `);
  expect(outcome).toMatchObject({
    kind: "completed",
    user: { by: "id", userId: "auth0|ada" },
    organization: "org_1",
    actor: { sub: "till-7", type: "device", act: { sub: "shop" } },
    appMetadata: new Map([["seen", { at: "1970-01-01T00:00:00.000Z" }]]),
    userMetadata: new Map([["plan", null]]),
  });
  expect(given.readUser()).toEqual(before);
});

test("a user of a connection comes with the profile and what to do with it", async () => {
  const user = `{ user_id: "7", email: "eve@example.org", email_verified: true, department: "sales" }`;
  const options = `{ creationBehavior: "create_if_not_exists", updateBehavior: "replace" }`;
  expect(await exchange(`api.authentication.setUserByConnection("cards", ${user}, ${options});`)).toMatchObject({
    kind: "completed",
    user: {
      by: "connection",
      connection: "cards",
      user: { user_id: "7", email: "eve@example.org", email_verified: true, department: "sales" },
      options: { creationBehavior: "create_if_not_exists", updateBehavior: "replace" },
    },
  });
});

describe("a refusal", () => {
  test.each([
    ["with a word of the Action's own", 'api.access.deny("card_expired", "Renew it.");', "card_expired", false],
    ["that a user who was set before does not change", `${SET_USER} api.access.deny("no", "Renew it.");`, "no", false],
    ["that a user who is set after it does not change", `api.access.deny("no", "Renew it."); ${SET_USER}`, "no", false],
    ["of the token itself", 'api.access.rejectInvalidSubjectToken("Renew it.");', "invalid_request", true],
  ])("%s", async (_, body, code, isTokenRejected) => {
    expect(await exchange(body)).toMatchObject({ kind: "denied", code, reason: "Renew it.", isTokenRejected });
  });
});

describe("an exchange fails", () => {
  test.each([
    ["no user", "", "The Action must set exactly one user, and set none."],
    ["two users", `${SET_USER} ${SET_USER}`, "The Action must set exactly one user, and set 2."],
    ["a throw", 'throw new Error("the issuer is down");', "the issuer is down"],
  ])("with %s", async (_, body, message) => {
    expect(await exchange(body)).toMatchObject({ kind: "failed", error: { message } });
    expect(given.tenant.logs.entries().at(-1)).toMatchObject({
      type: "actions_execution_failed",
      details: { trigger_id: "custom-token-exchange" },
    });
  });

  test("where the profile names an Action that is gone", async () => {
    expect(await exchange(SET_USER, { actionId: "none" })).toMatchObject({
      kind: "failed",
      error: { message: "The Action of the token exchange profile is not deployed." },
    });
  });
});

describe("an argument is refused as at Auth0:", () => {
  const attributes = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`a${index}`, 1]));
  const both = '{ creationBehavior: "none", updateBehavior: "none" }';
  const nested = (levels: number): object => (levels === 1 ? { sub: "a" } : { sub: "a", act: nested(levels - 1) });

  test.each([
    ['access.deny("", "x")', "Invalid deny arguments: code must NOT have fewer than 1 characters"],
    [
      `access.deny("x", "${"y".repeat(4097)}")`,
      "Invalid deny arguments: reason must NOT have more than 4096 characters",
    ],
    ["access.rejectInvalidSubjectToken(7)", "Invalid rejectInvalidSubjectToken arguments: reason must be string"],
    ['authentication.setUserById("")', "Invalid setUserById arguments: user_id must NOT have fewer than 1 characters"],
    [`authentication.setOrganization("${"o".repeat(51)}")`, "more than 50 characters"],
    [`authentication.setUserByConnection("c", {}, ${both})`, "must have required property 'user_id'"],
    [`authentication.setUserByConnection("c", { user_id: "7" })`, "must have required property 'options'"],
    [
      `authentication.setUserByConnection("c", { user_id: "7" }, { creationBehavior: "all", updateBehavior: "none" })`,
      "creationBehavior must be equal to one of the allowed values",
    ],
    [
      `authentication.setUserByConnection("c", ${JSON.stringify({ ...attributes, user_id: "7" })}, ${both})`,
      "must NOT have more than 24 properties",
    ],
    [`authentication.setUserByConnection("c", { user_id: "7", email_verified: 1 }, ${both})`, "must be boolean"],
    ["user.setAppMetadata(1, 2)", "Invalid setAppMetadata arguments: key must be string"],
    ["user.setUserMetadata(null, 2)", "Invalid setUserMetadata arguments: key must be string"],
    ['authentication.setActor("till")', "The actor must be a plain object."],
    ["authentication.setActor({})", "The actor object must contain a sub claim."],
    ['authentication.setActor({ sub: "a", act: [] })', "The act claim must be a plain object."],
    [`authentication.setActor(${JSON.stringify(nested(6))})`, "Actor nesting must not exceed 5 levels."],
    [
      `authentication.setActor({ sub: "a", b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 })`,
      "No more than 5 custom properties are allowed in the actor object.",
    ],
    [
      'authentication.setActor({ sub: "a", b: {} })',
      "Custom property in an actor object must be a string, number, or boolean.",
    ],
    ["transaction.setMetadata('a', 1)", "Cannot read properties of undefined (reading 'setMetadata')"],
  ])("%s", async (call, message) => {
    const ended = await exchange(`api.${call};`);
    if (ended.kind !== "failed") throw new Error(ended.kind);
    expect(ended.error.message.slice(-message.length)).toBe(message);
  });

  test("five levels with five properties each pass, `type` not counted", async () => {
    const actor = { ...nested(5), type: "device", b: "1", c: 2, d: true, e: 1, f: 1 };
    expect(await exchange(`${SET_USER} api.authentication.setActor(${JSON.stringify(actor)});`)).toMatchObject({
      actor,
    });
  });

  test("a method taken off its object throws", async () => {
    const taken = await exchange('const { setUserById } = api.authentication; setUserById("auth0|ada");');
    expect(taken).toMatchObject({ kind: "failed", error: { name: "TypeError" } });
  });
});
