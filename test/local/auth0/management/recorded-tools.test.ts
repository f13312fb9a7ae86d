import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { getRequestSchema } from "../../../../local/auth0/management/request-schemas/get-request-schema.ts";
import { checkBody } from "../../../../local/auth0/management/validation.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { type Answer, call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/** What real tenants answered other people's tools: from the public recordings of terraform-provider-auth0, the Auth0 CLI's code. */
let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  const actionBuilds = { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 };
  tenant = await startTestTenant({ actionBuilds });
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

type Body = Readonly<Record<string, unknown>>;

function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) });
}

async function make(path: string, body: Body): Promise<Body> {
  return (await send("POST", path, body)).body as Body;
}

describe("bodies that real tenants took are what they must be", () => {
  test.each<[string, Body]>([
    ["CreateFlowRequestContent", { name: "flow", description: "A flow", synchronous: true }],
    ["UpdateFlowRequestContent", { description: "A flow" }],
    ["CreateFormRequestContent", { name: "form", description: "A form", style: { version: "MODERN", theme: "SOFT" } }],
    ["UpdateClientRequestContent", { token_vault_privileged_access: null }],
    ["UpdateClientRequestContent", { session_transfer: { delegation: { enforce_device_binding: "asn" } } }],
    [
      "UpdateConnectionRequestContent",
      { options: { password_options: { complexity: { character_types: ["lowercase", "number"] } } } },
    ],
    [
      "CreateConnectionRequestContent",
      {
        name: "users",
        strategy: "auth0",
        options: { attributes: { username: { identifier: { active: true, default_method: "password" } } } },
      },
    ],
  ])("%s: %j", (name, body) => {
    expect(() => checkBody(body, getRequestSchema(name))).not.toThrow();
  });
});

test.each([
  "/custom-domains?q=domain:a",
  "/organizations?include_client_association_for=abc",
  "/rate-limit-policies?resource=oauth_authentication_api&take=50",
  "/rules-configs?include_totals=true&per_page=50",
  "/logs?search_engine=v3&q=type:s&page=0&per_page=1",
  "/roles?fields=id,name&include_fields=true",
])("GET %s is answered", async (path) => {
  expect(await send("GET", path)).toMatchObject({ status: 200 });
});

test.each(["strategy[0]=auth0", "strategy[0]=auth0&strategy[1]=google-oauth2", "strategy%5B0%5D=auth0"])(
  "connections are found by a list of strategies with numbers: %s",
  async (query) => {
    const name = `numbered-${[...query].length}`;
    await make("/connections", { name, strategy: "auth0" });
    await make("/connections", { name: `${name}-sms`, strategy: "sms" });
    const { status, body } = await send("GET", `/connections?${query}`);
    const names = (body as readonly Body[]).map((connection) => connection.name);
    expect({ status, isFound: names.includes(name), isOther: names.includes(`${name}-sms`) }).toEqual({
      status: 200,
      isFound: true,
      isOther: false,
    });
  },
);

test.each([
  ["https://a.b/", "https:%252F%252Fa.b%252F"],
  ["https://a.b/c?d=e f", "https%253A%252F%252Fa.b%252Fc%253Fd%253De%2520f"],
  ["urn:api:50%", "urn%253Aapi%253A50%2525"],
])("the API %s is found by its identifier, escaped twice", async (identifier, escaped) => {
  const { id } = await make("/resource-servers", { name: identifier, identifier });
  expect(await send("GET", `/resource-servers/${escaped}`)).toMatchObject({ status: 200, body: { id, identifier } });
});

test("custom domains are found by the beginning of their name", async () => {
  for (const domain of ["login.example.com", "id.example.com"]) {
    await make("/custom-domains", { domain, type: "self_managed_certs" });
  }
  const { body } = await send("GET", "/custom-domains?q=domain:login*&take=100");
  expect(body).toMatchObject({ custom_domains: [{ domain: "login.example.com" }] });
  expect((await send("GET", "/custom-domains")).body).toHaveLength(2);
});

test("roles show the fields that are asked for", async () => {
  await make("/roles", { name: "shown", description: "Fields" });
  const { body } = await send("GET", "/roles?name_filter=shown&fields=name");
  expect(body).toEqual([{ name: "shown" }]);
});

test.each([
  [{ name: "plain" }, { type: "tenant" }],
  [
    { name: "described", description: "" },
    { type: "tenant", description: "" },
  ],
])("a role made of %j has no description that nobody gave", async (given, added) => {
  const role = await make("/roles", given);
  expect(role).toEqual({ id: expect.any(String), ...given, ...added });
  expect((await send("GET", `/roles/${role.id}`)).body).toEqual(role);
});

describe("a connection by its id", () => {
  const asked = { strategy: "auth0", name: "some", realms: ["some"] };
  const always = {
    authentication: { active: true },
    connected_accounts: { active: false },
    is_domain_connection: false,
  };

  test.each([
    ["strategy,name", { strategy: "auth0", name: "some" }],
    ["realms", { realms: ["some"] }],
  ])("with the fields %s keeps its id and what it is used for", async (fields, shown) => {
    const { id } = await ensureConnection();
    const { body } = await send("GET", `/connections/${id}?fields=${fields}&include_fields=true`);
    expect(body).toEqual({ id, ...always, ...shown });
  });

  test("is deleted once, and once more with 204", async () => {
    const { id } = await make("/connections", { name: "gone", strategy: "auth0" });
    expect(await send("DELETE", `/connections/${id}`)).toMatchObject({ status: 202 });
    expect(await send("DELETE", `/connections/${id}`)).toMatchObject({ status: 204 });
  });

  async function ensureConnection(): Promise<Body> {
    const { body } = await send("GET", "/connections?name=some");
    return (body as readonly Body[])[0] ?? make("/connections", asked);
  }
});

test("a client's credentials are a bare list, whatever totals are asked for", async () => {
  const { client_id } = await make("/clients", { name: "keys" });
  const path = `/clients/${client_id}/credentials?include_totals=true`;
  expect(await send("GET", path)).toMatchObject({ status: 200, body: [] });
  await make(`/clients/${client_id}/credentials`, { credential_type: "cert_subject_dn", subject_dn: "C=US" });
  expect(await send("GET", path)).toMatchObject({ status: 200, body: [{ credential_type: "cert_subject_dn" }] });
});

test("an organization's domain can be removed twice", async () => {
  const { id } = await make("/organizations", { name: "domains" });
  const domain = await make(`/organizations/${id}/discovery-domains`, { domain: "twice.example.com" });
  const path = `/organizations/${id}/discovery-domains/${domain.id}`;
  expect([(await send("DELETE", path)).status, (await send("DELETE", path)).status]).toEqual([204, 204]);
  expect((await send("GET", path)).status).toBe(404);
});

test.each(["null", "{}", '{"update_draft":false}'])("a version is deployed again by the body %s", async (body) => {
  const { id } = await make("/actions/actions", {
    name: `again ${body.length}`,
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code: "exports.onExecutePostLogin = async () => {};",
  });
  await send("POST", `/actions/actions/${id}/deploy`);
  const { versions } = (await send("GET", `/actions/actions/${id}/versions`)).body as {
    readonly versions: readonly Body[];
  };
  const path = `/actions/actions/${id}/versions/${versions[0]?.id}/deploy`;
  expect(await send("POST", path, body)).toMatchObject({ status: 200 });
});

test.each(["connections", "enabled_connections"])("an organization's %s can be removed twice", async (kind) => {
  const { id } = await make("/organizations", { name: `twice-${kind.replace("_", "-")}` });
  const connection = await make("/connections", { name: `twice-${kind.replace("_", "-")}`, strategy: "auth0" });
  await send("POST", `/organizations/${id}/${kind}`, { connection_id: connection.id });
  const path = `/organizations/${id}/${kind}/${connection.id}`;
  expect([(await send("DELETE", path)).status, (await send("DELETE", path)).status]).toEqual([204, 204]);
});

test("a role for a user who is not a member is taken and gives nothing; for nobody it is refused", async () => {
  const { id } = await make("/organizations", { name: "acme" });
  await make("/connections", { name: "people", strategy: "auth0", options: { passwordPolicy: "none" } });
  const user = await make("/users", { connection: "people", email: "ada@example.com", password: "p" });
  const role = await make("/roles", { name: "guest" });
  const path = `/organizations/${id}/members/${encodeURIComponent(String(user.user_id))}/roles`;
  expect(await send("POST", path, { roles: [role.id] })).toMatchObject({ status: 204 });
  expect(await send("DELETE", path, { roles: [role.id] })).toMatchObject({ status: 204 });
  expect((await send("GET", `/organizations/${id}/members`)).body).toEqual([]);
  const nobody = `/organizations/${id}/members/auth0%7Cnone/roles`;
  expect(await send("POST", nobody, { roles: [role.id] })).toMatchObject({ status: 404 });
});

test.each([2, 3])("the last page of %i members is followed by an empty one", async (count) => {
  const { id } = await make("/organizations", { name: `pages-${count}` });
  await make("/connections", { name: "people", strategy: "auth0", options: { passwordPolicy: "none" } });
  const members: unknown[] = [];
  for (let at = 0; at < count; at += 1) {
    const email = `member${at}@pages-${count}.example.com`;
    members.push((await make("/users", { connection: "people", email, password: "p" })).user_id);
  }
  await send("POST", `/organizations/${id}/members`, { members });
  const read = async (from?: string) => {
    const query = new URLSearchParams({ take: "2", fields: "user_id", ...(from !== undefined && { from }) });
    return (await send("GET", `/organizations/${id}/members?${query}`)).body as {
      readonly members: readonly Body[];
      readonly next?: string;
    };
  };
  const found: unknown[] = [];
  let page = await read();
  while (page.next !== undefined) {
    expect(page.members).not.toEqual([]);
    found.push(...page.members.map(({ user_id }) => user_id));
    page = await read(page.next);
  }
  expect(page).toEqual({ members: [] });
  expect(found).toEqual(members);
});

test.each(["https://www.npmjs.com/package/lodash", "https://registry.example"])(
  "an Action's dependency may name a registry, which nobody asks: %s",
  async (registry_url) => {
    const { status, body } = await send("POST", "/actions/actions", {
      name: `from ${registry_url.length}`,
      supported_triggers: [{ id: "post-login", version: "v3" }],
      dependencies: [{ name: "stripe", version: "latest", registry_url }],
    });
    expect({ status, body }).toMatchObject({ status: 201, body: { dependencies: [{ name: "stripe" }] } });
  },
);

test.each([{ scope: ["read:all"] }, { scope: ["read:all", "read:some"] }])(
  "a grant of scopes that the API does not define is made: %j",
  async ({ scope }) => {
    const { client_id } = await make("/clients", { name: "m2m", app_type: "non_interactive" });
    const identifier = `urn:api:${scope.length}`;
    await make("/resource-servers", { identifier, scopes: [{ value: "read:some" }] });
    const answer = await send("POST", "/client-grants", { client_id, audience: identifier, scope });
    expect(answer).toMatchObject({ status: 201, body: { scope } });
  },
);

test("no token carries a scope that is granted and not defined", async () => {
  const { client_id, client_secret } = await make("/clients", { name: "m2m", app_type: "non_interactive" });
  const audience = "urn:api:defined";
  await make("/resource-servers", { identifier: audience, scopes: [{ value: "read:some" }] });
  await make("/client-grants", { client_id, audience, scope: ["read:all", "read:some"] });
  const body = { grant_type: "client_credentials", client_id, client_secret, audience };
  expect(await call(tenant, "/oauth/token", { method: "POST", body })).toMatchObject({ body: { scope: "read:some" } });
});

test("an invitation leads to the tenant's login route where the client has none", async () => {
  await send("PATCH", "/tenants/settings", { default_redirection_uri: "https://app.test/start" });
  const { id } = await make("/organizations", { name: "invites" });
  const { client_id } = await make("/clients", { name: "spa" });
  const invitation = { inviter: { name: "Ada" }, invitee: { email: "ben@example.com" }, client_id };
  const { invitation_url } = await make(`/organizations/${id}/invitations`, invitation);
  expect(invitation_url).toMatch(/^https:\/\/app\.test\/start\?invitation=\w+&organization=org_\w+&organization_name=/);
});

describe("a new client of", () => {
  const YEAR = { token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 };
  const MONTH = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 };
  const ENDLESS = {
    expiration_type: "non-expiring",
    infinite_token_lifetime: true,
    infinite_idle_token_lifetime: true,
  };
  test.each<[Body, Body]>([
    [{ app_type: "non_interactive" }, { refresh_token: { ...ENDLESS, ...YEAR } }],
    [{ app_type: "regular_web" }, { refresh_token: { ...ENDLESS, ...YEAR } }],
    [{ app_type: "native" }, { refresh_token: { ...ENDLESS, ...MONTH } }],
    [{ app_type: "spa" }, { refresh_token: { ...ENDLESS, ...MONTH } }],
    [
      { app_type: "resource_server" },
      { grant_types: [], oidc_conformant: true, jwt_configuration: { alg: "RS256", secret_encoded: false } },
    ],
    [
      { app_type: "express_configuration" },
      {
        oidc_conformant: true,
        grant_types: ["authorization_code", "client_credentials"],
        jwt_configuration: { alg: "RS256", secret_encoded: false },
        organization_usage: "require",
        organization_require_behavior: "pre_login_prompt",
        client_authentication_methods: { private_key_jwt: { credentials: [] } },
        refresh_token: { ...ENDLESS, ...MONTH },
      },
    ],
    [
      { app_type: "spa", is_first_party: false },
      {
        oidc_conformant: true,
        third_party_security_mode: "permissive",
        refresh_token: {
          ...MONTH,
          rotation_type: "rotating",
          expiration_type: "expiring",
          infinite_token_lifetime: false,
          infinite_idle_token_lifetime: false,
        },
      },
    ],
    [
      { app_type: "regular_web", is_first_party: false, third_party_security_mode: "strict" },
      {
        client_id: expect.stringMatching(/^tpc_/),
        oidc_conformant: true,
        grant_types: ["authorization_code"],
        jwt_configuration: { alg: "RS256", lifetime_in_seconds: 3600, secret_encoded: false },
        refresh_token: {
          ...YEAR,
          rotation_type: "non-rotating",
          expiration_type: "expiring",
          infinite_token_lifetime: true,
          infinite_idle_token_lifetime: false,
        },
      },
    ],
  ])("%j is completed as Auth0 does it", async (given, completed) => {
    const { body } = await send("POST", "/clients", { name: "new", ...given });
    expect(body).toMatchObject(completed);
    expect(body).toHaveProperty("jwt_configuration", completed.jwt_configuration ?? expect.anything());
  });
});

const SIGNUP = { status: "inactive" };
const NAMED = { identifier: { active: true } };

test.each<[string, Body]>([
  [
    "Cannot set both options.attributes and options.requires_username",
    { requires_username: true, attributes: { email: NAMED } },
  ],
  ["Cannot set both options.attributes and options.validation", { validation: {}, attributes: { username: NAMED } }],
  [
    "attributes must contain one active identifier",
    { attributes: { email: { identifier: { active: false } }, username: { identifier: { active: false } } } },
  ],
  [
    "attribute phone_number must also be required on signup",
    { attributes: { phone_number: { ...NAMED, profile_required: true, signup: SIGNUP } } },
  ],
  [
    "attribute username must also be required on signup",
    { attributes: { email: NAMED, username: { ...NAMED, profile_required: true, signup: SIGNUP } } },
  ],
])("a database is refused with: %s", async (message, options) => {
  const body = { name: "contradiction", strategy: "auth0", options };
  expect(await send("POST", "/connections", body)).toMatchObject({
    status: 400,
    body: { message, errorCode: "invalid_body" },
  });
});

test("a database that is there cannot come to have email addresses that several users share", async () => {
  const { id } = await make("/connections", {
    name: "sharing",
    strategy: "auth0",
    options: { attributes: { email: NAMED } },
  });
  const options = { attributes: { email: { ...NAMED, unique: false } } };
  expect(await send("PATCH", `/connections/${id}`, { options })).toMatchObject({
    status: 400,
    body: { message: "cannot add non-unique email attribute" },
  });
});

test.each([
  ["auth0", 400],
  ["google-oauth2", 400],
  ["oidc", 201],
])("a connection of strategy %s that asks for other applications' tokens is answered %i", async (strategy, status) => {
  const body = { name: `asking-${strategy}`, strategy, cross_app_access_requesting_app: { active: true } };
  expect((await send("POST", "/connections", body)).status).toBe(status);
});

describe("what belongs to a connection", () => {
  test.each(["scim-configuration", "directory-provisioning"])(
    "is not made for one that is not there: %s",
    async (kind) => {
      expect(await send("POST", `/connections/con_none000000000000/${kind}`, {})).toMatchObject({
        status: 404,
        body: { message: "The connection does not exist", errorCode: "inexistent_connection" },
      });
    },
  );

  test.each([
    ["auth0", 404],
    ["sms", 404],
    ["okta", 201],
  ])("is SCIM for the providers that have it: %s", async (strategy, status) => {
    const { id } = await make("/connections", { name: `scim-${strategy}`, strategy });
    expect((await send("POST", `/connections/${id}/scim-configuration`, {})).status).toBe(status);
  });
});

test.each<[string, Body]>([
  ["Payload validation error: Action type of `redirect` requires a `redirect_uri`", { action: { redirect: true } }],
  [
    "Invalid curated list name(s): auth0.unknown. Allowed curated list names are: auth0.low_reputation, auth0.icloud_relay_proxy",
    { action: { block: true }, match: { auth0_managed: ["auth0.unknown"] } },
  ],
  [
    "Payload validation error: 'Array items are not unique (indexes 0 and 1)' on property rule.match.auth0_managed.",
    { action: { block: true }, match: { auth0_managed: ["auth0.low_reputation", "auth0.low_reputation"] } },
  ],
])("an access control list is refused with: %s", async (message, rule) => {
  const body = {
    description: "List",
    active: true,
    priority: 30,
    rule: { match: { asns: [1] }, scope: "tenant", ...rule },
  };
  expect(await send("POST", "/network-acls", body)).toMatchObject({ status: 400, body: { message } });
});

describe("a role of an organization", () => {
  const owned = async (name: string) => (await make("/organizations", { name })).id;

  test("says whose it is, is found by that, and is gone with it", async () => {
    const owner_id = await owned("owner");
    const role = await make("/roles", { name: "operator", description: "Ship", type: "organization", owner_id });
    expect(role).toEqual({
      id: expect.stringMatching(/^rol_/),
      name: "operator",
      description: "Ship",
      type: "organization",
      owner_id,
    });
    expect((await send("GET", `/roles/${role.id}`)).body).toEqual(role);
    expect((await send("PATCH", `/roles/${role.id}`, { name: "pilot" })).body).toEqual({ ...role, name: "pilot" });
    const namesOf = async (query: string) =>
      ((await send("GET", `/roles?${query}`)).body as readonly Body[]).map(({ name }) => name);
    expect(await namesOf("type=organization")).toEqual(["pilot"]);
    expect(await namesOf(`owner_id=${owner_id}`)).toEqual(["pilot"]);
    expect(await namesOf("type=tenant&name_filter=pilot")).toEqual([]);
    expect(await namesOf("name_filter=pilot")).toEqual(["pilot"]);
    await send("DELETE", `/organizations/${owner_id}`);
    expect((await send("GET", `/roles/${role.id}`)).status).toBe(404);
  });

  test.each<[Body, number]>([
    [{ type: "organization" }, 400],
    [{ type: "organization", owner_id: "org_none000000000000" }, 404],
    [{ owner_id: "org_none000000000000" }, 400],
    [{ type: "tenant" }, 200],
  ])("%j is answered %i", async (whose, status) => {
    expect((await send("POST", "/roles", { name: "whose", ...whose })).status).toBe(status);
  });
});

test("a log stream to Mixpanel shows asterisks for its password, made, read and changed", async () => {
  const sink = { mixpanelRegion: "us", mixpanelProjectId: "1", mixpanelServiceAccountUsername: "reader" };
  const given = { ...sink, mixpanelServiceAccountPassword: "example-only" };
  const shown = { ...sink, mixpanelServiceAccountPassword: "********" };
  const stream = await make("/log-streams", { name: "Mixpanel", type: "mixpanel", sink: given });
  expect(stream.sink).toEqual(shown);
  expect(((await send("GET", `/log-streams/${stream.id}`)).body as Body).sink).toEqual(shown);
  expect(((await send("PATCH", `/log-streams/${stream.id}`, { sink: given })).body as Body).sink).toEqual(shown);
});

test.each(["POST", "PUT"])("groups of a directory are told by addresses that are some: %s", async (method) => {
  const { id } = await make("/connections", { name: `groups-${method}`, strategy: "google-apps" });
  const path = `/connections/${id}/directory-provisioning/synchronized-groups`;
  await make(`/connections/${id}/directory-provisioning`, {});
  expect(await send(method, path, { groups: [{ id: "a", email: "" }] })).toMatchObject({
    status: 400,
    body: {
      message:
        "Payload validation error: 'Object didn't pass validation for format email: ' on property groups[0].email (Google Workspace Directory group email).",
      errorCode: "invalid_body",
    },
  });
  expect((await send(method, path, { groups: [{ id: "a", email: "a@example.com" }] })).status).toBe(204);
});

test("clients are found by the organizations that their grants are for", async () => {
  const identifier = "urn:api:found";
  await make("/resource-servers", { identifier });
  const { id } = await make("/organizations", { name: "found" });
  const made: string[] = [];
  for (const more of [{}, { allow_any_organization: true, organization_usage: "allow" }]) {
    const { client_id } = await make("/clients", { name: "granted", app_type: "non_interactive" });
    const grant = await make("/client-grants", {
      client_id,
      audience: identifier,
      scope: [],
      organization_usage: "allow",
      ...more,
    });
    if (made.length === 0) await send("POST", `/organizations/${id}/client-grants`, { grant_id: grant.id });
    made.push(String(client_id));
  }
  const find = async (q: string) =>
    (
      (await send("GET", `/clients?${new URLSearchParams({ q, take: "50" })}`)).body as { readonly clients: Body[] }
    ).clients.map(({ client_id }) => client_id);
  expect(await find(`client_grant.organization_id:${id}`)).toEqual([made[0]]);
  expect(await find("client_grant.allow_any_organization:true")).toEqual([made[1]]);
});

describe("authentication methods of a user", () => {
  const MAIL = { type: "email", name: "Mail", email: "ada@example.com" };
  const PHONE = { type: "phone", phone_number: "+15555550100", preferred_authentication_method: "voice" };
  const APP = { type: "totp", totp_secret: "5HCWXIP2MJNSUBGYVUZFLRB2HWIGXR4SYJQXNBQ" };
  let path: string;
  beforeAll(async () => {
    await make("/connections", { name: "methods", strategy: "auth0", options: { passwordPolicy: "none" } });
    const user = await make("/users", { connection: "methods", email: "ada@methods.example.com", password: "p" });
    path = `/users/${encodeURIComponent(String(user.user_id))}/authentication-methods`;
  });

  test("are given in full and masked afterwards, one of each type", async () => {
    const { status, body } = await send("PUT", path, [MAIL, PHONE, APP]);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: [
        { id: expect.stringMatching(/^email\|dev_/), ...MAIL },
        { ...PHONE, authentication_methods: [{ type: "voice" }] },
        APP,
      ],
    });
    expect((await send("GET", path)).body).toMatchObject([
      { type: "email", name: "Mail", email: "***@exam*******", confirmed: true },
      { type: "phone", phone_number: "XXXXXXXX0100" },
      { type: "totp" },
    ]);
    expect((await send("GET", path)).body).not.toMatchObject([{}, {}, { totp_secret: expect.anything() }]);
    expect(await send("POST", path, MAIL)).toMatchObject({ status: 409 });
    const [{ id }] = body as readonly [Body];
    expect(await send("PATCH", `${path}/${encodeURIComponent(String(id))}`, { name: "Post" })).toMatchObject({
      status: 200,
      body: { name: "Post" },
    });
    expect(await send("DELETE", path)).toMatchObject({ status: 204 });
    expect((await send("GET", path)).body).toEqual([]);
  });

  test.each([
    [{ type: "email" }],
    [{ type: "phone", phone_number: "0123" }],
    [{ type: "totp", totp_secret: "1" }],
    [{ type: "passkey" }],
  ])("are refused: %j", async (method) => {
    expect(await send("POST", path, method)).toMatchObject({ status: 400 });
  });
});

test("a tenant has one provider of text messages", async () => {
  const provider = {
    name: "twilio",
    configuration: { sid: "sid1", delivery_methods: ["text"] },
    credentials: { auth_token: "auth123" },
  };
  expect(await send("POST", "/branding/phone/providers", provider)).toMatchObject({ status: 201 });
  expect(await send("POST", "/branding/phone/providers", provider)).toMatchObject({ status: 409 });
});

test.each([
  [
    "/event-streams/est_a_1",
    "Path validation error: 'Object didn't pass validation for format event-stream-id: est_a_1' on property id (Unique identifier for the event stream).",
  ],
  ["/network-acls/acl_a_1", "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'"],
])("%s is not an id of its kind, to read or to delete", async (path, message) => {
  const refusal = { status: 400, body: { message, errorCode: "invalid_uri" } };
  expect(await send("GET", path)).toMatchObject(refusal);
  expect(await send("DELETE", path)).toMatchObject(refusal);
  expect(await send("GET", path.replace("a_1", "a1"))).toMatchObject({ status: 404 });
});

test("a database whose attributes have usernames lets one be changed", async () => {
  const attributes = { email: { signup: { status: "required" } }, username: { signup: { status: "optional" } } };
  await make("/connections", { name: "with-usernames", strategy: "auth0", options: { attributes } });
  const user = {
    connection: "with-usernames",
    email: "u@example.com",
    username: "first",
    password: "Passw0rd-of-a-user",
  };
  const { user_id } = await make("/users", user);
  expect(await send("PATCH", `/users/${user_id}`, { username: "second" })).toMatchObject({
    status: 200,
    body: { username: "second" },
  });
});

// The enumerations of auth0 7.1.
test.each([
  ["/prompts/nope/custom-text/en", "'No enum match for: nope' on property prompt."],
  ["/prompts/login/custom-text/xx", "'No enum match for: xx' on property language."],
  ["/prompts/nope/partials", "'No enum match for: nope' on property prompt."],
  ["/prompts/nope/screen/login/rendering", "'No enum match for: nope' on property prompt."],
])("GET %s names what Auth0 does not have", async (path, problem) => {
  expect(await send("GET", path)).toMatchObject({
    status: 400,
    body: { message: `Path validation error: ${problem}`, errorCode: "invalid_uri" },
  });
});
