import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Endpoint } from "../../../../local/auth0/management/endpoint.ts";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import type { Tenant } from "../../../../local/auth0/tenant.ts";
import { type Call, call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant();
});
afterAll(() => tenant.close());

/** The table of endpoints does not touch the tenant before one of them is called. */
const endpoints = listEndpoints({} as Tenant).map((endpoint): [string, Endpoint] => [
  `${endpoint.method} ${endpoint.path}`,
  endpoint,
]);

const request = ({ method, path }: Endpoint, rest: Call = {}) =>
  call(tenant, `/api/v2${path.replaceAll(/:(\w+)/g, "none")}`, { method, body: {}, ...rest });

describe("every endpoint of the Management API", () => {
  test("is there once", () => {
    // Two paths that differ in a parameter's name alone are one.
    const names = endpoints.map(([name]) => name.replaceAll(/:\w+/g, ":id"));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(100);
  });

  test.each(endpoints)("%s wants a token", async (_, endpoint) => {
    expect(await request(endpoint)).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "Missing authentication" },
    });
  });

  test.each(endpoints)("%s wants its scope in it", async (_, endpoint) => {
    const other = endpoint.scopes.includes("read:stats") ? "read:logs" : "read:roles";
    const scope = endpoint.scopes.includes(other) ? "read:actions" : other;
    expect(await request(endpoint, { token: await managementToken(tenant, scope) })).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: `Insufficient scope, expected any of: ${endpoint.scopes.join(",")}`,
        errorCode: "insufficient_scope",
      },
    });
  });
});
