import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LocalTenant;
let sdk: ManagementClient;
beforeEach(async () => {
  tenant = await startTestTenant();
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());

const IDENTIFIER = "https://api.example.com/";
const SCOPES = [
  { value: "get:users", description: "List users" },
  { value: "post:users", description: "Create a user" },
];

describe("the SDK on resource servers", () => {
  test("a new API has Auth0's defaults, and no scopes until it is given some", async () => {
    const { id, ...api } = await sdk.resourceServers.create({ name: "API", identifier: IDENTIFIER });

    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(api).toEqual({
      name: "API",
      identifier: IDENTIFIER,
      allow_offline_access: false,
      skip_consent_for_verifiable_first_party_clients: false,
      subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
      token_lifetime: 86_400,
      token_lifetime_for_web: 7_200,
      signing_alg: "RS256",
    });
  });

  test("keeps which authorization policy applies, until it is null", async () => {
    const policy = { policy_id: "019b76da-a800-73c9-b656-b349ae415c17" };
    const { id = "" } = await sdk.resourceServers.create({ identifier: IDENTIFIER, authorization_policy: policy });
    expect(await sdk.resourceServers.get(id)).toMatchObject({ authorization_policy: policy });
    await sdk.resourceServers.update(id, { authorization_policy: null });
    expect(await sdk.resourceServers.get(id)).not.toHaveProperty("authorization_policy");
  });

  // Recorded by go-auth0 and terraform-provider-auth0.
  test("an API of Auth0 is what it is, however it is called, and can be taken away and not changed", async () => {
    const { id = "", ...api } = await sdk.resourceServers.create({ identifier: "urn:auth0:express-configure" });
    expect(api).toEqual({
      name: "Okta OIN Express Configuration API",
      identifier: "urn:auth0:express-configure",
      scopes: [
        { value: "express_configure:sso", description: "Ability to create SSO configurations" },
        { value: "express_configure:scim", description: "Ability to create scim configurations" },
      ],
      signing_alg: "RS256",
      allow_offline_access: false,
      token_lifetime: 300,
      token_lifetime_for_web: 7200,
      skip_consent_for_verifiable_first_party_clients: false,
      enforce_policies: true,
      is_system: true,
      subject_type_authorization: { user: { policy: "allow_all" }, client: { policy: "deny_all" } },
    });
    await expect(sdk.resourceServers.update(id, { name: "Modified Name" })).rejects.toMatchObject({ statusCode: 400 });
    await sdk.resourceServers.delete(id);
    const identifier = `https://${tenant.domain}/me/`;
    expect(await sdk.resourceServers.create({ name: "Test", identifier })).toMatchObject({
      name: "Auth0 My Account API",
      is_system: true,
      token_lifetime: 600,
      subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
      proof_of_possession: { mechanism: "dpop", required: false },
    });
  });

  test.each(["id", "identifier"] as const)("its %s leads to it", async (key) => {
    const created = await sdk.resourceServers.create({ name: "API", identifier: IDENTIFIER });
    const path = created[key] ?? "";

    expect(await sdk.resourceServers.get(path)).toEqual(created);
    expect(await sdk.resourceServers.update(path, { scopes: SCOPES, enforce_policies: true })).toEqual({
      ...created,
      scopes: SCOPES,
      enforce_policies: true,
    });
    await sdk.resourceServers.delete(path);
    await expect(sdk.resourceServers.get(path)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The resource server does not exist", errorCode: "inexistent_resource_server" },
    });
  });

  test("an identifier is taken once", async () => {
    await sdk.resourceServers.create({ identifier: IDENTIFIER });
    await expect(sdk.resourceServers.create({ identifier: IDENTIFIER })).rejects.toMatchObject({
      statusCode: 409,
      body: { error: "Conflict", message: "A resource server with the same identifier already exists." },
    });
  });

  test("the Management API is listed as a system API and can be neither deleted nor changed", async () => {
    const { data } = await sdk.resourceServers.list();
    const system = data.find(({ is_system }) => is_system);
    expect(system?.identifier).toBe(`https://${tenant.domain}/api/v2/`);

    const id = system?.id ?? "";
    await expect(sdk.resourceServers.delete(id)).rejects.toMatchObject({
      statusCode: 400,
      body: { message: "System resource servers cannot be deleted." },
    });
    await expect(sdk.resourceServers.update(id, { scopes: [] })).rejects.toMatchObject({ statusCode: 400 });
  });

  test("pages follow each other until the last", async () => {
    for (const name of ["A", "B", "C"]) await sdk.resourceServers.create({ name, identifier: `urn:${name}` });
    const names: (string | undefined)[] = [];
    for await (const api of await sdk.resourceServers.list({ per_page: 3, include_totals: true })) names.push(api.name);
    expect(names).toEqual(["Auth0 Management API", "A", "B", "C"]);
  });

  test("identifiers can be asked for, several at once", async () => {
    for (const name of ["A", "B", "C"]) await sdk.resourceServers.create({ name, identifier: `urn:${name}` });
    const { data } = await sdk.resourceServers.list({ identifiers: ["urn:A", "urn:C"] });
    expect(data.map(({ name }) => name)).toEqual(["A", "C"]);
  });
});

describe("what hangs on an API", () => {
  const permissions = SCOPES.map(({ value }) => ({ permission_name: value, resource_server_identifier: IDENTIFIER }));
  let role: string;
  beforeEach(async () => {
    await sdk.resourceServers.create({ identifier: IDENTIFIER, scopes: SCOPES });
    role = (await sdk.roles.create({ name: "editor" })).id ?? "";
    await sdk.roles.permissions.add(role, { permissions });
  });
  const listPermissions = async () =>
    (await sdk.roles.permissions.list(role)).data.map(({ permission_name }) => permission_name);

  test("a permission whose scope the API no longer has is taken from the roles", async () => {
    await sdk.resourceServers.update(IDENTIFIER, { name: "renamed" });
    expect(await listPermissions()).toEqual(["get:users", "post:users"]);
    await sdk.resourceServers.update(IDENTIFIER, { scopes: SCOPES.slice(0, 1) });
    expect(await listPermissions()).toEqual(["get:users"]);
  });

  test("a deleted API takes its grants and permissions along", async () => {
    const { client_id = "" } = await sdk.clients.create({ name: "Worker" });
    const { id = "" } = await sdk.clientGrants.create({ client_id, audience: IDENTIFIER, scope: ["get:users"] });

    await sdk.resourceServers.delete(IDENTIFIER);

    expect(await listPermissions()).toEqual([]);
    await expect(sdk.clientGrants.get(id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

test.each([
  ["no identifier", {}, "'Missing required property: identifier'."],
  [
    "a scope without a value",
    { identifier: IDENTIFIER, scopes: [{ description: "x" }] },
    "'Missing required property: value' on property scopes[0].",
  ],
  [
    "a lifetime beyond 30 days",
    { identifier: IDENTIFIER, token_lifetime: 2_592_001 },
    "'Value 2592001 is greater than maximum 2592000' on property token_lifetime (Expiration value (in seconds) for access tokens issued for this API from the token endpoint.).",
  ],
  [
    "a field that is none",
    { identifier: IDENTIFIER, is_system: true },
    "'Additional properties not allowed: is_system'.",
  ],
])("a body with %s is refused in Auth0's words", async (_name, body, problem) => {
  const token = await managementToken(tenant);
  expect(await call(tenant, "/api/v2/resource-servers", { method: "POST", token, body })).toMatchObject({
    status: 400,
    body: { message: `Payload validation error: ${problem}`, errorCode: "invalid_body" },
  });
});

test("an identifier is not changed by an update", async () => {
  await sdk.resourceServers.create({ identifier: IDENTIFIER });
  const token = await managementToken(tenant);
  const path = `/api/v2/resource-servers/${encodeURIComponent(IDENTIFIER)}`;
  const answer = await call(tenant, path, { method: "PATCH", token, body: { identifier: "urn:other" } });
  expect(answer).toMatchObject({
    status: 400,
    body: { message: "Payload validation error: 'Additional properties not allowed: identifier'." },
  });
});

/** The Auth0 CLI and Terraform's data source escape an identifier, and their HTTP layer escapes it once more. */
test.each(["https://twice.example.com/", "urn:twice:escaped", "https://twice.example.com/a b/100%/"])(
  "finds %s by an identifier that was escaped twice",
  async (identifier) => {
    await sdk.resourceServers.create({ identifier, name: "Twice" });
    const path = `/api/v2/resource-servers/${encodeURIComponent(encodeURIComponent(identifier))}`;
    expect(await call(tenant, path, { token: await managementToken(tenant) })).toMatchObject({
      status: 200,
      body: { identifier },
    });
  },
);

test("finds nothing by an identifier that is escaped wrongly", async () => {
  const token = await managementToken(tenant);
  expect(await call(tenant, "/api/v2/resource-servers/https:%25ZZ", { token })).toMatchObject({ status: 404 });
});
