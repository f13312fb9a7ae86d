import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

const logged: string[] = [];
let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant({ log: (line) => logged.push(line) });
});
afterAll(() => tenant.close());

const credentials = [{ id: "cred_0123456789012345678901" }];
const client = { name: "A" };
const api = { identifier: "urn:api" };

test.each([
  [
    "/clients",
    { ...client, client_authentication_methods: { private_key_jwt: { credentials } } },
    "client_authentication_methods",
  ],
  ["/clients", { ...client, jwt_configuration: { alg: "HS256" } }, "jwt_configuration.alg HS256"],
  ["/clients", { ...client, require_pushed_authorization_requests: true }, "require_pushed_authorization_requests"],
  ["/clients", { ...client, require_proof_of_possession: true }, "require_proof_of_possession"],
  ["/resource-servers", { ...api, signing_alg: "HS256" }, "signing_alg HS256"],
  ["/resource-servers", { ...api, proof_of_possession: { mechanism: "dpop", required: true } }, "proof_of_possession"],
  ["/resource-servers", { ...api, consent_policy: "transactional-authorization-with-mfa" }, "consent_policy"],
])("POST %s with %j is refused and logged, not taken in silence", async (path, body, setting) => {
  const token = await managementToken(tenant);
  expect(await call(tenant, `/api/v2${path}`, { method: "POST", token, body })).toMatchObject({
    status: 400,
    body: { message: `The local tenant does not implement ${setting}.`, errorCode: "not_implemented_locally" },
  });
  expect(logged.at(-1)).toBe(`not implemented by the local tenant: ${setting} → 400`);
});

test.each([
  ["/clients", { ...client, client_authentication_methods: {}, signed_request_object: { required: false } }],
  ["/clients", { ...client, jwt_configuration: { alg: "RS256" }, require_proof_of_possession: false }],
  ["/resource-servers", { ...api, signing_alg: "RS256", token_encryption: null, proof_of_possession: null }],
])("POST %s with %j asks for nothing that is missing, and passes", async (path, body) => {
  const token = await managementToken(tenant);
  expect((await call(tenant, `/api/v2${path}`, { method: "POST", token, body })).status).toBe(201);
});
