import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { logIn } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

/** What a user may, has agreed to, and holds: seen, and taken away. */
let tenant: LoginTenant;
let sdk: ManagementClient;
let email: string;
let userId: string;
let people = 0;
beforeAll(async () => {
  tenant = await startLoginTenant();
  sdk = createManagementClient(tenant);
});
afterAll(() => tenant.close());
beforeEach(async () => {
  people += 1;
  email = `eve${people}@example.com`;
  userId = (await tenant.addUser(email)).user_id;
});

const scope = (permission_name: string) => ({ permission_name, resource_server_identifier: API });

describe("by roles and directly", () => {
  let role: string;
  beforeEach(async () => {
    role = (await sdk.roles.create({ name: `reader ${people}` })).id ?? "";
    await sdk.roles.permissions.add(role, { permissions: [scope("get:users"), scope("get:orders")] });
    await sdk.users.roles.assign(userId, { roles: [role] });
    await sdk.users.permissions.create(userId, { permissions: [scope("get:users")] });
  });

  test("permissions are told once each, with all that they come from", async () => {
    const list = await sdk.users.effectivePermissions.list(userId, { resource_server_identifier: API });
    expect(list.data.map(({ permission_name, sources }) => [permission_name, sources])).toEqual([
      ["get:users", ["direct", "roles"]],
      ["get:orders", ["roles"]],
    ]);
    const other = await sdk.users.effectivePermissions.list(userId, { resource_server_identifier: "https://other/" });
    expect(other.data).toEqual([]);
  });

  test("so are roles, and the roles that a permission comes from", async () => {
    const shown = { id: role, name: `reader ${people}`, description: "", sources: ["direct"] };
    expect((await sdk.users.effectiveRoles.list(userId)).data).toEqual([shown]);
    const sources = sdk.users.effectivePermissions.sources.roles;
    expect((await sources.list(userId, scope("get:orders"))).data).toEqual([shown]);
    expect((await sources.list(userId, scope("delete:orders"))).data).toEqual([]);
    expect((await sdk.users.effectiveRoles.sources.groups.list(userId, { role_id: role })).data).toEqual([]);
  });

  test("members of an organization have theirs, and a role its members", async () => {
    const { id = "" } = await sdk.organizations.create({ name: `org-${people}` });
    await sdk.organizations.members.create(id, { members: [userId] });
    await sdk.organizations.members.roles.assign(id, userId, { roles: [role] });
    expect((await sdk.organizations.members.effectiveRoles.list(id, userId)).data).toMatchObject([{ id: role }]);
    expect((await sdk.organizations.roles.members.list(id, role)).data).toMatchObject([{ user_id: userId, email }]);
    await sdk.organizations.members.roles.delete(id, userId, { roles: [role] });
    expect((await sdk.organizations.roles.members.list(id, role)).data).toEqual([]);
  });

  test.each([
    ["a user that there is none of", "auth0|nobody", 404],
    ["an id that is not one", "nobody", 404],
  ])("%s has none", async (_, id, statusCode) => {
    await expect(sdk.users.effectiveRoles.list(id)).rejects.toMatchObject({ statusCode });
  });
});

describe("consents", () => {
  const agree = (audience: string) =>
    tenant.tenant.state.consents.set(`${userId}:${tenant.spa.client_id}:${audience}`, {
      user_id: userId,
      client_id: tenant.spa.client_id,
      audience,
      scope: ["openid", "get:users"],
    });

  test("are listed by user, and one that is taken away takes the refresh tokens of its API along", async () => {
    const { tokens } = await logIn(tenant, tenant.spa, email, { scope: "openid offline_access" });
    expect(tokens.refresh_token).toBeDefined();
    agree(API);
    agree("https://other.example.com/");
    const { data } = await sdk.userGrants.list({ user_id: userId });
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        clientID: tenant.spa.client_id,
        user_id: userId,
        audience: API,
        scope: ["openid", "get:users"],
      },
      expect.objectContaining({ audience: "https://other.example.com/" }),
    ]);
    await sdk.userGrants.delete(data[1]?.id ?? "");
    expect((await sdk.users.refreshToken.list(userId)).data).toHaveLength(1);
    await sdk.userGrants.delete(data[0]?.id ?? "");
    expect((await sdk.users.refreshToken.list(userId)).data).toEqual([]);
    expect((await sdk.userGrants.list({ user_id: userId })).data).toEqual([]);
  });

  test("of a user go all at once, and nobody else's", async () => {
    agree(API);
    agree("");
    const first = userId;
    userId = (await tenant.addUser(`other-${email}`)).user_id;
    agree(API);
    await sdk.userGrants.deleteByUserId({ user_id: first });
    expect((await sdk.userGrants.list({ user_id: first })).data).toEqual([]);
    expect((await sdk.userGrants.list({ user_id: userId })).data).toHaveLength(1);
    await expect(sdk.userGrants.deleteByUserId({ user_id: "" })).rejects.toMatchObject({ statusCode: 400 });
  });
});

test("a refresh token is a device's credential, and is gone when that is deleted", async () => {
  await logIn(tenant, tenant.spa, email, { scope: "openid offline_access" });
  const list = async (type: "refresh_token" | "rotating_refresh_token" | "public_key") =>
    (await sdk.deviceCredentials.list({ user_id: userId, type })).data;
  const [credential] = await list("rotating_refresh_token");
  expect(credential).toMatchObject({ type: "rotating_refresh_token", client_id: tenant.spa.client_id });
  expect([await list("refresh_token"), await list("public_key")]).toEqual([[], []]);
  await sdk.deviceCredentials.delete(credential?.id ?? "");
  expect((await sdk.users.refreshToken.list(userId)).data).toEqual([]);
});

test("a connection's user is deleted by email, and no other connection's", async () => {
  const { id = "" } = await sdk.connections.create({ name: `second-${people}`, strategy: "auth0" });
  const password = "correct-horse-Battery-9";
  const other = await sdk.users.create({ connection: `second-${people}`, email, password });
  await sdk.connections.users.deleteByEmail(id, { email });
  await expect(sdk.users.get(other.user_id ?? "")).rejects.toMatchObject({ statusCode: 404 });
  expect(await sdk.users.get(userId)).toMatchObject({ email });
  // Once more finds nobody, and an address that is none is refused.
  await sdk.connections.users.deleteByEmail(id, { email });
  await expect(sdk.connections.users.deleteByEmail(id, { email: "eve" })).rejects.toMatchObject({ statusCode: 400 });
});
