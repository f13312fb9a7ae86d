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

const NOT_FOUND = { statusCode: 404, body: { message: "No organization found by that id or name" } };

async function createOrganization(name = "acme"): Promise<string> {
  return (await sdk.organizations.create({ name })).id ?? "";
}

async function createDatabase(name = "users"): Promise<string> {
  const options = { passwordPolicy: "none" as const };
  return (await sdk.connections.create({ name, strategy: "auth0", options })).id ?? "";
}

async function createUser(email: string): Promise<string> {
  return (await sdk.users.create({ connection: "users", email, password: "p" })).user_id ?? "";
}

describe("the SDK on organizations", () => {
  test("an organization is created, found by id and by name, changed and deleted", async () => {
    const created = await sdk.organizations.create({
      name: "acme",
      display_name: "Acme",
      branding: { colors: { primary: "#57ddff", page_background: "#fff5f5" } },
      metadata: { tier: "gold" },
    });
    expect(created).toEqual({
      id: expect.stringMatching(/^org_[A-Za-z0-9]{16}$/),
      name: "acme",
      display_name: "Acme",
      branding: { colors: { primary: "#57ddff", page_background: "#fff5f5" } },
      metadata: { tier: "gold" },
      third_party_client_access: "block",
      is_app_entitlement_active: false,
    });
    const id = created.id ?? "";

    expect(await sdk.organizations.get(id)).toEqual(created);
    expect(await sdk.organizations.getByName("acme")).toEqual(created);
    expect(await sdk.organizations.update(id, { display_name: "Acme Inc." })).toEqual({
      ...created,
      display_name: "Acme Inc.",
    });
    await sdk.organizations.delete(id);
    await expect(sdk.organizations.get(id)).rejects.toMatchObject(NOT_FOUND);
    await expect(sdk.organizations.getByName("acme")).rejects.toMatchObject(NOT_FOUND);
  });

  test("pages follow each other to the end, the last one without a next", async () => {
    for (let index = 1; index <= 5; index++) await createOrganization(`org-${index}`);
    const names: (string | undefined)[] = [];
    for await (const organization of await sdk.organizations.list({ take: 2 })) names.push(organization.name);
    expect(names).toEqual(["org-1", "org-2", "org-3", "org-4", "org-5"]);

    const token = await managementToken(tenant);
    const { body } = await call(tenant, "/api/v2/organizations?take=5&include_totals=true", { token });
    expect(Object.keys(body as object)).toEqual(["organizations"]);
  });

  test("a name is taken once", async () => {
    await createOrganization("acme");
    const conflict = { statusCode: 409, body: { message: "An organization with this name already exists." } };
    await expect(createOrganization("acme")).rejects.toMatchObject(conflict);
    await expect(sdk.organizations.update(await createOrganization("other"), { name: "acme" })).rejects.toMatchObject(
      conflict,
    );
  });

  test.each([
    ["capitals in its name", { name: "Acme" }],
    ["a name that is too long", { name: "a".repeat(51) }],
    ["no name", {}],
    ["an unknown field", { name: "acme", owner: "ada" }],
    [
      "26 keys of metadata",
      { name: "acme", metadata: Object.fromEntries(Array.from({ length: 26 }, (_, i) => [`k${i}`, "v"])) },
    ],
  ])("%s is refused", async (_, body) => {
    const token = await managementToken(tenant);
    expect(await call(tenant, "/api/v2/organizations", { method: "POST", token, body })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^Payload validation error: '/), errorCode: "invalid_body" },
    });
  });
});

test.each([
  { token_quota: { client_credentials: { enforce: true, per_day: 1 } } },
  { is_app_entitlement_active: true },
])("%j is kept, and taken away again", async (setting) => {
  const token = await managementToken(tenant);
  const organization = await createOrganization();
  const path = `/api/v2/organizations/${organization}`;
  const [[name = "", value] = []] = Object.entries(setting);
  const off = typeof value === "boolean" ? false : null;

  const create = { method: "POST", token, body: { name: "other", ...setting } };
  expect(await call(tenant, "/api/v2/organizations", create)).toMatchObject({ status: 201, body: setting });
  expect(await call(tenant, path, { method: "PATCH", token, body: setting })).toMatchObject({ body: setting });
  const changed = await call(tenant, path, { method: "PATCH", token, body: { [name]: off } });
  expect((changed.body as Record<string, unknown>)[name]).toBe(off ?? undefined);
});

describe("an organization's members", () => {
  test("are listed, with their roles where those are asked for, and leave again", async () => {
    await createDatabase();
    const id = await createOrganization();
    const [ada, ben] = [await createUser("ada@example.com"), await createUser("ben@example.com")];
    const role = (await sdk.roles.create({ name: "admin" })).id ?? "";
    await sdk.organizations.members.create(id, { members: [ada, ben] });
    await sdk.organizations.members.create(id, { members: [ada] });
    await sdk.organizations.members.roles.assign(id, ada, { roles: [role] });

    expect((await sdk.organizations.members.list(id)).data).toEqual([
      { user_id: ada, email: "ada@example.com", name: "ada@example.com", picture: expect.any(String) },
      expect.objectContaining({ user_id: ben }),
    ]);
    expect((await sdk.organizations.members.list(id, { fields: "user_id,roles" })).data).toEqual([
      { user_id: ada, roles: [{ id: role, name: "admin" }] },
      { user_id: ben, roles: [] },
    ]);
    // A role of a member is not a role of the user.
    expect((await sdk.users.roles.list(ada)).data).toEqual([]);
    expect((await sdk.users.organizations.list(ada)).data).toEqual([expect.objectContaining({ id, name: "acme" })]);
    expect((await sdk.organizations.members.roles.list(id, ada)).data).toEqual([
      { id: role, name: "admin", description: "" },
    ]);
    await sdk.organizations.members.roles.delete(id, ada, { roles: [role] });
    expect((await sdk.organizations.members.roles.list(id, ada)).data).toEqual([]);
    await sdk.organizations.members.delete(id, { members: [ada] });
    expect((await sdk.organizations.members.list(id)).data).toHaveLength(1);
  });

  test("are users: with one who is not, nobody becomes one", async () => {
    await createDatabase();
    const id = await createOrganization();
    const ada = await createUser("ada@example.com");
    await expect(sdk.organizations.members.create(id, { members: [ada, "auth0|none"] })).rejects.toMatchObject({
      statusCode: 404,
    });
    expect((await sdk.organizations.members.list(id)).data).toEqual([]);
    await expect(sdk.organizations.members.roles.list(id, ada)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("an organization's connections", () => {
  test("are the same through both generations of endpoints", async () => {
    const id = await createOrganization();
    const connection_id = await createDatabase();
    const token = await managementToken(tenant);
    const path = `/api/v2/organizations/${id}`;
    const body = { connection_id, assign_membership_on_login: true };

    expect(await call(tenant, `${path}/connections`, { method: "POST", token, body })).toEqual({
      status: 201,
      headers: expect.anything(),
      body: {
        connection_id,
        assign_membership_on_login: true,
        is_signup_enabled: false,
        show_as_button: true,
        is_enabled: true,
        organization_access_level: "none",
        connection: { name: "users", strategy: "auth0" },
      },
    });
    expect(await sdk.organizations.enabledConnections.update(id, connection_id, { is_signup_enabled: true })).toEqual({
      connection_id,
      assign_membership_on_login: true,
      is_signup_enabled: true,
      show_as_button: true,
      connection: { name: "users", strategy: "auth0" },
    });
    expect((await sdk.organizations.enabledConnections.list(id)).data).toHaveLength(1);
    await sdk.organizations.connections.update(id, connection_id, { is_enabled: false });
    expect((await sdk.organizations.enabledConnections.list(id)).data).toEqual([]);
    expect((await call(tenant, `${path}/connections?include_totals=true`, { token })).body).toMatchObject({
      connections: [{ connection_id, is_enabled: false }],
      start: 0,
      limit: 50,
      total: 1,
    });
    await sdk.organizations.enabledConnections.delete(id, connection_id);
    await expect(sdk.organizations.enabledConnections.get(id, connection_id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "No connection found by that id" },
    });
  });

  const signup = "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.";
  test.each([
    ["a sign-up without membership", { is_signup_enabled: true }, 400, signup],
    [
      "a connection that does not exist",
      { connection_id: "con_0000000000000000" },
      404,
      "No connection found by that id",
    ],
    ["one that it has already", {}, 409, "The organization connection already exists."],
  ])("are refused: %s", async (_, fields, statusCode, message) => {
    const id = await createOrganization();
    const connection_id = await createDatabase();
    if (statusCode === 409) await sdk.organizations.enabledConnections.add(id, { connection_id });
    const request = sdk.organizations.enabledConnections.add(id, { connection_id, ...fields });
    await expect(request).rejects.toMatchObject({ statusCode, body: { message } });
  });
});

describe("an organization's machines", () => {
  test("get in by a grant that allows organizations, once", async () => {
    const id = await createOrganization();
    const audience = "https://api.example.com/";
    await sdk.resourceServers.create({ identifier: audience, scopes: [{ value: "a" }] });
    const { client_id = "" } = await sdk.clients.create({ name: "worker", app_type: "non_interactive" });
    const grant = await sdk.clientGrants.create({ client_id, audience, scope: ["a"], organization_usage: "require" });
    const grant_id = grant.id ?? "";

    expect(await sdk.organizations.clientGrants.create(id, { grant_id })).toMatchObject({
      client_id,
      audience,
      scope: ["a"],
    });
    expect((await sdk.organizations.clientGrants.list(id)).data).toEqual([expect.objectContaining({ id: grant_id })]);
    await expect(sdk.organizations.clientGrants.create(id, { grant_id })).rejects.toMatchObject({
      statusCode: 409,
      body: { message: "The client grant has already been added to this organization." },
    });
    await sdk.organizations.clientGrants.delete(id, grant_id);
    expect((await sdk.organizations.clientGrants.list(id)).data).toEqual([]);
  });

  test("do not get in by a grant that denies organizations, or that does not exist", async () => {
    const id = await createOrganization();
    await sdk.resourceServers.create({ identifier: "https://api/" });
    const { client_id = "" } = await sdk.clients.create({ name: "worker" });
    const grant = await sdk.clientGrants.create({ client_id, audience: "https://api/", scope: [] });

    const add = (grant_id: string) => sdk.organizations.clientGrants.create(id, { grant_id });
    await expect(add(grant.id ?? "")).rejects.toMatchObject({ statusCode: 400 });
    await expect(add("cgr_0000000000000000")).rejects.toMatchObject({ statusCode: 404 });
  });

  test("and applications are associated with what members may do with them", async () => {
    const id = await createOrganization();
    const { client_id = "" } = await sdk.clients.create({ name: "spa", app_type: "spa" });
    const added = await sdk.organizations.clients.create(id, { clients: [{ client_id, use_for_member_access: true }] });

    const client = expect.objectContaining({ name: "spa", is_first_party: true });
    expect(added).toEqual([{ client_id, use_for_member_access: true, client }]);
    expect((await sdk.organizations.clients.list(id)).data).toEqual([
      { client_id, use_for_member_access: true, client },
    ]);
    await sdk.organizations.clients.delete(id, { clients: [client_id] });
    expect((await sdk.organizations.clients.list(id)).data).toEqual([]);
  });
});

describe("an organization's domains", () => {
  test("are added with what proves them, verified, found by name and removed", async () => {
    const id = await createOrganization();
    const domain = await sdk.organizations.discoveryDomains.create(id, { domain: "acme.example" });
    expect(domain).toEqual({
      id: expect.stringMatching(/^ord_[A-Za-z0-9]{22}$/),
      domain: "acme.example",
      status: "pending",
      verification_host: `_ss-verification.${id}.acme.example`,
      verification_txt: expect.stringMatching(/^[0-9a-f]{32}$/),
      use_for_organization_discovery: true,
    });
    await sdk.organizations.discoveryDomains.update(id, domain.id, { status: "verified" });
    expect(await sdk.organizations.discoveryDomains.getByName(id, "acme.example")).toMatchObject({
      status: "verified",
    });
    await expect(sdk.organizations.discoveryDomains.create(id, { domain: "ACME.example" })).rejects.toMatchObject({
      statusCode: 409,
    });
    await sdk.organizations.discoveryDomains.delete(id, domain.id);
    await expect(sdk.organizations.discoveryDomains.get(id, domain.id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "No organization domain found by that id" },
    });
  });
});

describe("an invitation", () => {
  const inviter = { name: "Ada" };
  const invitee = { email: "ben@example.com" };

  test("carries its ticket to the client's login route, lasts a week, and is in no log", async () => {
    const id = await createOrganization();
    const { client_id = "" } = await sdk.clients.create({
      name: "spa",
      initiate_login_uri: "https://app.example/login",
    });
    const invitation = await sdk.organizations.invitations.create(id, { inviter, invitee, client_id });

    const ticket = invitation.ticket_id ?? "";
    expect(invitation).toEqual({
      id: expect.stringMatching(/^uinv_[A-Za-z0-9]{16}$/),
      organization_id: id,
      inviter,
      invitee,
      client_id,
      ticket_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      invitation_url: `https://app.example/login?invitation=${ticket}&organization=${id}&organization_name=acme`,
      created_at: expect.any(String),
      expires_at: expect.any(String),
    });
    expect(Date.parse(invitation.expires_at ?? "") - Date.parse(invitation.created_at ?? "")).toBe(604_800_000);
    expect(JSON.stringify(tenant.tenant.logs.entries())).not.toContain(ticket);

    const token = await managementToken(tenant);
    expect((await call(tenant, `/api/v2/organizations/${id}/invitations?include_totals=true`, { token })).body).toEqual(
      {
        invitations: [invitation],
        start: 0,
        limit: 50,
      },
    );
    await sdk.organizations.invitations.delete(id, invitation.id ?? "");
    await expect(sdk.organizations.invitations.get(id, invitation.id ?? "")).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The invitation does not exist.", errorCode: "inexistent_invitation" },
    });
  });

  test("needs a client with a login route, and roles that exist", async () => {
    const id = await createOrganization();
    const { client_id = "" } = await sdk.clients.create({ name: "spa" });
    const invite = (fields: object) =>
      sdk.organizations.invitations.create(id, { inviter, invitee, client_id, ...fields });

    await expect(invite({})).rejects.toMatchObject({
      statusCode: 400,
      body: { message: expect.stringMatching(/^A default login route is required/) },
    });
    await expect(invite({ client_id: "none" })).rejects.toMatchObject({ statusCode: 404 });
    await expect(invite({ roles: ["rol_0000000000000000"] })).rejects.toMatchObject({ statusCode: 404 });
  });
});

test("nothing is left of an organization that is deleted", async () => {
  const connection_id = await createDatabase();
  const id = await createOrganization();
  await sdk.organizations.members.create(id, { members: [await createUser("ada@example.com")] });
  await sdk.organizations.enabledConnections.add(id, { connection_id });
  await sdk.organizations.discoveryDomains.create(id, { domain: "acme.example" });
  await sdk.organizations.delete(id);

  const { organizationMembers, organizationConnections, discoveryDomains } = tenant.tenant.state;
  expect([organizationMembers.size, organizationConnections.size, discoveryDomains.size]).toEqual([0, 0, 0]);
});

test("a portal can give each customer an organization and a key of its own", async () => {
  await createDatabase();
  const audience = "https://api.example.com/";
  await sdk.resourceServers.create({ identifier: audience, scopes: [{ value: "get:users" }] });
  await createUser("ada@example.com");

  const [user] = await sdk.users.listUsersByEmail({ email: "ada@example.com" });
  const userId = user?.user_id ?? "";
  const organization_id = await createOrganization("adaexamplecom");
  await sdk.organizations.members.create(organization_id, { members: [userId] });
  await sdk.users.update(userId, { app_metadata: { customerId: "cus_1" } });
  expect((await sdk.users.organizations.list(userId)).data).toHaveLength(1);
  const client = await sdk.clients.create({
    name: "key",
    app_type: "non_interactive",
    is_first_party: true,
    default_organization: { organization_id, flows: ["client_credentials"] },
    organization_usage: "require",
  });
  const grant = await sdk.clientGrants.create({
    client_id: client.client_id ?? "",
    audience,
    scope: [],
    organization_usage: "require",
    allow_any_organization: false,
  });
  await sdk.organizations.clientGrants.create(organization_id, { grant_id: grant.id ?? "" });
  expect((await sdk.organizations.clientGrants.list(organization_id)).data).toEqual([
    expect.objectContaining({ client_id: client.client_id, audience }),
  ]);
});

test("a grant that an organization does not have cannot be taken from it", async () => {
  const id = await createOrganization();
  await expect(sdk.organizations.clientGrants.delete(id, "cgr_none")).rejects.toMatchObject({
    statusCode: 404,
    body: { message: "The grant does not exist.", errorCode: "inexistent_client_grant" },
  });
});
