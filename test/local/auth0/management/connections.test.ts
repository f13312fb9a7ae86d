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

describe("the SDK on connections", () => {
  test("a new database has Auth0's options around those that were given", async () => {
    const created = await sdk.connections.create({
      name: "users",
      strategy: "auth0",
      options: { disable_signup: true, passwordPolicy: "excellent" },
    });

    expect(created).toMatchObject({
      id: expect.stringMatching(/^con_[A-Za-z0-9]{16}$/),
      name: "users",
      strategy: "auth0",
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      enabled_clients: [],
      realms: ["users"],
      options: {
        disable_signup: true,
        passwordPolicy: "excellent",
        strategy_version: 2,
        brute_force_protection: true,
        mfa: { active: true, return_enroll_settings: true },
        password_options: { complexity: { min_length: 15 }, history: { size: 3, active: false } },
        authentication_methods: { password: { enabled: true }, passkey: { enabled: false } },
      },
    });
    expect(await sdk.connections.get(created.id ?? "")).toEqual(created);
  });

  test("a connection of another strategy has the options it was given, and no others", async () => {
    const { options } = await sdk.connections.create({
      name: "google-oauth2",
      strategy: "google-oauth2",
      options: { email: true, scope: ["email"] },
    });
    expect(options).toEqual({ email: true, scope: ["email"] });
  });

  test("an update replaces the options as a whole, and leaves all else", async () => {
    const created = await sdk.connections.create({ name: "users", strategy: "auth0", realms: ["people"] });
    const updated = await sdk.connections.update(created.id ?? "", { options: { disable_signup: true } });
    expect(updated).toEqual({ ...created, options: { disable_signup: true } });
  });

  test("an update without options keeps them", async () => {
    const created = await sdk.connections.create({ name: "users", strategy: "auth0" });
    const updated = await sdk.connections.update(created.id ?? "", { is_domain_connection: true });
    expect(updated).toEqual({ ...created, is_domain_connection: true });
  });

  test("a deleted connection is gone, and says when it went", async () => {
    const { id } = await sdk.connections.create({ name: "users", strategy: "auth0" });
    const token = await managementToken(tenant);
    expect(await call(tenant, `/api/v2/connections/${id}`, { method: "DELETE", token })).toMatchObject({
      status: 202,
      body: { deleted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
    });
    await expect(sdk.connections.get(id ?? "")).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The connection does not exist", errorCode: "inexistent_connection" },
    });
    await expect(sdk.connections.create({ name: "users", strategy: "auth0" })).resolves.toBeDefined();
  });

  test("names and realms are taken once", async () => {
    await sdk.connections.create({ name: "users", strategy: "auth0", realms: ["people"] });
    await expect(sdk.connections.create({ name: "users", strategy: "sms" })).rejects.toMatchObject({
      statusCode: 409,
      body: { message: "A connection with the same name already exists" },
    });
    await expect(sdk.connections.create({ name: "people", strategy: "auth0" })).rejects.toMatchObject({
      statusCode: 409,
      body: { message: 'There is already another connection with some realms from "realms" parameter' },
    });
  });
});

describe("lists of connections", () => {
  beforeEach(async () => {
    await sdk.connections.create({ name: "users", strategy: "auth0" });
    await sdk.connections.create({ name: "google-oauth2", strategy: "google-oauth2" });
    await sdk.connections.create({ name: "sms", strategy: "sms" });
  });

  test("checkpoints lead through the list", async () => {
    const names: (string | undefined)[] = [];
    for await (const connection of await sdk.connections.list({ take: 2 })) names.push(connection.name);
    expect(names).toEqual(["users", "google-oauth2", "sms"]);
  });

  test.each([
    ["strategy=auth0", ["users"]],
    ["strategy=auth0&strategy=sms", ["users", "sms"]],
    ["name=sms", ["sms"]],
    ["name=sms&strategy=auth0", []],
    ["per_page=1&page=1", ["google-oauth2"]],
  ])("%s keeps the connections that match", async (query, names) => {
    const token = await managementToken(tenant);
    const { body } = await call(tenant, `/api/v2/connections?${query}`, { token });
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });

  test("take wins over include_totals, and the last page has no next", async () => {
    const token = await managementToken(tenant);
    const list = async (query: string) => (await call(tenant, `/api/v2/connections?${query}`, { token })).body;
    const first = (await list("take=2&include_totals=true&fields=name")) as { next: string };
    expect(first).toEqual({ connections: [{ name: "users" }, { name: "google-oauth2" }], next: expect.any(String) });
    expect(await list(`take=2&fields=name&from=${first.next}`)).toEqual({ connections: [{ name: "sms" }] });
  });

  test("a checkpoint that nobody gave out is refused", async () => {
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/connections?take=2&from=xyz", { token })).status).toBe(400);
  });
});

describe("the clients of a connection", () => {
  let id: string;
  let clients: string[];
  beforeEach(async () => {
    id = (await sdk.connections.create({ name: "users", strategy: "auth0" })).id ?? "";
    clients = [];
    for (const name of ["A", "B"]) clients.push((await sdk.clients.create({ name })).client_id ?? "");
  });
  const list = async () => (await sdk.connections.clients.get(id)).data.map(({ client_id }) => client_id);

  test("are switched on and off one by one, seen from either side", async () => {
    const [a = "", b = ""] = clients;
    await sdk.connections.clients.update(id, [
      { client_id: a, status: true },
      { client_id: b, status: true },
    ]);
    expect(await list()).toEqual([a, b]);
    expect((await sdk.connections.get(id)).enabled_clients).toEqual([a, b]);

    await sdk.connections.clients.update(id, [{ client_id: a, status: false }]);
    expect(await list()).toEqual([b]);
    expect((await sdk.clients.connections.get(a)).data).toEqual([]);
    expect((await sdk.clients.connections.get(b)).data.map(({ name }) => name)).toEqual(["users"]);
  });

  test("a list with a client that does not exist changes nothing", async () => {
    const body = [
      { client_id: clients[0] ?? "", status: true },
      { client_id: "nobody", status: true },
    ];
    await expect(sdk.connections.clients.update(id, body)).rejects.toMatchObject({ statusCode: 400 });
    expect(await list()).toEqual([]);
  });

  test.each([
    ["an empty list", [], "'Array is too short (0), minimum 1'."],
    ["more than 50", Array(51).fill({ client_id: "a", status: true }), "'Array is too long (51), maximum 50'."],
    ["an entry without a status", [{ client_id: "a" }], "'Missing required property: status' on property [0]."],
  ])("%s is refused", async (_name, body, problem) => {
    const token = await managementToken(tenant);
    const path = `/api/v2/connections/${id}/clients`;
    expect(await call(tenant, path, { method: "PATCH", token, body })).toMatchObject({
      status: 400,
      body: { message: `Payload validation error: ${problem}` },
    });
  });
});

test.each([
  ["no strategy", { name: "users" }, "Payload validation error: 'Missing required property: strategy'."],
  [
    "a name with a blank",
    { name: "my users", strategy: "auth0" },
    "Payload validation error: 'String does not match pattern ^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$: my users' on property name (The name of the connection. Must start and end with an alphanumeric character and can only contain alphanumeric characters and '-'. Max length 128).",
  ],
  [
    "attributes beside validation",
    { name: "users", strategy: "auth0", options: { attributes: {}, validation: null } },
    "Cannot set both options.attributes and options.validation",
  ],
])("a connection with %s is refused", async (_name, body, message) => {
  const token = await managementToken(tenant);
  expect(await call(tenant, "/api/v2/connections", { method: "POST", token, body })).toMatchObject({
    status: 400,
    body: { message, errorCode: "invalid_body" },
  });
});

// Auth0 changelog 2025-07-08: without them answers have no options, and a change of options is refused.
describe("the options of a connection", () => {
  const options = { passwordPolicy: "excellent" };
  let path: string;
  beforeEach(async () => {
    const { id } = await sdk.connections.create({
      name: "users",
      strategy: "auth0",
      options: { disable_signup: true },
      enabled_clients: [tenant.clientId],
    });
    path = `/api/v2/connections/${id}`;
  });
  const send = async (scopes: string, target: string, method = "GET", body?: unknown) =>
    call(tenant, target, { token: await managementToken(tenant, scopes), method, ...(body !== undefined && { body }) });

  test.each([
    ["read alone", () => path],
    ["read in a list", () => "/api/v2/connections?strategy=auth0"],
    ["read in a page", () => "/api/v2/connections?take=10"],
    ["asked for by name", () => `${path}?fields=name,options`],
    ["of an application's connections", () => `/api/v2/clients/${tenant.clientId}/connections`],
  ])("are not in an answer without read:connections_options: %s", async (_what, target) => {
    const hidden = await send("read:connections", target());
    expect(hidden.status).toBe(200);
    expect(JSON.stringify(hidden.body)).toContain('"users"');
    expect(JSON.stringify(hidden.body)).not.toContain('"options"');
    const shown = await send("read:connections read:connections_options", target());
    expect(JSON.stringify(shown.body)).toContain('"disable_signup":true');
  });

  test("are not in the answer to a write without it either", async () => {
    expect((await send("update:connections", path, "PATCH", { display_name: "Users" })).body).not.toHaveProperty(
      "options",
    );
    const body = { name: "more", strategy: "auth0", options };
    expect((await send("create:connections", "/api/v2/connections", "POST", body)).body).not.toHaveProperty("options");
  });

  test.each([
    ["some", options],
    ["none", {}],
    ["null", null],
  ])("are not changed without update:connections_options: %s", async (_what, changed) => {
    const before = await send("read:connections read:connections_options", path);
    expect(await send("update:connections", path, "PATCH", { options: changed })).toMatchObject({
      status: 403,
      body: {
        message: "Insufficient scope, expected any of: update:connections_options",
        errorCode: "insufficient_scope",
      },
    });
    expect((await send("read:connections read:connections_options", path)).body).toEqual(before.body);
    const answer = await send("update:connections update:connections_options", path, "PATCH", { options });
    expect(answer.status).toBe(200);
  });
});
