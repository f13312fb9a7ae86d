import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { call, startTestTenant } from "../../support/local-tenant.ts";
import { SECRET_KEY, startTestStripe, type TestStripe } from "../../support/stripe.ts";

/** Auth0 takes a megabyte. */
const MEGABYTE = 1_048_576;
let tenant: LocalTenant;
let stripe: TestStripe;
beforeAll(async () => {
  [tenant, stripe] = await Promise.all([startTestTenant(), startTestStripe()]);
});
afterAll(() => Promise.all([tenant.close(), stripe.close()]));

describe.each([
  ["whose length is said", {}],
  ["that comes in chunks", { "transfer-encoding": "chunked" }],
])("a body %s", (_name, headers) => {
  test.each([
    ["POST", "/oauth/token"],
    ["POST", "/u/login"],
    ["POST", "/authorize"],
    ["POST", "/dbconnections/signup"],
    ["POST", "/api/v2/users"],
    ["PATCH", "/api/v2/tenants/settings"],
  ])("of more than a megabyte is refused by the tenant at %s %s", async (method, path) => {
    const answer = await call(tenant, path, { method, headers, body: "x".repeat(MEGABYTE + 1) });
    expect(answer).toMatchObject({
      status: 413,
      body: { statusCode: 413, message: "Payload content length greater than maximum allowed: 1048576" },
    });
  });

  test("of a megabyte is read, and refused for what it says", async () => {
    const answer = await call(tenant, "/oauth/token", { method: "POST", headers, body: "x".repeat(MEGABYTE) });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

test.each(["/v1/customers", "/v1/billing/meter_events", "/_local/faults", "/nowhere"])(
  "the local Stripe refuses more than a megabyte at %s in its own form, and goes on",
  async (path) => {
    const response = await fetch(`http://127.0.0.1:${stripe.local.port}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      body: "x".repeat(MEGABYTE + 1),
    });
    expect([response.status, await response.json()]).toEqual([
      413,
      { error: { type: "invalid_request_error", message: expect.stringContaining("1048576 bytes") } },
    ]);
    expect(await stripe.client.customers.list()).toMatchObject({ object: "list" });
  },
);
