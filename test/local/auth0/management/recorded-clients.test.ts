import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { takeRsaKeyPair } from "../../../support/rsa-key-pair.ts";

/** What real tenants answered Terraform's provider, 2025 and 2026, in its public recordings. */
let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  tenant = await startTestTenant();
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

type Body = Readonly<Record<string, unknown>>;

const send = async (method: string, path: string, body?: unknown): Promise<Body> =>
  (await call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) })).body as Body;

const SESSION_TRANSFER = {
  can_create_session_transfer_token: false,
  allowed_authentication_methods: [],
  enforce_device_binding: "ip",
  allow_refresh_token: false,
  enforce_online_refresh_tokens: true,
  enforce_cascade_revocation: true,
};
const YEAR = { token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 };
const MONTH = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 };

describe("a new client", () => {
  test.each<[Body, Body]>([
    [
      { app_type: "native", session_transfer: { enforce_cascade_revocation: true } },
      { session_transfer: SESSION_TRANSFER },
    ],
    [{ session_transfer: { enforce_device_binding: "asn" } }, { session_transfer: { enforce_device_binding: "asn" } }],
    [{ token_endpoint_auth_method: "client_secret_post" }, { refresh_token: YEAR }],
    [{ token_endpoint_auth_method: "client_secret_basic" }, { refresh_token: YEAR }],
    [{}, { refresh_token: MONTH }],
    [{ app_type: "sso_integration" }, { refresh_token: MONTH }],
    [{ app_type: "native", token_endpoint_auth_method: "none" }, { refresh_token: MONTH }],
    [
      { app_type: "express_configuration" },
      { callbacks: ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"] },
    ],
  ])("of %j is completed", async (given, completed) => {
    expect(await send("POST", "/clients", { name: "new", ...given })).toMatchObject(completed);
  });
});

test.each<[string, Body, Body, Body]>([
  ["session_transfer", {}, { enforce_device_binding: "asn" }, { ...SESSION_TRANSFER, enforce_device_binding: "asn" }],
  [
    "session_transfer",
    { delegation: { allow_delegated_access: true } },
    { delegation: null, allow_refresh_token: true },
    { ...SESSION_TRANSFER, allow_refresh_token: true },
  ],
  [
    "mobile",
    { ios: { team_id: "9JA89QQLNQ", app_bundle_identifier: "com.example" } },
    { android: { app_package_name: "com.example", sha256_cert_fingerprints: [] } },
    {
      ios: { team_id: "9JA89QQLNQ", app_bundle_identifier: "com.example" },
      android: { app_package_name: "com.example", sha256_cert_fingerprints: [] },
    },
  ],
  [
    "native_social_login",
    { apple: { enabled: true }, google: { enabled: true } },
    { apple: { enabled: false } },
    { apple: { enabled: false }, google: { enabled: true } },
  ],
])("an update of %s of %j changes the members that it names: %j", async (name, given, change, after) => {
  const { client_id } = await send("POST", "/clients", { name: "mobile", app_type: "native", [name]: given });
  expect((await send("PATCH", `/clients/${client_id}`, { [name]: change }))[name]).toEqual(after);
  expect((await send("GET", `/clients/${client_id}`))[name]).toEqual(after);
});

test.each(["session_transfer", "native_social_login"])("null takes all of %s away", async (name) => {
  const { client_id } = await send("POST", "/clients", { name: "mobile", app_type: "native", [name]: {} });
  expect(await send("GET", `/clients/${client_id}`)).toHaveProperty(name);
  expect(await send("PATCH", `/clients/${client_id}`, { [name]: null })).not.toHaveProperty(name);
  expect(await send("GET", `/clients/${client_id}`)).not.toHaveProperty(name);
});

test("a certificate is told by its thumbprint and its end, not by a key's name", async () => {
  const pem = readFileSync(tenant.caFile, "utf8");
  const { fingerprint256, validTo } = new X509Certificate(pem);
  const { client_id } = await send("POST", "/clients", { name: "mtls" });
  const given = { name: "cert", credential_type: "x509_cert", pem };
  const credential = await send("POST", `/clients/${client_id}/credentials`, given);
  expect(credential).toEqual({
    id: expect.stringMatching(/^cred_/),
    name: "cert",
    credential_type: "x509_cert",
    thumbprint_sha256: Buffer.from(fingerprint256.replaceAll(":", ""), "hex").toString("base64url"),
    expires_at: new Date(validTo).toISOString(),
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  expect(await send("GET", `/clients/${client_id}/credentials/${credential.id}`)).toEqual(credential);
});

test.each(["-----BEGIN CERTIFICATE-----", ""])("a certificate that cannot be read is refused: %j", async (pem) => {
  const { client_id } = await send("POST", "/clients", { name: "mtls" });
  const given = { name: "cert", credential_type: "x509_cert", pem };
  expect(await send("POST", `/clients/${client_id}/credentials`, given)).toMatchObject({
    statusCode: 400,
    message: "credential_type x509_cert needs a certificate in pem",
    errorCode: "invalid_body",
  });
});

test.each<[string, () => Body, () => string]>([
  ["in words", () => ({ subject_dn: "C=US\nST=CA" }), () => "C=US\nST=CA"],
  [
    "by its certificate",
    () => ({ pem: readFileSync(tenant.caFile, "utf8") }),
    () => new X509Certificate(readFileSync(tenant.caFile)).subject,
  ],
])("a certificate's subject that is given %s is told, without a key's name", async (_, given, subject) => {
  const { client_id } = await send("POST", "/clients", { name: "mtls" });
  const body = { credential_type: "cert_subject_dn", ...given() };
  expect(await send("POST", `/clients/${client_id}/credentials`, body)).toEqual({
    id: expect.stringMatching(/^cred_/),
    credential_type: "cert_subject_dn",
    subject_dn: subject(),
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
});

const PUBLIC_KEY = takeRsaKeyPair().publicKey.export({
  type: "spki",
  format: "pem",
});

describe("what a client's keys are for besides proving who it is", () => {
  const grants = [{ connection: "github", scopes: ["repo"] }];

  test.each([
    ["token_vault_privileged_access", { ip_allowlist: ["192.0.2.0/24"], grants }],
    ["token_vault_privileged_access", { ip_allowlist: [], grants: [] }],
    ["signed_request_object", { required: false }],
    ["signed_request_object", {}],
  ])("%s with %j is kept, and taken away by null", async (name, rest) => {
    const { client_id } = await send("POST", "/clients", { name: "keys" });
    const given = { credential_type: "public_key", pem: PUBLIC_KEY };
    const { id } = await send("POST", `/clients/${client_id}/credentials`, given);
    const value = { credentials: [{ id }], ...rest };
    expect((await send("PATCH", `/clients/${client_id}`, { [name]: value }))[name]).toEqual(value);
    expect((await send("GET", `/clients/${client_id}`))[name]).toEqual(value);
    expect(await send("PATCH", `/clients/${client_id}`, { [name]: null })).not.toHaveProperty(name);
  });

  test.each(["token_vault_privileged_access", "signed_request_object"])(
    "%s names credentials that the client has",
    async (name) => {
      const { client_id } = await send("POST", "/clients", { name: "keys" });
      const change = { [name]: { credentials: [{ id: "cred_none" }] } };
      expect(await send("PATCH", `/clients/${client_id}`, change)).toMatchObject({
        statusCode: 400,
        message: "The client has no credential cred_none.",
      });
    },
  );
});

describe("the profiles that a client names", () => {
  const settings = (name: string, id: string): Readonly<Record<string, unknown>> => ({
    my_organization_configuration: {
      allowed_strategies: ["okta"],
      connection_deletion_behavior: "allow",
      [name]: id,
    },
  });

  // go-auth0 recorded the status.
  test.each([
    ["connection_profile_id", "cop_WRONG"],
    ["user_attribute_profile_id", "uap_WRONG"],
  ])("are there, or it is refused: %s %s", async (name, id) => {
    const answer = { statusCode: 400, errorCode: "invalid_body", message: expect.stringContaining(id) };
    expect(await send("POST", "/clients", { name: "wrong", ...settings(name, id) })).toMatchObject(answer);
    const { client_id } = await send("POST", "/clients", { name: "changed" });
    expect(await send("PATCH", `/clients/${client_id}`, settings(name, id))).toMatchObject(answer);
  });

  test("are taken where they are there", async () => {
    const { id } = await send("POST", "/connection-profiles", { name: "Partner" });
    const body = { name: "right", ...settings("connection_profile_id", String(id)) };
    expect(await send("POST", "/clients", body)).toMatchObject(body);
  });
});

describe("a third party's client in strict mode", () => {
  const strict = { name: "theirs", is_first_party: false, third_party_security_mode: "strict" };

  // Auth0 docs, "Security Controls for Third-Party Applications", and of its API: "Set on creation and cannot be modified."
  test.each([
    [["implicit"], 400],
    [["authorization_code", "password"], 400],
    [["urn:ietf:params:oauth:grant-type:device_code"], 400],
    [["authorization_code", "refresh_token", "client_credentials"], undefined],
  ])("has grant types that it may have: %j", async (grant_types, statusCode) => {
    expect((await send("POST", "/clients", { ...strict, grant_types })).statusCode).toBe(statusCode);
    const { client_id } = await send("POST", "/clients", strict);
    expect((await send("PATCH", `/clients/${client_id}`, { grant_types })).statusCode).toBe(statusCode);
  });

  test("stays strict", async () => {
    const { client_id } = await send("POST", "/clients", strict);
    const change = (mode: string) => send("PATCH", `/clients/${client_id}`, { third_party_security_mode: mode });
    expect(await change("permissive")).toMatchObject({
      statusCode: 400,
      message: "third_party_security_mode is set on creation and cannot be modified.",
    });
    // Terraform's provider sends it along, which was recorded with 200.
    expect(await change("strict")).toMatchObject({ third_party_security_mode: "strict" });
  });
});
