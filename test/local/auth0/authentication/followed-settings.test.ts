import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Client } from "../../../../local/auth0/state/resources.ts";
import { call } from "../../../support/local-tenant.ts";
import { logIn, passLoginPage, planLogin } from "../../../support/log-in.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

/** What the Management API takes, and a real tenant's logins follow. */
let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant();
  await tenant.addUser("ada@example.com");
});
afterAll(() => tenant.close());
beforeEach(() => {
  tenant.tenant.state.settings.delete("tenant");
  tenant.setConnection(tenant.database);
});

const change = (settings: Readonly<Record<string, unknown>>) => tenant.tenant.state.settings.set("tenant", settings);
const ask = (body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) =>
  call(tenant, "/oauth/token", {
    method: "POST",
    body: { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret, ...body },
    headers,
  });

describe("the API is named by resource (RFC 8707)", () => {
  const asPassword = { grant_type: "password", username: "ada@example.com", password: PASSWORD, scope: "openid" };
  const audienceOf = async (body: Readonly<Record<string, unknown>>) => {
    change({ default_directory: tenant.database.name, ...tenant.tenant.state.settings.get("tenant") });
    const { access_token } = (await ask({ ...asPassword, ...body })).body as { access_token: string };
    return access_token.split(".").length === 3 ? [decodeJwt(access_token).aud].flat()[0] : undefined;
  };

  test("where the tenant's profile says so, and after audience", async () => {
    change({ resource_parameter_profile: "compatibility" });
    expect(await audienceOf({ resource: API })).toBe(API);
    expect(await audienceOf({ resource: "https://other.example/", audience: API })).toBe(API);
  });

  test("not without it", async () => {
    expect(await audienceOf({ resource: API })).toBeUndefined();
    change({ resource_parameter_profile: "audience" });
    expect(await audienceOf({ resource: API })).toBeUndefined();
  });

  test("by a login, and when its refresh token is used", async () => {
    change({ resource_parameter_profile: "compatibility" });
    const { tokens } = await logIn(tenant, tenant.web, "ada@example.com", { audience: undefined, resource: API });
    expect([decodeJwt(tokens.access_token).aud].flat()).toContain(API);
    const { refresh_token } = tokens;
    const again = await ask({ grant_type: "refresh_token", refresh_token, resource: "https://other.example/" });
    expect(again).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(await ask({ grant_type: "refresh_token", refresh_token, resource: API })).toMatchObject({ status: 200 });
  });

  test("which must be one of the tenant's", async () => {
    change({ resource_parameter_profile: "compatibility" });
    const { url } = await planLogin(tenant, tenant.spa, { audience: undefined, resource: "https://none.example/" });
    const answer = await tenant.browser().open(url.href);
    expect(answer.url.searchParams.get("error_description")).toBe("Service not found: https://none.example/");
  });

  test("for a machine", async () => {
    change({ resource_parameter_profile: "compatibility" });
    const answer = await ask({ grant_type: "client_credentials", resource: "https://none.example/" });
    expect(answer.body).toMatchObject({
      error_description: "Service not enabled within domain: https://none.example/",
    });
  });
});

test.each([
  ["by default, as the settings show it", {}, "user_exists"],
  ["where the flag is on", { flags: { enable_public_signup_user_exists_error: true } }, "user_exists"],
  ["not where it is off", { flags: { enable_public_signup_user_exists_error: false } }, "invalid_signup"],
])("who signs up twice is told so %s", async (_when, settings, code) => {
  change(settings);
  const body = {
    client_id: tenant.spa.client_id,
    connection: tenant.database.name,
    email: "ada@example.com",
    password: PASSWORD,
  };
  expect(await call(tenant, "/dbconnections/signup", { method: "POST", body })).toMatchObject({ body: { code } });
});

describe("a connection that is not for logins", () => {
  beforeEach(() => {
    tenant.setConnection({ ...tenant.database, authentication: { active: false } });
  });

  test("cannot be asked for", async () => {
    const { url } = await planLogin(tenant, tenant.spa, { connection: tenant.database.name });
    const answer = await tenant.browser().open(url.href);
    expect(answer.url.searchParams.get("error_description")).toBe("the connection is not enabled");
  });

  test("takes no password at the token endpoint", async () => {
    const answer = await ask({
      grant_type: "http://auth0.com/oauth/grant-type/password-realm",
      realm: tenant.database.name,
      username: "ada@example.com",
      password: PASSWORD,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

test.each([
  [{}, "Are you sure you want to log out?"],
  [{ sessions: { oidc_logout_prompt_enabled: true } }, "Are you sure you want to log out?"],
  [{ sessions: { oidc_logout_prompt_enabled: false } }, "OK"],
])("with %j a log-out without an id token shows: %s", async (settings, text) => {
  change(settings);
  const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
  expect((await browser.open(`https://${tenant.domain}/oidc/logout`)).text).toContain(text);
});

test.each([
  [{}, true],
  [{ oidc_logout: { rp_logout_end_session_endpoint_discovery: false } }, false],
])("with %j discovery names the log-out: %s", async (settings, isNamed) => {
  change(settings);
  const { body } = await call(tenant, "/.well-known/openid-configuration");
  expect(Object.hasOwn(body as object, "end_session_endpoint")).toBe(isNamed);
});

describe("what would make a token safer is refused by name", () => {
  test.each([
    [{ dpop: "e30.e30.e30" }, {}, "invalid_request", "The local tenant does not bind tokens to keys (DPoP)."],
    [
      {},
      { authorization_details: '[{"type":"payment"}]' },
      "invalid_authorization_details",
      "Rich authorization requests are not supported.",
    ],
  ])("at the token endpoint: %j %j", async (headers, body, error, error_description) => {
    const answer = await ask({ grant_type: "client_credentials", audience: API, ...body }, headers);
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } });
    expect(tenant.lines.at(-1)).toContain("not implemented by the local tenant");
  });

  test.each([
    ["authorization_details", "[]", "invalid_authorization_details"],
    ["session_transfer_token", "abc", "invalid_request"],
  ])("at /authorize: %s", async (name, value, error) => {
    const attempt = await planLogin(tenant, tenant.spa, { [name]: value });
    const answer = await tenant.browser().open(attempt.url.href);
    expect(answer.url.searchParams.get("error")).toBe(error);
  });
});

test("a login without any of these goes as before", async () => {
  const attempt = await planLogin(tenant, tenant.spa);
  const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
  expect(url.searchParams.has("code")).toBe(true);
});

describe("URLs with placeholders", () => {
  const CALLBACK = "https://acme.example.com/callback";
  const setUrls = (more: Partial<Client>) => tenant.setClient({ ...tenant.spa, ...more });
  afterEach(() => {
    tenant.setClient(tenant.spa);
  });

  test("a log-out leads to a subdomain of what is listed", async () => {
    setUrls({ allowed_logout_urls: ["https://*.example.com/bye"] });
    const visit = (returnTo: string) =>
      tenant
        .browser()
        .open(
          `https://${tenant.domain}/v2/logout?${new URLSearchParams({ client_id: tenant.spa.client_id, returnTo })}`,
        );
    expect((await visit("https://pr-7.example.com/bye?a=1")).url.href).toBe("https://pr-7.example.com/bye?a=1");
    expect((await visit("https://a.b.example.com/bye")).status).toBe(400);
  });

  test("pages of a subdomain may read what the token endpoint answers", async () => {
    setUrls({ allowed_origins: ["https://*.example.com"] });
    const origin = "https://pr-7.example.com";
    const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token: "none" };
    const answer = await call(tenant, "/oauth/token", { method: "POST", body, headers: { origin } });
    expect(answer.headers["access-control-allow-origin"]).toBe(origin);
    const other = await call(tenant, "/oauth/token", {
      method: "POST",
      body,
      headers: { origin: "https://a.example" },
    });
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a login comes back to the subdomain of its organization, and to no other's", async () => {
    setUrls({ callbacks: ["https://{organization_name}.example.com/callback"], organization_usage: "allow" });
    const { organizations } = tenant.tenant.state;
    for (const name of ["acme", "other"])
      organizations.set(`org_${name}`, { id: `org_${name}`, name, display_name: name });
    const open = async (organization: string) =>
      tenant.browser().open((await planLogin(tenant, tenant.spa, { redirect_uri: CALLBACK, organization })).url.href);
    expect((await open("org_acme")).url.pathname).toMatch(/^\/u\//);
    expect((await open("org_other")).text).toContain("Callback URL mismatch.");
  });
});

describe("a token request", () => {
  const grant = { grant_type: "client_credentials", client_id: "nobody" };
  const send = (body: string, type: string) =>
    call(tenant, "/oauth/token", { method: "POST", body, headers: { "content-type": type } });

  test.each(["application/json", "Application/JSON", "application/json; charset=utf-8"])(
    "is read as JSON: %s",
    async (type) => {
      expect((await send(JSON.stringify(grant), type)).body).toMatchObject({ error: "access_denied" });
    },
  );

  test("has each parameter once (RFC 6749 §3.2)", async () => {
    const body = `${new URLSearchParams(grant)}&client_id=${tenant.web.client_id}`;
    expect(await send(body, "application/x-www-form-urlencoded")).toMatchObject({
      status: 400,
      body: { error: "invalid_request", error_description: "Duplicate parameter: client_id" },
    });
  });
});
