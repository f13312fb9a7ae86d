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

const API = "https://api.example.com/";

describe("the SDK on clients", () => {
  test("a created client has what Auth0 fills in, and reads back the same", async () => {
    const created = await sdk.clients.create({ name: "Web", callbacks: ["https://app.test/callback"] });

    expect(created).toMatchObject({
      name: "Web",
      global: false,
      is_first_party: true,
      oidc_conformant: false,
      callbacks: ["https://app.test/callback"],
      grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
      jwt_configuration: { alg: "RS256", lifetime_in_seconds: 36_000, secret_encoded: false },
      refresh_token: {
        rotation_type: "non-rotating",
        expiration_type: "non-expiring",
        leeway: 0,
        token_lifetime: 2_592_000,
        idle_token_lifetime: 1_296_000,
        infinite_token_lifetime: true,
        infinite_idle_token_lifetime: true,
      },
      cross_origin_auth: false,
      custom_login_page_on: true,
    });
    expect(created.client_id).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(created.client_secret).toHaveLength(64);
    // `encrypted` is in the answer to the creation only, as recorded.
    const { encrypted, ...kept } = created as typeof created & { encrypted: boolean };
    expect(encrypted).toBe(true);
    expect(await sdk.clients.get(created.client_id ?? "")).toEqual(kept);
  });

  test("a client that cannot keep a secret is not given the grant type for machines", async () => {
    const { grant_types } = await sdk.clients.create({ name: "SPA", app_type: "spa" });
    expect(grant_types).toEqual(["authorization_code", "implicit", "refresh_token"]);
  });

  test("an expiring refresh token that was described in part is completed", async () => {
    const { refresh_token } = await sdk.clients.create({
      name: "SPA",
      refresh_token: { rotation_type: "rotating", expiration_type: "expiring", leeway: 3 },
    });
    expect(refresh_token).toMatchObject({ leeway: 3, token_lifetime: 2_592_000, infinite_token_lifetime: false });
  });

  test("an update keeps what it does not name, merges metadata by key, and takes away what is null", async () => {
    const { client_id = "" } = await sdk.clients.create({
      name: "Web",
      description: "old",
      initiate_login_uri: "https://app.test/login",
      client_metadata: { a: "1", b: "2" },
    });

    const updated = await sdk.clients.update(client_id, {
      description: "new",
      jwt_configuration: { lifetime_in_seconds: 60 },
      client_metadata: { b: null, c: "3" } as never,
      cross_origin_authentication: true,
      organization_usage: null,
    });

    expect(updated).toMatchObject({
      name: "Web",
      description: "new",
      initiate_login_uri: "https://app.test/login",
      jwt_configuration: { alg: "RS256", lifetime_in_seconds: 60, secret_encoded: false },
      cross_origin_auth: true,
    });
    expect(updated.client_metadata).toEqual({ a: "1", c: "3" });
    expect(updated).not.toHaveProperty("organization_usage");
  });

  test("two clients may have one name", async () => {
    const [first, second] = [await sdk.clients.create({ name: "Twin" }), await sdk.clients.create({ name: "Twin" })];
    expect(first.client_id).not.toBe(second.client_id);
  });

  test("the secret is another after its rotation, and only the new one opens /oauth/token", async () => {
    const { client_id = "", client_secret: old } = await sdk.clients.create({ name: "Worker" });
    await sdk.resourceServers.create({ identifier: API });
    await sdk.clientGrants.create({ client_id, audience: API });

    const { client_secret: fresh } = await sdk.clients.rotateSecret(client_id);

    const token = (client_secret: string | undefined) =>
      call(tenant, "/oauth/token", {
        method: "POST",
        body: { grant_type: "client_credentials", client_id, client_secret, audience: API },
      });
    expect((await token(old)).status).toBe(401);
    expect((await token(fresh)).status).toBe(200);
  });

  test("deleting a client takes its grants and its places in connections along", async () => {
    const { client_id = "" } = await sdk.clients.create({ name: "Gone" });
    const other = await sdk.clients.create({ name: "Stays" });
    await sdk.resourceServers.create({ identifier: API });
    await sdk.clientGrants.create({ client_id, audience: API });
    await sdk.clientGrants.create({ client_id: other.client_id ?? "", audience: API });
    const connection = await sdk.connections.create({
      name: "users",
      strategy: "auth0",
      enabled_clients: [client_id, other.client_id ?? ""],
    });

    await sdk.clients.delete(client_id);

    await expect(sdk.clients.get(client_id)).rejects.toMatchObject({ statusCode: 404 });
    expect((await sdk.clientGrants.list({ audience: API })).data.map((grant) => grant.client_id)).toEqual([
      other.client_id,
    ]);
    expect((await sdk.connections.get(connection.id ?? "")).enabled_clients).toEqual([other.client_id]);
  });

  test("deleting a client that does not exist is a success, as Auth0 has it", async () => {
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/clients/unknown", { method: "DELETE", token })).status).toBe(204);
  });

  test("the global client stays", async () => {
    const { data } = await sdk.clients.list({ is_global: true });
    expect(data).toHaveLength(1);
    await expect(sdk.clients.delete(data[0]?.client_id ?? "")).rejects.toMatchObject({
      statusCode: 400,
      body: { message: "Global client cannot be deleted." },
    });
  });
});

describe("lists of clients", () => {
  beforeEach(async () => {
    await sdk.clients.create({ name: "A", app_type: "spa" });
    await sdk.clients.create({ name: "B", app_type: "regular_web", is_first_party: false });
    await sdk.clients.create({ name: "C", app_type: "native" });
  });

  test("pages follow each other until the last", async () => {
    const names: (string | undefined)[] = [];
    for await (const client of await sdk.clients.list({ is_global: false, per_page: 2, include_totals: true })) {
      names.push(client.name);
    }
    expect(names).toEqual(["Deploy CLI", "A", "B", "C"]);
  });

  test.each([
    ["is_global=true", ["All Applications"]],
    ["app_type=spa,native", ["A", "C"]],
    ["app_type=spa", ["A"]],
    ["is_first_party=false", ["B"]],
    ["app_type=regular_web&is_first_party=true", []],
  ])("%s keeps the clients that match", async (query, names) => {
    const token = await managementToken(tenant);
    const { body } = await call(tenant, `/api/v2/clients?${query}`, { token });
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ["fields=name,client_id", ["client_id", "name"]],
    ["fields=name&include_fields=true", ["name"]],
  ])("%s shows those fields alone", async (query, fields) => {
    const token = await managementToken(tenant);
    const { body } = await call(tenant, `/api/v2/clients?${query}`, { token });
    for (const client of body as object[]) expect(Object.keys(client).sort()).toEqual(fields);
  });
});

describe("what a token may see of a client", () => {
  test.each([
    ["read:clients", ["callbacks", "grant_types"], ["client_secret", "signing_keys"]],
    ["read:client_keys", ["callbacks", "client_secret", "signing_keys"], []],
    ["read:client_credentials", ["client_secret"], ["callbacks", "grant_types"]],
    ["read:client_summary", ["client_id", "name", "app_type"], ["callbacks", "client_secret", "signing_keys"]],
  ])("with %s it shows %j and withholds %j", async (scope, shown, withheld) => {
    const { client_id } = await sdk.clients.create({ name: "Web", app_type: "regular_web", callbacks: [] });
    const token = await managementToken(tenant, scope);

    const { body } = await call(tenant, `/api/v2/clients/${client_id}`, { token });
    for (const field of shown) expect(body).toHaveProperty(field);
    for (const field of withheld) expect(body).not.toHaveProperty(field);
  });

  test("who may create one sees all of what was made, and of what was changed what the scope for the change shows", async () => {
    const created = await call(tenant, "/api/v2/clients", {
      method: "POST",
      token: await managementToken(tenant, "create:clients"),
      body: { name: "Web", callbacks: [] },
    });
    expect(created.body).toMatchObject({ callbacks: [], client_secret: expect.any(String), signing_keys: [{}] });
    const { client_id } = created.body as { readonly client_id: string };
    const change = async (scope: string) => {
      const token = await managementToken(tenant, scope);
      const body = { description: "for people" };
      return (await call(tenant, `/api/v2/clients/${client_id}`, { method: "PATCH", token, body })).body;
    };
    expect(await change("update:clients")).toMatchObject({ description: "for people", callbacks: [] });
    expect(await change("update:clients")).not.toHaveProperty("client_secret");
    expect(await change("update:client_keys")).toMatchObject({ callbacks: [], client_secret: expect.any(String) });
  });

  test("no answer carries the tenant's private signing key", async () => {
    const token = await managementToken(tenant);
    const { body } = await call(tenant, "/api/v2/clients", { method: "POST", token, body: { name: "Web" } });
    expect(JSON.stringify(body)).not.toContain("PRIVATE KEY");
  });

  test("the secret is changed only with the scope for keys", async () => {
    const { client_id, client_secret } = await sdk.clients.create({ name: "Web" });
    const token = await managementToken(tenant, "update:clients");
    const body = { client_secret: "chosen-by-somebody-who-may-not" };
    const answer = await call(tenant, `/api/v2/clients/${client_id}`, { method: "PATCH", token, body });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        errorCode: "insufficient_scope",
        message: "Insufficient scope, expected any of: update:client_keys",
      },
    });
    expect((await sdk.clients.get(client_id ?? "")).client_secret).toBe(client_secret);
    const change = { client_secret: "chosen-by-somebody-who-may-do-that-and-long-enough" };
    const keys = await managementToken(tenant, "update:client_keys");
    const done = await call(tenant, `/api/v2/clients/${client_id}`, { method: "PATCH", token: keys, body: change });
    expect(done).toMatchObject({ status: 200, body: change });
  });
});

describe("refused bodies", () => {
  test.each([
    ["no name", {}, "'Missing required property: name'."],
    ["a client_id of one's own", { name: "A", client_id: "mine" }, "'Additional properties not allowed: client_id'."],
    [
      "a client_secret at creation",
      { name: "A", client_secret: "x" },
      "'Additional properties not allowed: client_secret'.",
    ],
    [
      "a name with markup",
      { name: "<b>" },
      "'String does not match pattern ^[^<>]+$: <b>' on property name (Name of this client (min length: 1 character, does not allow `<` or `>`).).",
    ],
    [
      "a callback that is not text",
      { name: "A", callbacks: [7] },
      "'Expected type string but found type integer' on property callbacks[0].",
    ],
    [
      "an unknown kind",
      { name: "A", app_type: "desktop" },
      "'No enum match for: desktop' on property app_type (The type of application this client represents).",
    ],
    [
      "an addon that there is not",
      { name: "A", addons: { fax: {} } },
      "'Additional properties not allowed: fax' on property addons (Addons enabled for this client and their associated configurations.).",
    ],
    [
      "half a second",
      { name: "A", jwt_configuration: { lifetime_in_seconds: 0.5 } },
      "'Expected type integer but found type number' on property jwt_configuration.lifetime_in_seconds (Number of seconds the JWT will be valid for (affects `exp` claim).).",
    ],
    [
      "half a refresh token policy",
      { name: "A", refresh_token: { rotation_type: "rotating" } },
      "'Missing required property: expiration_type' on property refresh_token (Refresh token configuration).",
    ],
    ["a list", [], "'Expected type object but found type array'."],
  ])("%s", async (_name, body, problem) => {
    const token = await managementToken(tenant);
    expect(await call(tenant, "/api/v2/clients", { method: "POST", token, body })).toMatchObject({
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: `Payload validation error: ${problem}`,
        errorCode: "invalid_body",
      },
    });
  });

  test.each([
    ["addons", null],
    ["signed_request_object", null],
    ["organization_usage", null],
    ["token_endpoint_auth_method", null],
    ["oidc_backchannel_logout", null],
    ["native_social_login", { apple: null }],
  ])("%s: %p passes, as at a real tenant, though the published schema refuses it", async (field, value) => {
    const { client_id } = await sdk.clients.create({ name: "Web" });
    const token = await managementToken(tenant);
    const body = { [field]: value };
    expect((await call(tenant, `/api/v2/clients/${client_id}`, { method: "PATCH", token, body })).status).toBe(200);
  });

  test("an alias belongs to one client", async () => {
    const { client_id = "" } = await sdk.clients.create({ name: "A", client_aliases: ["urn:a"] });
    await expect(sdk.clients.create({ name: "B", client_aliases: ["urn:a"] })).rejects.toMatchObject({
      statusCode: 409,
      body: { error: "Conflict", message: "Another client exists with the same alias." },
    });
    await expect(sdk.clients.update(client_id, { client_aliases: ["urn:a", "urn:b"] })).resolves.toMatchObject({
      client_aliases: ["urn:a", "urn:b"],
    });
  });
});
