import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, startTestTenant } from "../../../support/local-tenant.ts";

const logged: string[] = [];
let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant({ log: (line) => logged.push(line) });
});
afterAll(() => tenant.close());

test.each([
  ["POST", "/oauth/device/code", "the device flow"],
  ["POST", "/oauth/par", "pushed authorization requests"],
  ["POST", "/bc-authorize", "client-initiated backchannel authentication"],
  ["GET", "/samlp/abc?SAMLRequest=x", "SAML"],
])("%s %s is refused by name: %s", async (method, path, what) => {
  expect(await call(tenant, path, { method, body: {} })).toMatchObject({
    status: 404,
    body: { error_description: `The local tenant does not implement ${what}.` },
  });
  expect(logged.at(-1)).toBe(`not implemented by the local tenant: ${what} → 404`);
});
