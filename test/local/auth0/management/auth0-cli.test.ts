import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { type Answer, call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/**
 * The requests of the auth0 CLI 1.33.0, as it sent them to this tenant. Its own integration tests, against a real one, say what
 * comes of them.
 */
let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  const actionBuilds = { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 };
  tenant = await startTestTenant({ actionBuilds });
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) });
}

test("logs in by a client's secret in the head, with a form of four fields", async () => {
  const { clientId, clientSecret, domain } = tenant;
  const body = new URLSearchParams({
    audience: `https://${domain}/api/v2/`,
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: "client_credentials",
  }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await call(tenant, "/oauth/token", { method: "POST", headers, body });
  expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer" } });
});

test.each([
  "/actions/triggers",
  "/clients?include_totals=true&page=0&per_page=100",
  "/connections?include_totals=true&per_page=100&strategy%5B0%5D=auth0&strategy%5B1%5D=email&strategy%5B2%5D=sms",
  "/log-streams?per_page=100",
  "/logs?page=0&per_page=3&q=type%3As&search_engine=v3&sort=date%3A-1",
  "/organizations?include_totals=true&page=0&per_page=100",
  "/roles?include_totals=true&page=0&per_page=100",
  "/user-attribute-profiles?from=",
  "/users-by-email?email=ada%40example.com",
])("GET %s is answered", async (path) => {
  expect(await send("GET", path)).toMatchObject({ status: 200 });
});

describe("a list of parts", () => {
  test.each([
    ["/user-attribute-profiles", "user_attribute_profiles", 11],
    ["/connection-profiles", "connection_profiles", 0],
    ["/clients", "clients", 1],
    ["/custom-domains", "custom_domains", 0],
  ])("%s begins where `from` is nothing", async (path, key) => {
    const { body } = await send("GET", `${path}?from=&take=1`);
    expect(body).toEqual((await send("GET", `${path}?take=1`)).body);
    expect(body).toHaveProperty(key);
  });

  test.each(["x", "YXQ6", " "])("does not begin at %j", async (from) => {
    const answer = await send("GET", `/clients?take=1&from=${encodeURIComponent(from)}`);
    expect(answer).toMatchObject({ status: 400, body: { message: "The 'from' parameter is not a valid checkpoint." } });
  });
});

describe("an Action", () => {
  const create = (name: string, trigger: object, runtime: string) =>
    send("POST", "/actions/actions", {
      name,
      supported_triggers: [trigger],
      code: "function() {}",
      dependencies: [],
      runtime,
      secrets: [],
    });

  test.each([
    ["post-login", "v3", "", "node22"],
    ["custom-email-provider", "v1", "", "node22"],
    ["event-stream", "v1", "", "node22"],
    ["post-login", "v3", "node18", "node18"],
    ["credentials-exchange", "v2", "node18", "node18"],
    ["post-login", "v3", "node18-actions", "node18-actions"],
    ["custom-token-exchange", "v1", "node18", "node18"],
  ])("of %s %s with the runtime %j has %s", async (id, version, given, runtime) => {
    const answer = await create(`${id} ${given}`, { id, version }, given);
    expect(answer).toMatchObject({ status: 201, body: { runtime } });
  });

  test.each([
    ["post-login", "v3", "node16"],
    ["post-login", "v3", "node20"],
    ["event-stream", "v1", "node18"],
    ["post-login", "v1", "node18"],
  ])("of %s %s does not run on %s", async (id, version, runtime) => {
    const answer = await create(`${id} ${version} ${runtime}`, { id, version }, runtime);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining("is not supported") } });
  });

  test("keeps its runtime when a change names none", async () => {
    const { body } = await create("kept", { id: "post-login", version: "v3" }, "node18-actions");
    const path = `/actions/actions/${(body as { id: string }).id}`;
    expect(await send("PATCH", path, { runtime: "" })).toMatchObject({
      status: 200,
      body: { runtime: "node18-actions" },
    });
  });
});

describe("a custom domain says what its owner must enter for it", () => {
  test.each([
    ["auth0_managed_certs", "CNAME", "a.example.com", /^local-cd-[a-z0-9]{16}\.edge\.tenants\.auth0\.com$/],
    ["self_managed_certs", "TXT", "_cf-custom-hostname.a.example.com", /^[0-9a-f-]{36}$/],
  ])("with %s", async (type, name, domain, record) => {
    const made = await send("POST", "/custom-domains", { domain: "a.example.com", type });
    const { custom_domain_id, verification } = made.body as Record<string, unknown>;
    expect(verification).toEqual({ methods: [{ name, record: expect.stringMatching(record), domain }] });
    const path = `/custom-domains/${custom_domain_id}`;
    expect(await send("POST", `${path}/verify`)).toMatchObject({
      status: 200,
      body: { status: "pending_verification", verification },
    });
    expect(await send("PATCH", path, { tls_policy: "recommended" })).toMatchObject({ body: { verification } });
    expect(await send("DELETE", path)).toMatchObject({ status: 204 });
  });
});
