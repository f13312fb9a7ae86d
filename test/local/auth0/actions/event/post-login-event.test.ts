import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LoginChanges } from "../../../../support/tenant-with-actions.ts";
import {
  API,
  buildLogin,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
  actions.bind(`console.log(JSON.stringify(event))`);
});
afterAll(() => actions.close());

const AT = Date.parse("2026-11-20T12:00:00.000Z");

async function eventOf(changes?: LoginChanges): Promise<Record<string, unknown>> {
  const outcome = await actions.login(changes);
  return JSON.parse(outcome.actions[0]!.output) as Record<string, unknown>;
}

test("an Action is shown a whole login, and no more of the records than that", async () => {
  actions.addUser({ blocked: false, last_login: "2026-11-20T12:00:00.000Z", made_up: "by an import" });
  expect(
    await eventOf({
      request: {
        ip: "127.0.0.1",
        method: "POST",
        hostname: "localhost",
        query: {},
        body: {},
        userAgent: "test",
        language: "de",
      },
      transaction: { state: "s", redirect_uri: "https://app.example.com/", response_type: ["code"], prompt: ["login"] },
    }),
  ).toEqual({
    authentication: { methods: [{ name: "pwd", timestamp: "2026-11-20T12:00:00.000Z" }] },
    authorization: { roles: [] },
    client: { client_id: "spa", name: "Example SPA", metadata: { tier: "gold" } },
    configuration: {},
    connection: { id: "con_database", name: "Username-Password-Authentication", strategy: "auth0", metadata: {} },
    request: {
      ip: "127.0.0.1",
      method: "POST",
      hostname: "localhost",
      query: {},
      body: {},
      geoip: {},
      user_agent: "test",
      language: "de",
    },
    resource_server: { identifier: API },
    secrets: {},
    stats: { logins_count: 1 },
    tenant: { id: "local" },
    transaction: {
      id: "txn",
      protocol: "oidc-basic-profile",
      metadata: {},
      prompt: ["login"],
      redirect_uri: "https://app.example.com/",
      requested_scopes: ["openid", "get:users"],
      response_type: ["code"],
      state: "s",
      target_scopes: ["openid", "get:users"],
    },
    user: {
      user_id: "auth0|ada",
      created_at: "2026-11-20T12:00:00.000Z",
      updated_at: "2026-11-20T12:00:00.000Z",
      email: "ada@example.org",
      email_verified: true,
      app_metadata: {},
      user_metadata: {},
      enrolledFactors: [],
      identities: [
        {
          connection: "Username-Password-Authentication",
          isSocial: false,
          provider: "auth0",
          user_id: "ada",
          userId: "ada",
        },
      ],
    },
  });
});

test("secrets of the protocol are withheld from query and body", async () => {
  const secrets = {
    client_secret: "s",
    client_assertion: "s",
    refresh_token: "s",
    auth_session: "s",
    authn_response: "s",
  };
  const request = { ip: "::1", method: "POST", hostname: "localhost" };
  const event = await eventOf({
    request: { ...request, query: { ...secrets, scope: "openid" }, body: { ...secrets, scope: "a" } },
  });
  expect(event.request).toMatchObject({ query: { scope: "openid" }, body: { scope: "a" } });
  expect(JSON.stringify(event.request)).not.toMatch(/secret|assertion|refresh_token|auth_session|authn_response/);
});

test.each([
  ["oidc-basic-profile", ["openid", "get:users"]],
  ["oauth2-device-code", ["openid", "get:users"]],
  ["oauth2-refresh-token", undefined],
  ["oauth2-password", undefined],
] as const)("requested scopes under %s are %j", async (protocol, expected) => {
  const { transaction } = await eventOf({ protocol });
  expect((transaction as { requested_scopes?: unknown }).requested_scopes).toEqual(expected);
});

test("a refresh exchange shows token and session, and starts from the scopes granted before", async () => {
  const event = await eventOf({
    protocol: "oauth2-refresh-token",
    session: {
      id: "sid",
      createdAt: AT,
      authenticatedAt: AT,
      updatedAt: AT,
      lastInteractedAt: AT,
      expiresAt: AT,
      clientIds: ["spa"],
    },
    refreshToken: {
      id: "rt",
      createdAt: AT,
      rotating: true,
      lastExchangedAt: AT,
      resourceServers: [
        { audience: API, scopes: ["openid", "get:users"] },
        { audience: "https://other/", scopes: ["x"] },
      ],
      device: { initialIp: "127.0.0.1" },
    },
    transaction: { requestedScopes: [] },
  });
  expect(event).toMatchObject({
    refresh_token: {
      id: "rt",
      user_id: "auth0|ada",
      client_id: "spa",
      created_at: "2026-11-20T12:00:00.000Z",
      rotating: true,
      access: "offline",
      resource_servers: [
        { audience: API, scopes: "openid get:users" },
        { audience: "https://other/", scopes: "x" },
      ],
      device: { initial_ip: "127.0.0.1" },
    },
    session: {
      id: "sid",
      user_id: "auth0|ada",
      expires_at: "2026-11-20T12:00:00.000Z",
      clients: [{ client_id: "spa" }],
    },
    transaction: { target_scopes: ["openid", "get:users"] },
  });
});

test("an organization login shows the organization and the roles held there", async () => {
  const { state } = actions.tenant;
  for (const name of ["viewer", "editor"]) state.roles.set(name, { id: name, name, description: "", permissions: [] });
  state.assignments.set("auth0|ada", { user_id: "auth0|ada", roles: ["viewer"], permissions: [] });
  state.organizations.set("org_1", { id: "org_1", name: "acme", metadata: { size: "big" } });
  const member = { id: "org_1:auth0|ada", organization_id: "org_1", user_id: "auth0|ada", roles: ["editor"] };
  state.organizationMembers.set(member.id, member);
  expect(await eventOf({ organizationId: "org_1" })).toMatchObject({
    authorization: { roles: ["editor"] },
    organization: { id: "org_1", name: "acme", display_name: "acme", metadata: { size: "big" } },
  });
  expect(await eventOf()).toMatchObject({ authorization: { roles: ["viewer"] } });
});

test("a user without an email has neither it nor a word on whether it is verified", async () => {
  const { email: _, email_verified: __, ...user } = actions.addUser({ user_id: "sms|1" });
  actions.tenant.state.users.set("sms|1", user);
  const event = await eventOf({ userId: "sms|1" });
  expect(event.user).not.toHaveProperty("email");
  expect(event.user).not.toHaveProperty("email_verified");
});

test("an opaque token has no API", async () => {
  const { audience: _, ...login } = buildLogin();
  const outcome = await actions.tenant.actions.runPostLogin(login);
  expect(JSON.parse(outcome.actions[0]!.output)).not.toHaveProperty("resource_server");
});
