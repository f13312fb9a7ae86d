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

const api = "https://api.example.com/";
const permission = (permission_name: string) => ({ resource_server_identifier: api, permission_name });

async function createApi(...scopes: string[]): Promise<string> {
  const { id } = await sdk.resourceServers.create({
    name: "API",
    identifier: api,
    scopes: scopes.map((value) => ({ value, description: `May ${value}` })),
  });
  return id ?? "";
}

async function createRole(name = "viewer"): Promise<string> {
  return (await sdk.roles.create({ name })).id ?? "";
}

async function createUser(email: string): Promise<string> {
  const name = "users";
  if ((await sdk.connections.list({ name })).data.length === 0) {
    await sdk.connections.create({ name, strategy: "auth0", options: { passwordPolicy: "none" } });
  }
  return (await sdk.users.create({ connection: name, email, password: "p" })).user_id ?? "";
}

describe("the SDK on roles", () => {
  test("a role is created, read, changed and deleted", async () => {
    const created = await sdk.roles.create({ name: "viewer", description: "Reads" });
    expect(created).toEqual({
      id: expect.stringMatching(/^rol_[A-Za-z0-9]{16}$/),
      name: "viewer",
      description: "Reads",
      type: "tenant",
    });
    const id = created.id ?? "";

    expect(await sdk.roles.get(id)).toEqual(created);
    expect(await sdk.roles.update(id, { description: "Reads all" })).toEqual({ ...created, description: "Reads all" });
    await sdk.roles.delete(id);
    await expect(sdk.roles.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { statusCode: 404, error: "Not Found", message: "The role does not exist." },
    });
  });

  test("pages of roles follow each other to the end, and a filter ignores case", async () => {
    for (let index = 1; index <= 5; index++) await createRole(`Role ${index}`);
    const names: (string | undefined)[] = [];
    for await (const role of await sdk.roles.list({ per_page: 2 })) names.push(role.name);

    expect(names).toEqual(["Role 1", "Role 2", "Role 3", "Role 4", "Role 5"]);
    expect((await sdk.roles.list({ name_filter: "rOLE 3" })).data.map(({ name }) => name)).toEqual(["Role 3"]);
  });

  test("a name is taken once, also by a change of name", async () => {
    await createRole("viewer");
    const other = await createRole("editor");
    const conflict = { statusCode: 409, body: { error: "Conflict", message: "The role already exists." } };

    await expect(sdk.roles.create({ name: "viewer" })).rejects.toMatchObject(conflict);
    await expect(sdk.roles.update(other, { name: "viewer" })).rejects.toMatchObject(conflict);
    expect(await sdk.roles.update(other, { name: "editor" })).toMatchObject({ name: "editor" });
  });
});

describe("a role's permissions", () => {
  test("are shown with the names of scope and API, each once, until they are taken away", async () => {
    await createApi("get:users", "post:users");
    const id = await createRole();
    await sdk.roles.permissions.add(id, { permissions: [permission("get:users"), permission("post:users")] });
    await sdk.roles.permissions.add(id, { permissions: [permission("get:users")] });

    expect((await sdk.roles.permissions.list(id)).data).toEqual([
      {
        permission_name: "get:users",
        description: "May get:users",
        resource_server_name: "API",
        resource_server_identifier: api,
      },
      expect.objectContaining({ permission_name: "post:users" }),
    ]);
    await sdk.roles.permissions.delete(id, { permissions: [permission("get:users"), permission("never:held")] });
    expect((await sdk.roles.permissions.list(id)).data).toEqual([
      expect.objectContaining({ permission_name: "post:users" }),
    ]);
  });

  test.each([
    ["an API that does not exist", { resource_server_identifier: "https://other/", permission_name: "get:users" }, 404],
    ["a scope that the API does not define", permission("delete:users"), 400],
  ])("%s cannot be assigned, and nothing else with it", async (_, unknown, statusCode) => {
    await createApi("get:users");
    const id = await createRole();

    const request = sdk.roles.permissions.add(id, { permissions: [permission("get:users"), unknown] });
    await expect(request).rejects.toMatchObject({ statusCode });
    expect((await sdk.roles.permissions.list(id)).data).toEqual([]);
  });

  test("are lost with the scope, and not found again when the scope comes back", async () => {
    const apiId = await createApi("get:users", "post:users");
    const id = await createRole();
    await sdk.roles.permissions.add(id, { permissions: [permission("get:users"), permission("post:users")] });
    await sdk.resourceServers.update(apiId, { scopes: [{ value: "post:users" }] });
    await sdk.resourceServers.update(apiId, { scopes: [{ value: "post:users" }, { value: "get:users" }] });

    const held = (await sdk.roles.permissions.list(id)).data.map(({ permission_name }) => permission_name);
    expect(held).toEqual(["post:users"]);
  });
});

describe("a role's users", () => {
  test("are listed from both sides, and lose the role when it is deleted", async () => {
    const id = await createRole();
    const [ada, ben] = [await createUser("ada@example.com"), await createUser("ben@example.com")];
    await sdk.roles.users.assign(id, { users: [ada, ben] });

    expect((await sdk.roles.users.list(id)).data).toEqual([
      { user_id: ada, email: "ada@example.com", name: "ada@example.com", picture: expect.stringContaining("gravatar") },
      expect.objectContaining({ user_id: ben }),
    ]);
    expect((await sdk.users.roles.list(ada)).data).toEqual([{ id, name: "viewer", description: "" }]);
    await sdk.roles.delete(id);
    expect((await sdk.users.roles.list(ada)).data).toEqual([]);
  });

  test("a user that does not exist gets no role, nor does the one beside it", async () => {
    const id = await createRole();
    const ada = await createUser("ada@example.com");

    await expect(sdk.roles.users.assign(id, { users: [ada, "auth0|none"] })).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The user does not exist.", errorCode: "inexistent_user" },
    });
    expect((await sdk.users.roles.list(ada)).data).toEqual([]);
  });
});

test.each([
  ["a field too many", { name: "x", permissions: [] }, "'Additional properties not allowed: permissions'."],
  ["no name", { description: "x" }, "'Missing required property: name'."],
  [
    "a name that is not text",
    { name: 1 },
    "'Expected type string but found type integer' on property name (Name of the role.).",
  ],
])("a role with %s is refused in Auth0's words", async (_, body, problem) => {
  const token = await managementToken(tenant);
  expect(await call(tenant, "/api/v2/roles", { method: "POST", token, body })).toMatchObject({
    status: 400,
    body: { message: `Payload validation error: ${problem}`, errorCode: "invalid_body" },
  });
});
