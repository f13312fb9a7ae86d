import { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { auth, requiredScopes } from "express-oauth2-jwt-bearer";
import { decodeJwt, decodeProtectedHeader, importX509, jwtVerify } from "jose";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import type { ResourceServer } from "../../../../local/auth0/state/resources.ts";
import type { User } from "../../../../local/auth0/state/user.ts";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { logIn, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

const permission = (permission_name: string, resource_server_identifier = API) => ({
  permission_name,
  resource_server_identifier,
});

/** What an Express application says to a request with this token. */
async function judge(tenant: LocalTenant, token: string, scope?: string): Promise<string> {
  const check = auth({
    issuerBaseURL: `https://${tenant.domain}/`,
    audience: API,
    agent: new Agent({ ca: readFileSync(tenant.caFile) }),
  });
  const request = {
    headers: { authorization: `Bearer ${token}`, host: "api.example.com" },
    originalUrl: "/users",
    method: "GET",
    protocol: "https",
    query: {},
    is: () => false,
    get: () => "api.example.com",
  };
  const run = (handler: unknown) =>
    new Promise<string>((resolve) => {
      const next = (error?: { code?: string; message: string }) =>
        resolve(error === undefined ? "passes" : (error.code ?? error.message));
      (handler as (...given: unknown[]) => void)(request, {}, next);
    });
  const verdict = await run(check);
  return verdict === "passes" && scope !== undefined ? run(requiredScopes(scope)) : verdict;
}

describe("an access token", () => {
  let tenant: LoginTenant;
  let other: LoginTenant;
  let user: User;
  beforeAll(async () => {
    [tenant, other] = await Promise.all([startLoginTenant(), startLoginTenant()]);
    user = await tenant.addUser("ada@example.com");
    await other.addUser("ada@example.com");
    tenant.tenant.state.roles.set("rol_viewer0000000000", {
      id: "rol_viewer0000000000",
      name: "viewer",
      description: "",
      permissions: [permission("get:users"), permission("get:other", "https://other.example.com/")],
    });
  });
  afterAll(() => Promise.all([tenant.close(), other.close()]));
  beforeEach(() => {
    tenant.bind();
    tenant.setApi(tenant.api);
    tenant.tenant.state.assignments.delete(user.user_id);
  });

  const obtain = async (scope: string, parameters: Record<string, string | undefined> = {}) =>
    (await logIn(tenant, tenant.spa, "ada@example.com", { scope, ...parameters })).tokens;

  const assign = (roles: string[], direct: string[]) =>
    tenant.tenant.state.assignments.set(user.user_id, {
      user_id: user.user_id,
      roles,
      permissions: direct.map((name) => permission(name)),
    });

  test.each<[string, Partial<ResourceServer>, string[], string[], string, string, string[] | undefined]>([
    [
      "of what was asked for what a role grants",
      {},
      ["rol_viewer0000000000"],
      [],
      "openid get:users post:users",
      "openid get:users",
      ["get:users"],
    ],
    [
      "what was assigned directly",
      {},
      [],
      ["post:users"],
      "openid get:users post:users",
      "openid post:users",
      ["post:users"],
    ],
    [
      "in permissions all that is assigned, asked for or not",
      {},
      ["rol_viewer0000000000"],
      ["get:orders"],
      "openid",
      "openid",
      ["get:users", "get:orders"],
    ],
    ["nothing of an API to a user without roles", {}, [], [], "openid get:users", "openid", []],
    ["no scope that the API does not define", {}, [], ["get:secrets"], "openid get:secrets", "openid", []],
    [
      "with RBAC off all that was asked for and is defined",
      { enforce_policies: false },
      [],
      [],
      "openid get:users get:secrets",
      "openid get:users",
      undefined,
    ],
    [
      "no permissions in the plain dialect",
      { token_dialect: "access_token" },
      ["rol_viewer0000000000"],
      [],
      "openid get:users",
      "openid get:users",
      undefined,
    ],
  ])("carries %s", async (_name, api, roles, direct, asked, scope, permissions) => {
    tenant.setApi({ ...tenant.api, ...api });
    assign(roles, direct);
    const tokens = await obtain(asked);
    expect(decodeJwt(tokens.access_token)).toMatchObject({ scope });
    expect(decodeJwt(tokens.access_token).permissions).toEqual(permissions);
    expect(tokens.scope).toBe(scope);
  });

  test("is signed by the algorithm of the API, and opens /userinfo unless the API alone can verify it", async () => {
    const key = await importX509((await call(tenant, "/pem")).body as string, "RS256", { extractable: true });
    for (const signing_alg of ["RS256", "RS512", "PS256"]) {
      tenant.setApi({ ...tenant.api, signing_alg });
      const { access_token } = await obtain("openid get:users");
      const { protectedHeader } = await jwtVerify(access_token, KeyObject.from(key), { currentDate: new Date(0) });
      expect(protectedHeader.alg).toBe(signing_alg);
      const headers = { authorization: `Bearer ${access_token}` };
      expect((await call(tenant, "/userinfo", { headers })).status).toBe(200);
    }
  });

  test("is signed by the secret of an API with HS256, which is made where none is given", async () => {
    const token = await managementToken(tenant);
    const body = {
      identifier: "urn:api:secret",
      signing_alg: "HS256",
      scopes: [{ value: "read:x" }],
      skip_consent_for_verifiable_first_party_clients: true,
    };
    const made = await call(tenant, "/api/v2/resource-servers", { method: "POST", token, body });
    const { signing_secret } = made.body as { readonly signing_secret: string };
    const { access_token } = await obtain("openid read:x", { audience: "urn:api:secret" });
    const { payload } = await jwtVerify(access_token, new TextEncoder().encode(signing_secret), {
      currentDate: new Date(0),
    });
    expect(payload).toMatchObject({ aud: "urn:api:secret", scope: "openid read:x" });
    expect(signing_secret.length).toBeGreaterThan(31);
  });

  test.each(["rfc9068_profile", "rfc9068_profile_authz"] as const)(
    "follows RFC 9068 in the dialect %s",
    async (token_dialect) => {
      tenant.setApi({ ...tenant.api, token_dialect });
      assign(["rol_viewer0000000000"], []);
      const { access_token } = await obtain("openid get:users");
      const claims = decodeJwt(access_token);
      expect(decodeProtectedHeader(access_token).typ).toBe("at+jwt");
      expect(claims).toMatchObject({
        client_id: tenant.spa.client_id,
        jti: expect.any(String),
        scope: "openid get:users",
      });
      expect(claims).not.toHaveProperty("azp");
      expect("permissions" in claims).toBe(token_dialect.endsWith("authz"));
    },
  );

  test("without openid names the API alone, and brings no id token", async () => {
    const tokens = await obtain("get:users", { scope: "get:users" });
    expect(decodeJwt(tokens.access_token).aud).toBe(API);
    expect(tokens.id_token).toBeUndefined();
  });

  test("lives as long as its API says", async () => {
    tenant.setApi({ ...tenant.api, token_lifetime: 60 });
    const { access_token, expires_in } = await obtain("openid");
    const { iat = 0, exp = 0 } = decodeJwt(access_token);
    expect([exp - iat, expires_in]).toEqual([60, 60]);
  });

  test("is for the tenant's default audience where none is asked for", async () => {
    tenant.tenant.state.settings.set("tenant", { default_audience: API });
    const { access_token } = await obtain("openid", { audience: undefined });
    tenant.tenant.state.settings.set("tenant", {});
    expect(decodeJwt(access_token).aud).toContain(API);
  });

  test("without an audience is opaque", async () => {
    const { access_token, expires_in } = await obtain("openid", { audience: undefined });
    expect(() => decodeJwt(access_token)).toThrow();
    expect(expires_in).toBe(86_400);
  });

  test("gives a user nothing of the Management API, for which it asks the user first", async () => {
    const browser = tenant.browser();
    const audience = `https://${tenant.domain}/api/v2/`;
    const attempt = await planLogin(tenant, tenant.spa, { audience, scope: "openid read:users" });
    const question = await passLoginPage(browser, attempt, "ada@example.com");
    expect(question.url.pathname).toBe("/u/consent");
    const { url } = await browser.submit(question, {}, "action");
    const { access_token } = await redeem(attempt, url);
    expect(decodeJwt(access_token).scope).toBe("openid");
    expect((await call(tenant, "/api/v2/users", { token: access_token })).status).toBe(403);
  });

  test.each<[string, Partial<ResourceServer>, string]>([
    ["denies all users", { subject_type_authorization: { user: { policy: "deny_all" } } }, "access_denied"],
    [
      "asks for a grant that is not there",
      { subject_type_authorization: { user: { policy: "require_client_grant" } } },
      "access_denied",
    ],
  ])("is not issued for an API that %s", async (_name, api, error) => {
    tenant.setApi({ ...tenant.api, ...api });
    await expect(obtain("openid")).rejects.toMatchObject({ error });
  });

  test("is capped by the grant that an API asks for", async () => {
    tenant.setApi({
      ...tenant.api,
      enforce_policies: false,
      subject_type_authorization: { user: { policy: "require_client_grant" } },
    });
    const id = "cgr_user000000000000";
    tenant.tenant.state.clientGrants.set(id, {
      id,
      client_id: tenant.spa.client_id,
      audience: API,
      scope: ["get:users"],
      subject_type: "user",
    });
    const tokens = await obtain("openid get:users post:users");
    tenant.tenant.state.clientGrants.delete(id);
    expect(tokens.scope).toBe("openid get:users");
  });

  test("carries the claims and scopes that Actions set, none of those that are restricted", async () => {
    assign(["rol_viewer0000000000"], []);
    tenant.bind(`
      api.accessToken.setCustomClaim("${API}email", event.user.email);
      api.accessToken.setCustomClaim("roles", ["admin"]);
      api.accessToken.setCustomClaim("sub", "auth0|somebody");
      api.accessToken.addScope("extra:scope");
      api.accessToken.removeScope("get:users");
      api.idToken.setCustomClaim("${API}tier", "gold");
    `);
    const { access_token, id_token } = await obtain("openid get:users");
    expect(decodeJwt(access_token)).toMatchObject({
      [`${API}email`]: "ada@example.com",
      scope: "openid extra:scope",
      sub: user.user_id,
    });
    expect(decodeJwt(access_token)).not.toHaveProperty("roles");
    expect(tenant.lines).toContain("custom claim roles is left out of the token: restricted");
    expect(decodeJwt(id_token!)).toMatchObject({ [`${API}tier`]: "gold" });
  });

  test.each<[string, string, string, string]>([
    [
      "to what RBAC grants of them",
      "openid",
      "api.transaction.addTargetScope('get:users'); api.transaction.addTargetScope('post:users');",
      "openid get:users",
    ],
    ["away", "get:users", "api.transaction.setTargetScopes([]);", ""],
  ])("follows Actions that change the target scopes %s", async (_name, asked, action, scope) => {
    assign(["rol_viewer0000000000"], []);
    tenant.bind(action);
    expect((await obtain(asked)).scope ?? "").toBe(scope);
  });

  describe("at an Express application with express-oauth2-jwt-bearer", () => {
    test("opens what its scope covers, and nothing else", async () => {
      assign(["rol_viewer0000000000"], []);
      const { access_token } = await obtain("openid get:users post:users");
      expect(await judge(tenant, access_token, "get:users")).toBe("passes");
      expect(await judge(tenant, access_token, "post:users")).toBe("insufficient_scope");
    });

    test("opens nothing when it is another tenant's", async () => {
      const { tokens } = await logIn(other, other.spa, "ada@example.com");
      expect(await judge(other, tokens.access_token)).toBe("passes");
      expect(await judge(tenant, tokens.access_token)).toBe("invalid_token");
    });

    test("opens no Management API but that of its tenant", async () => {
      const token = await managementToken(other);
      expect((await call(other, "/api/v2/tenants/settings", { token })).status).toBe(200);
      expect((await call(tenant, "/api/v2/tenants/settings", { token })).status).toBe(401);
    });

    test("opens nothing once its key is revoked", async () => {
      const { tokens } = await logIn(other, other.spa, "ada@example.com");
      await other.tenant.signingKeys.rotate();
      expect(await judge(other, tokens.access_token)).toBe("passes");
      other.tenant.signingKeys.revoke(String(decodeProtectedHeader(tokens.access_token).kid));
      expect(await judge(other, tokens.access_token)).toBe("invalid_token");
    });
  });

  describe("at /userinfo", () => {
    const ask = (token: string | undefined, method = "GET") =>
      call(tenant, "/userinfo", { method, ...(token !== undefined && { token }) });

    test.each<[string, Record<string, string | undefined>]>([
      ["of an API", {}],
      ["that is opaque", { audience: undefined }],
    ])(
      "answers a token %s with the profile as it is now, and the claims that an Action set",
      async (_name, parameters) => {
        tenant.bind(`api.idToken.setCustomClaim("${API}tier", "gold");`);
        const { access_token } = await obtain("openid profile email", parameters);
        const now = tenant.tenant.state.users.get(user.user_id)!;
        tenant.tenant.state.users.set(user.user_id, { ...now, nickname: "countess" });
        for (const method of ["GET", "POST"]) {
          const answer = await ask(access_token, method);
          expect(answer).toMatchObject({
            status: 200,
            body: {
              sub: user.user_id,
              nickname: "countess",
              email: "ada@example.com",
              email_verified: false,
              [`${API}tier`]: "gold",
            },
          });
        }
      },
    );

    test("answers with what the scopes cover only", async () => {
      const { access_token } = await obtain("openid");
      expect((await ask(access_token)).body).toEqual({ sub: user.user_id });
    });

    test.each<[string, () => Promise<string | undefined>]>([
      ["no token", async () => undefined],
      ["a made-up token", async () => "a.b.c"],
      ["a made-up opaque token", async () => "a..b.c.d"],
      ["a token without openid", async () => (await obtain("get:users")).access_token],
      ["an opaque token without openid", async () => (await obtain("profile", { audience: undefined })).access_token],
      ["an id token", async () => (await obtain("openid")).id_token],
      ["another tenant's token", async () => (await logIn(other, other.spa, "ada@example.com")).tokens.access_token],
      [
        "another tenant's opaque token",
        async () => (await logIn(other, other.spa, "ada@example.com", { audience: undefined })).tokens.access_token,
      ],
      [
        "a token that has expired",
        async () => {
          const { access_token } = await obtain("openid");
          tenant.clock.advance(7_200_000);
          return access_token;
        },
      ],
    ])("refuses %s", async (_name, obtainToken) => {
      expect(await ask(await obtainToken())).toMatchObject({ status: 401, body: "Unauthorized" });
    });
  });
});
