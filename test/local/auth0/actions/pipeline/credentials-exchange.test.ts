import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ExchangeContext } from "../../../../../local/auth0/actions/login-context.ts";
import { startTenantWithActions, type TenantWithActions } from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
afterAll(() => actions.close());

const bind = (...bodies: string[]) =>
  actions.bindTo(
    "credentials-exchange",
    ...bodies.map((body) => ({ code: `exports.onExecuteCredentialsExchange = async (event, api) => { ${body} };` })),
  );

const exchange = (changes: Partial<ExchangeContext> = {}) =>
  actions.tenant.actions.runCredentialsExchange({
    client: { client_id: "m2m", name: "Machine", client_secret: "hidden", client_metadata: { team: "blue" } },
    audience: "https://api.example.com/",
    request: {
      ip: "127.0.0.1",
      method: "POST",
      hostname: "localhost",
      query: {},
      body: { grant_type: "client_credentials", client_secret: "hidden", audience: "https://api.example.com/" },
    },
    requestedScopes: ["get:users"],
    grantedScopes: ["get:users", "delete:users"],
    ...changes,
  });

test("without Actions it completes", async () => {
  bind();
  expect(await exchange()).toEqual({ kind: "completed", accessTokenClaims: new Map(), actions: [] });
});

test("the event is that of a machine, without its secret", async () => {
  bind(`console.log(JSON.stringify(event))`);
  const { actions: ran } = await exchange();
  expect(JSON.parse(ran[0]!.output)).toEqual({
    accessToken: { scope: ["get:users", "delete:users"], customClaims: {} },
    client: { client_id: "m2m", name: "Machine", metadata: { team: "blue" } },
    configuration: {},
    request: {
      ip: "127.0.0.1",
      method: "POST",
      hostname: "localhost",
      geoip: {},
      query: {},
      body: { grant_type: "client_credentials", audience: "https://api.example.com/" },
    },
    resource_server: { identifier: "https://api.example.com/" },
    secrets: {},
    tenant: { id: "local" },
    transaction: { requested_scopes: ["get:users"], target_scopes: ["get:users", "delete:users"] },
  });
});

test("claims and target scopes add up over the Actions", async () => {
  bind(
    `api.accessToken.setCustomClaim("https://x/a", 1); api.transaction.removeTargetScope("delete:users")`,
    `api.accessToken.setCustomClaim("https://x/b", event.transaction.target_scopes)`,
  );
  expect(await exchange()).toMatchObject({
    kind: "completed",
    accessTokenClaims: new Map<string, unknown>([
      ["https://x/a", 1],
      ["https://x/b", ["get:users"]],
    ]),
    targetScopes: ["get:users"],
  });
});

test("a denial carries its code, and no later Action runs", async () => {
  bind(`api.access.deny("invalid_scope", "not these")`, `console.log("never")`);
  const outcome = await exchange();
  expect(outcome).toMatchObject({ kind: "denied", code: "invalid_scope", reason: "not these" });
  expect(outcome.actions).toHaveLength(1);
});

test("an Action that throws fails it, and leaves an entry in the tenant log", async () => {
  bind(`throw new Error("broken")`);
  expect(await exchange()).toMatchObject({ kind: "failed", error: { message: "broken" } });
  expect(actions.tenant.logs.entries().at(-1)).toMatchObject({
    type: "actions_execution_failed",
    client_id: "m2m",
    details: { trigger_id: "credentials-exchange" },
  });
});

test("Actions of a login do not run, and are refused by name", async () => {
  actions.bindTo("credentials-exchange", { code: `exports.onExecutePostLogin = async () => {};` });
  expect(await exchange()).toMatchObject({
    kind: "failed",
    error: {
      message: expect.stringContaining('Invalid function signature for the "onExecuteCredentialsExchange" handler'),
    },
  });
});
