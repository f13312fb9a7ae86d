import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { createMovableClock } from "../../../../local/clock.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

/** Auth0's limits of the Management API on its free plan. */
const FREE_PLAN = { perSecond: 2, burst: 2 };

let tenant: LocalTenant;
let logged: string[];
beforeEach(async () => {
  logged = [];
  tenant = await startTestTenant({ log: (line) => logged.push(line) });
});
afterEach(() => tenant.close());

describe("the token of a request", () => {
  /** Signed by the tenant itself; each row is wrong in one point. */
  async function sign(change: Record<string, unknown>, kid = tenant.tenant.signingKeys.current().kid): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `https://${tenant.domain}/`,
      aud: `https://${tenant.domain}/api/v2/`,
      sub: "somebody@clients",
      iat: now,
      exp: now + 60,
      scope: "read:clients",
      ...change,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid })
      .sign(tenant.tenant.signingKeys.current().privateKey);
  }

  test("opens what its scopes allow", async () => {
    expect((await call(tenant, "/api/v2/clients", { token: await sign({}) })).status).toBe(200);
  });

  test.each([
    ["of another audience", { aud: "https://api.example.com/" }, "Invalid token"],
    ["of another issuer", { iss: "https://elsewhere.test/" }, "Invalid token"],
    ["that has expired", { exp: 1 }, "Expired token received for JSON Web Token validation"],
    ["without an expiry", { exp: undefined }, "Invalid token"],
    ["without a subject", { sub: undefined }, "Invalid token"],
  ])("%s is refused with 401", async (_name, change, message) => {
    const answer = await call(tenant, "/api/v2/clients", { token: await sign(change) });
    expect(answer).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message, attributes: { error: message } },
    });
  });

  test("signed with a key that the tenant does not know is refused", async () => {
    expect((await call(tenant, "/api/v2/clients", { token: await sign({}, "unknown") })).status).toBe(401);
  });

  test("with its payload exchanged is refused", async () => {
    const [header, , signature] = (await sign({})).split(".");
    const payload = Buffer.from(JSON.stringify({ scope: "read:client_keys" })).toString("base64url");
    const answer = await call(tenant, "/api/v2/clients", { token: `${header}.${payload}.${signature}` });
    expect(answer).toMatchObject({
      status: 401,
      body: { message: "Invalid signature received for JSON Web Token validation" },
    });
  });

  test.each([
    ["/clients", "read:clients,read:client_keys,read:client_credentials,read:client_summary"],
    ["/connections", "read:connections"],
    ["/client-grants", "read:client_grants"],
    ["/resource-servers", "read:resource_servers"],
    ["/tenants/settings", "read:tenant_settings"],
    ["/keys/signing", "read:signing_keys"],
  ])("without a scope of %s is told which would do", async (path, scopes) => {
    const token = await sign({ scope: "create:nothing" });
    expect(await call(tenant, `/api/v2${path}`, { token })).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: `Insufficient scope, expected any of: ${scopes}`,
        errorCode: "insufficient_scope",
      },
    });
  });
});

describe("a body", () => {
  const post = async (body: unknown, headers = {}) =>
    call(tenant, "/api/v2/clients", { method: "POST", token: await managementToken(tenant), body, headers });

  test.each([
    ["cut off", '{"name":"A'],
    ["with a __proto__ key", '{"name":"A","__proto__":{"global":true}}'],
    ["with a __proto__ key further in", '{"name":"A","client_metadata":{"__proto__":{"a":"b"}}}'],
  ])("%s is refused as malformed", async (_name, body) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      body: { statusCode: 400, error: "Bad Request", message: "Invalid request payload JSON format" },
    });
  });

  test("may be a form, as Auth0's OpenAPI has it", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await post("name=From+a+form", headers)).toMatchObject({ status: 201, body: { name: "From a form" } });
  });

  test("in form encoding is held to the same schema", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await post("name=A&__proto__=b", headers)).toMatchObject({
      status: 400,
      body: { message: "Payload validation error: 'Additional properties not allowed: __proto__'." },
    });
  });
});

/** Go's and PHP's clients write a list so, the Auth0 CLI among them. */
describe("a list in a query", () => {
  test.each<[query: string, names: string[]]>([
    ["strategy=auth0", ["one"]],
    ["strategy[0]=auth0", ["one"]],
    ["strategy[]=auth0&strategy[]=google-oauth2", ["one", "other"]],
    ["strategy[0]=google-oauth2&strategy[1]=auth0", ["one", "other"]],
    ["strategy%5B0%5D=google-oauth2", ["other"]],
  ])("%s", async (query, names) => {
    const sdk = createManagementClient(tenant);
    await sdk.connections.create({ name: "one", strategy: "auth0" });
    await sdk.connections.create({ name: "other", strategy: "google-oauth2" });
    const { status, body } = await call(tenant, `/api/v2/connections?${query}`, {
      token: await managementToken(tenant),
    });
    expect(status).toBe(200);
    expect((body as unknown as { name: string }[]).map(({ name }) => name).sort()).toEqual(names);
  });

  test.each(["strategy[a]=auth0", "strategy[0=auth0", "name[0]=one", "__proto__[]=x"])(
    "%s is refused",
    async (query) => {
      const answer = await call(tenant, `/api/v2/connections?${query}`, { token: await managementToken(tenant) });
      expect(answer).toMatchObject({ status: 400, body: { errorCode: "invalid_query_string" } });
    },
  );
});

describe("a query", () => {
  test.each([
    ["sort=name", "'Additional properties not allowed: sort'."],
    ["__proto__=x", "'Additional properties not allowed: __proto__'."],
    ["constructor=x", "'Additional properties not allowed: constructor'."],
    ["per_page=101", "'Value 101 is greater than maximum 100' on property per_page (Number of results per page.)."],
    [
      "page=-1",
      "'Value -1 is less than minimum 0' on property page (Page index of the results to return. First page is 0.).",
    ],
    [
      "page=first",
      "'Expected type integer but found type string' on property page (Page index of the results to return. First page is 0.).",
    ],
  ])("with %s is refused", async (query, problem) => {
    const token = await managementToken(tenant);
    expect(await call(tenant, `/api/v2/clients?${query}`, { token })).toMatchObject({
      status: 400,
      body: { message: `Query validation error: ${problem}`, errorCode: "invalid_query_string" },
    });
  });
});

test("an id that can be none is told apart from one that is not there", async () => {
  const token = await managementToken(tenant);
  expect(await call(tenant, "/api/v2/users/3241312", { token })).toMatchObject({
    status: 400,
    body: {
      message:
        "Path validation error: 'String does not match pattern ^.+\\|.+$: 3241312' on property id (The user_id of the user to retrieve).",
      errorCode: "invalid_uri",
    },
  });
  expect((await call(tenant, "/api/v2/users/auth0%7C3241312", { token })).status).toBe(404);
});

describe("the answer", () => {
  test("is JSON in UTF-8", async () => {
    const { headers } = await call(tenant, "/api/v2/clients", { token: await managementToken(tenant) });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  });

  test("to an endpoint that is not there is 404 and a line in the log, for any method", async () => {
    const token = await managementToken(tenant);
    for (const method of ["GET", "POST", "PATCH"]) {
      expect(await call(tenant, "/api/v2/there-is-none", { method, token })).toMatchObject({
        status: 404,
        body: { statusCode: 404, error: "Not Found", message: "Not Found" },
      });
      expect(logged.at(-1)).toBe(`not implemented by the local tenant: ${method} /api/v2/there-is-none → 404`);
    }
  });

  test("shows a limit that is not used up, when none is set", async () => {
    const token = await managementToken(tenant);
    for (let count = 0; count < 20; count += 1) {
      const { status, headers } = await call(tenant, "/api/v2/clients", { token });
      expect(status).toBe(200);
      expect(Number(headers["x-ratelimit-remaining"])).toBeGreaterThan(1_000);
    }
  });
});

test("no secret reaches the server's log", async () => {
  const sdk = createManagementClient(tenant);
  const { client_id = "", client_secret } = await sdk.clients.create({ name: "Web" });
  await sdk.clients.update(client_id, { client_secret: "chosen-secret-of-some-length" });
  const rotated = await sdk.clients.rotateSecret(client_id);
  await expect(sdk.clients.get("unknown")).rejects.toBeDefined();

  const log = logged.join("\n");
  for (const secret of [client_secret, "chosen-secret", rotated.client_secret, tenant.clientSecret]) {
    expect(log).not.toContain(secret);
  }
});

describe("with the limits of the free plan", () => {
  /** Noon on a full second: the bucket is refilled when the clock says so, and not before. */
  const noon = Date.UTC(2026, 0, 1, 12);
  let limited: LocalTenant;
  const clock = createMovableClock(() => noon);
  beforeEach(async () => {
    limited = await startTestTenant({ rateLimit: FREE_PLAN, clock: clock.now });
  });
  afterEach(() => limited.close());

  test("the third request of a second is refused, the next second's is not", async () => {
    const token = await managementToken(limited);
    const get = () => call(limited, "/api/v2/clients", { token });
    const reset = String(Math.floor(clock.now() / 1000) + 1);

    expect((await get()).headers).toMatchObject({
      "x-ratelimit-limit": "2",
      "x-ratelimit-remaining": "1",
      "x-ratelimit-reset": reset,
    });
    expect((await get()).headers["x-ratelimit-remaining"]).toBe("0");
    expect(await get()).toMatchObject({
      status: 429,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset, "retry-after": "1" },
      body: {
        statusCode: 429,
        error: "Too Many Requests",
        message: "Global limit has been reached",
        errorCode: "too_many_requests",
      },
    });

    clock.advance(1_000);
    expect((await get()).status).toBe(200);
  });

  test("a long silence does not save up more than the bucket holds", async () => {
    const token = await managementToken(limited);
    clock.advance(60_000);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await call(limited, "/api/v2/clients", { token })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});

test("what was created is there after a restart, with the same credentials, on another port", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tenant-"));
  const options = { stateFile: join(directory, "tenant.jsonl") };
  try {
    const first = await startTestTenant(options);
    const { id = "", ...api } = await createManagementClient(first).resourceServers.create({ identifier: "urn:api" });
    await first.close();

    const second = await startTestTenant(options);
    expect(second).toMatchObject({ clientId: first.clientId, clientSecret: first.clientSecret });
    expect(await createManagementClient(second).resourceServers.get(id)).toEqual({ id, ...api });
    await second.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
