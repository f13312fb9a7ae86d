import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

const logged: string[] = [];
let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant({ log: (line) => logged.push(line) });
});
afterAll(() => tenant.close());

/** A new client's credentials are written out; the ids are Auth0's to give. */
const CREDENTIALS = [{ credential_type: "x509_cert", pem: "-----BEGIN CERTIFICATE-----" }];
const CLIENT = { name: "A" };
const API = { identifier: "urn:api" };

test.each([
  [
    "/clients",
    { ...CLIENT, client_authentication_methods: { self_signed_tls_client_auth: { credentials: CREDENTIALS } } },
    "client_authentication_methods.self_signed_tls_client_auth",
  ],
  ["/clients", { ...CLIENT, signed_request_object: { required: true } }, "signed_request_object"],
  [
    "/clients",
    { ...CLIENT, token_vault_privileged_access: { credentials: [{ credential_type: "public_key", pem: "PEM" }] } },
    "token_vault_privileged_access",
  ],
  ["/clients", { ...CLIENT, jwt_configuration: { alg: "HS256" } }, "jwt_configuration.alg HS256"],
  ["/clients", { ...CLIENT, require_pushed_authorization_requests: true }, "require_pushed_authorization_requests"],
  ["/clients", { ...CLIENT, require_proof_of_possession: true }, "require_proof_of_possession"],
  ["/clients", { ...CLIENT, compliance_level: "fapi1_adv_pkj_par" }, "compliance_level fapi1_adv_pkj_par"],
  ["/clients", { ...CLIENT, compliance_level: "fapi2_sp_mtls_mtls" }, "compliance_level fapi2_sp_mtls_mtls"],
  ["/resource-servers", { ...API, proof_of_possession: { mechanism: "dpop", required: true } }, "proof_of_possession"],
  ["/resource-servers", { ...API, consent_policy: "transactional-authorization-with-mfa" }, "consent_policy"],
])("POST %s with %j is refused and logged, not taken in silence", async (path, body, setting) => {
  const token = await managementToken(tenant);
  expect(await call(tenant, `/api/v2${path}`, { method: "POST", token, body })).toMatchObject({
    status: 400,
    body: { message: `The local tenant does not implement ${setting}.`, errorCode: "not_implemented_locally" },
  });
  expect(logged.at(-1)).toBe(`not implemented by the local tenant: ${setting} → 400`);
});

test.each([
  ["/clients", { ...CLIENT, client_authentication_methods: {}, signed_request_object: { required: false } }],
  ["/clients", { ...CLIENT, jwt_configuration: { alg: "RS256" }, require_proof_of_possession: false }],
  ["/clients", { ...CLIENT, compliance_level: "none", token_quota: null }],
  ["/clients", { ...CLIENT, token_quota: { client_credentials: { enforce: true, per_day: 1 } } }],
  ["/resource-servers", { ...API, signing_alg: "RS256", token_encryption: null, proof_of_possession: null }],
])("POST %s with %j asks for nothing that is missing, and passes", async (path, body) => {
  const token = await managementToken(tenant);
  expect((await call(tenant, `/api/v2${path}`, { method: "POST", token, body })).status).toBe(201);
});
