import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { takeRsaKeyPair } from "../../../support/rsa-key-pair.ts";

/**
 * What the Management API refuses beyond its schemas and how it says so, to the letter. Auth0's words where its answers are recorded or
 * its documents have them, the local tenant's own elsewhere.
 */
let tenant: LoginTenant;
let token: string;
/** What stands for `{…}` in paths and bodies. */
const known: Record<string, string> = {};
const ask = async (method: string, path: string, body?: unknown, scope = token) => {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
  const text = body === undefined ? undefined : fill(JSON.stringify(body));
  return call(tenant, `/api/v2${fill(path)}`, { method, token: scope, ...(text !== undefined && { body: text }) });
};
const make = async (path: string, body: object): Promise<string> => {
  const answer = await ask("POST", path, body);
  if (answer.status >= 300) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
  return (answer.body as { id: string }).id;
};
const POST_LOGIN = [{ id: "post-login", version: "v3" }];
const PEM = takeRsaKeyPair().publicKey.export({ type: "spki", format: "pem" }).toString();
const APP = { type: "totp", name: "app" };
const PROVIDER = { name: "custom", enabled: true, default_from_address: "a@shop.example", credentials: {} };
const PROFILE = { name: "shop", type: "custom_authentication", subject_token_type: "https://shop.example/token" };
const WEB = "{web}";

beforeAll(async () => {
  tenant = await startLoginTenant();
  token = await managementToken(tenant);
  known.web = tenant.web.client_id;
  known.user = (await tenant.addUser("ada@example.com")).user_id;
  known.org = await make("/organizations", { name: "acme" });
  known.role = await make("/roles", { name: "reader" });
  known.module = await make("/actions/modules", { name: "greeter", code: "1", publish: true });
  const { body } = await ask("GET", "/actions/modules/{module}/versions");
  known.version = (body as { versions: { id: string }[] }).versions[0]?.id ?? "";
  const modules = [{ module_id: known.module, module_version_id: known.version }];
  known.action = await make("/actions/actions", { name: "act", code: "1", supported_triggers: POST_LOGIN, modules });
  known.grant = await make("/client-grants", { client_id: WEB, audience: API, scope: [] });
  await make("/organizations/{org}/discovery-domains", { domain: "acme.example" });
  const keys = (await ask("GET", "/keys/signing")).body as readonly { kid: string; current?: boolean }[];
  known.kid = keys.find(({ current }) => current === true)?.kid ?? "";
  const apis = (await ask("GET", "/resource-servers")).body as readonly { id: string; is_system?: boolean }[];
  known.system = apis.find(({ is_system }) => is_system === true)?.id ?? "";
  tenant.setClient({ ...tenant.web, client_id: "global", name: "All", global: true });
  tenant.setConnection({ ...tenant.database, id: "con_google0000000000", name: "google", strategy: "google-oauth2" });
  tenant.setConnection({ ...tenant.database, id: "con_sms0000000000000", name: "sms", strategy: "sms" });
  tenant.setConnection({
    ...tenant.database,
    id: "con_strict0000000000",
    name: "strict",
    realms: ["strict"],
    options: {
      passwordPolicy: "low",
      password_dictionary: { enable: true, dictionary: ["letmein-letmein"] },
      password_no_personal_info: { enable: true },
    },
  });
  const add = async (body: object) => ((await ask("POST", "/users", body)).body as { user_id: string }).user_id;
  known.texted = await add({ connection: "sms", phone_number: "+4912345678" });
  const social = { connection: "google", user_id: "1", provider: "google-oauth2", isSocial: true };
  const { users } = tenant.tenant.state;
  users.set("google-oauth2|1", { ...users.get(known.user)!, user_id: "google-oauth2|1", identities: [social] });
});
afterAll(() => tenant.close());

const DRAFT = "embedded message failed validation | caused by: invalid Draft";
const action = (more: object) => ({ name: "other", code: "1", supported_triggers: POST_LOGIN, ...more });

test.each<[request: string, body: object | undefined, status: number, message: string]>([
  ["POST /actions/modules", { name: "greeter", code: "2" }, 409, "An action module with the same name already exists."],
  ["DELETE /actions/modules/{module}", undefined, 412, "Unable to delete an action module that is used by an action."],
  ["GET /actions/modules/{module}/versions/none", undefined, 404, "That action module version does not exist."],
  ["GET /actions/actions/{action}/versions/none", undefined, 404, "That action version does not exist."],
  [
    "PATCH /actions/triggers/credentials-exchange/bindings",
    { bindings: [{ ref: { type: "action_name", value: "act" } }] },
    400,
    "Trying to create a binding for an action that does not support the trigger credentials-exchange",
  ],
  [
    "POST /actions/actions",
    action({ code: "1".repeat(100_001) }),
    400,
    `invalid CreateActionRequest.Draft: ${DRAFT}.Code: value length must be at most 100000 bytes`,
  ],
  [
    "POST /actions/actions",
    action({ dependencies: Array.from({ length: 11 }, (_, index) => ({ name: `p${index}`, version: "1.0.0" })) }),
    400,
    `invalid CreateActionRequest.Draft: ${DRAFT}.Dependencies: value must contain no more than 10 item(s)`,
  ],
  [
    "POST /actions/actions",
    action({ secrets: [{ name: "", value: "v" }] }),
    400,
    `invalid CreateActionRequest.Draft: ${DRAFT}.Secrets[0].Name: value length must be between 1 and 128 runes, inclusive`,
  ],
  [
    "PATCH /actions/actions/{action}",
    { secrets: [{ name: "LONG", value: "v".repeat(4097) }] },
    400,
    `invalid UpdateActionRequest.Draft: ${DRAFT}.Secrets[0].Value: value length must be at most 4096 runes`,
  ],
  [
    "PATCH /actions/modules/{module}",
    { secrets: ["TWICE", "TWICE"].map((name) => ({ name, value: "v" })) },
    400,
    `invalid UpdateActionModuleRequest.Draft: ${DRAFT}.Secrets[1].Name: repeated value must contain unique items`,
  ],
  [
    "POST /actions/actions",
    action({ runtime: "node12" }),
    400,
    "runtime node12 is not supported by post-login v3: use node18-actions, node22",
  ],
  [
    "POST /clients/{web}/credentials",
    { credential_type: "public_key", pem: "not a key" },
    400,
    "pem must be an RSA public key of at least 2048 bits, or its certificate",
  ],
  [
    "POST /clients/{web}/credentials",
    { credential_type: "public_key", pem: PEM, parse_expiry_from_cert: true },
    400,
    "parse_expiry_from_cert needs a certificate in pem",
  ],
  ["GET /clients/{web}/credentials/none", undefined, 404, "The credential does not exist."],
  [
    "PATCH /clients/{web}",
    { client_authentication_methods: { private_key_jwt: { credentials: [{ id: "cred_none" }] } } },
    400,
    "The client has no credential cred_none.",
  ],
  [
    "POST /connections",
    { name: "other", strategy: "auth0", enabled_clients: ["none1", "none2"] },
    400,
    "The clients none1, none2 do not exist",
  ],
  [
    "POST /client-grants",
    { audience: API, scope: [] },
    400,
    "Payload validation error: 'Missing required property: client_id'.",
  ],
  [
    "POST /client-grants",
    { client_id: "global", audience: API, scope: [] },
    400,
    "Client of type global cannot be used",
  ],
  ["POST /jobs/users-exports", { format: "csv" }, 400, "The local tenant does not implement users exports as CSV."],
  ["POST /jobs/users-exports", {}, 400, "The local tenant does not implement users exports without fields."],
  [
    "POST /organizations/{org}/client-grants",
    { grant_id: "{grant}" },
    400,
    "The client grant must have organization_usage set to allow or require to be added to an organization.",
  ],
  [
    "POST /organizations/{org}/discovery-domains",
    { domain: "ACME.example" },
    409,
    "An organization domain with this name already exists.",
  ],
  [
    "POST /organizations/{org}/invitations",
    { inviter: { name: "Ada" }, invitee: { email: "bob@example.com" }, client_id: WEB },
    400,
    "A default login route is required to generate the invitation url. Set the client's initiate_login_uri, see https://auth0.com/docs/authenticate/login/auth0-universal-login/configure-default-login-routes",
  ],
  [
    "GET /organizations/{org}/members/{user}/effective-roles/sources/groups?role_id={role}",
    undefined,
    404,
    "The user is not a member of the organization.",
  ],
  ["GET /organizations?take=5&from=none", undefined, 400, "The 'from' parameter is not a valid checkpoint."],
  ["PATCH /custom-domains/default", { domain: "none.example" }, 404, "The custom domain does not exist."],
  ["GET /emails/provider", undefined, 404, "There is not a configured email provider"],
  ["PATCH /resource-servers/{system}", { name: "Mine" }, 400, "System resource servers cannot be updated."],
  [
    "POST /roles/{role}/permissions",
    { permissions: [{ resource_server_identifier: "https://none/", permission_name: "get:users" }] },
    404,
    "The resource server does not exist: 'https://none/'",
  ],
  [
    "POST /users/{user}/permissions",
    { permissions: [{ resource_server_identifier: API, permission_name: "get:none" }] },
    400,
    "Permission 'get:none' does not exist on resource server 'https://api.example.com/'.",
  ],
  [
    "GET /users?q=(&search_engine=v3",
    undefined,
    400,
    "Query validation error: 'q' is not a valid search. See https://auth0.com/docs/users/search/v3/query-syntax",
  ],
  [
    "GET /roles?include_totals=maybe",
    undefined,
    400,
    "Query validation error: 'Expected type boolean but found type string' on property include_totals (Return results inside an object that contains the total result count.).",
  ],
  ["POST /refresh-tokens/revoke", {}, 400, "Name either ids, or a user_id or client_id."],
  ["PUT /keys/signing/{kid}/revoke", undefined, 400, "The current signing key cannot be revoked: rotate first"],
  ["POST /tickets/password-change", {}, 400, "Give user_id, or connection_id with email."],
  ["POST /tickets/password-change", { user_id: "{texted}" }, 400, "The user does not have a password."],
  ["POST /tickets/email-verification", { user_id: "{texted}" }, 400, "The user does not have an email."],
  [
    "POST /tickets/email-verification",
    { user_id: "{user}", ttl_sec: 432_001 },
    400,
    "The local tenant does not implement ttl_sec of more than 432000.",
  ],
  [
    "PUT /users/{user}/authentication-methods",
    [APP, APP],
    400,
    "A user can have one authentication method of each type.",
  ],
  [
    "POST /users/{user}/authentication-methods",
    { ...APP, totp_secret: "short" },
    400,
    "totp_secret must be base32, of 16 characters at least",
  ],
  [
    "POST /users/{user}/authentication-methods",
    { type: "webauthn-roaming" },
    400,
    "The local tenant does not implement authentication methods of type webauthn-roaming.",
  ],
  ["GET /users/{user}/authentication-methods/none", undefined, 404, "The authentication method does not exist."],
  ["DELETE /users/{user}/identities/google-oauth2/1", undefined, 404, "The user identity does not exist."],
  [
    "DELETE /users/{texted}/identities/sms/{textedId}",
    undefined,
    400,
    "The primary identity of a user cannot be unlinked.",
  ],
  [
    "POST /users/{user}/identities",
    { provider: "auth0", user_id: "{user}" },
    400,
    "Main account and specified linked account can not be the same.",
  ],
  [
    "PATCH /users/google-oauth2%7C1",
    { given_name: "Ada", family_name: "Lovelace" },
    400,
    "The following user attributes cannot be updated: family_name, given_name. The connection (google) must either be a database connection (using the Auth0 store), a passwordless connection (email or sms) or has disabled 'Sync user profile attributes at each login'. For more information, see https://auth0.com/docs/dashboard/guides/connections/configure-connection-sync",
  ],
  [
    "POST /users",
    { connection: "strict", email: "eve@example.com", password: "abc" },
    400,
    "PasswordStrengthError: Password is too weak",
  ],
  [
    "POST /users",
    { connection: "strict", email: "eve@example.com", password: "letmein-letmein" },
    400,
    "PasswordDictionaryError: Password is too common",
  ],
  [
    "POST /users",
    { connection: "strict", email: "hopper@example.com", password: "xx-hopper-xx" },
    400,
    "PasswordNoUserInfoError: Password contains user information",
  ],
])("%s, with %p, is refused", async (request, body, status, message) => {
  known.textedId = known.texted?.split("|")[1] ?? "";
  const [method = "", path = ""] = request.split(" ");
  expect(await ask(method, path, body)).toMatchObject({
    status,
    body: {
      statusCode: status,
      error: { 400: "Bad Request", 404: "Not Found", 409: "Conflict", 412: "Precondition Failed" }[status],
      message,
    },
  });
});

test.each<[path: string, body: object, message: string]>([
  ["/emails/provider", PROVIDER, "It is already configured."],
  [
    "/token-exchange-profiles",
    { ...PROFILE, action_id: "{action}" },
    "There is already a record of /token-exchange-profiles with this subject_token_type.",
  ],
  ["/users/{user}/authentication-methods", APP, "The user has an authentication method of type totp already."],
])("POST %s a second time is a conflict", async (path, body, message) => {
  expect((await ask("POST", path, body)).status).toBe(201);
  expect(await ask("POST", path, body)).toMatchObject({ status: 409, body: { error: "Conflict", message } });
});

test.each<[path: string, body: object, held: string, needed: string]>([
  ["/clients/{web}", { client_secret: PASSWORD }, "update:clients", "update:client_keys"],
  ["/users/{user}", { given_name: "Ada" }, "update:users_app_metadata", "update:users"],
])("PATCH %s %j needs a scope more", async (path, body, held, needed) => {
  expect(await ask("PATCH", path, body, await managementToken(tenant, held))).toMatchObject({
    status: 403,
    body: {
      error: "Forbidden",
      errorCode: "insufficient_scope",
      message: `Insufficient scope, expected any of: ${needed}`,
    },
  });
});

test("of more than a hundred Actions none is made", async () => {
  const { actions } = tenant.tenant.state;
  const one = actions.get(known.action ?? "");
  for (let count = actions.size; count < 100; count += 1)
    actions.set(`a${count}`, { ...one!, id: `a${count}`, name: `a${count}` });
  expect(await ask("POST", "/actions/actions", action({}))).toMatchObject({
    status: 403,
    body: {
      errorCode: "too_many_entities",
      message: "You reached the limit of entities of this type for this tenant.",
    },
  });
});

test("the link of an export that nobody asked for has expired", async () => {
  expect(await call(tenant, "/users-exports/file.json.gz?ticket=none")).toMatchObject({
    status: 403,
    body: "Request has expired",
  });
});

test.each([
  ["a file that is not JSON", "{", "Failed to parse users file JSON when importing users. Make sure it is valid JSON."],
  [
    "a file that is not a list",
    "{}",
    "Failed to parse users file JSON when importing users. Make sure it is valid JSON.",
  ],
])("an import of %s is refused", async (_what, file, message) => {
  const form = new FormData();
  form.set("connection_id", tenant.database.id);
  form.set("users", new File([file], "users.json"));
  const encoded = new Response(form);
  const headers = { "content-type": encoded.headers.get("content-type") ?? "" };
  const body = await encoded.text();
  expect(await call(tenant, "/api/v2/jobs/users-imports", { method: "POST", token, headers, body })).toMatchObject({
    status: 400,
    body: { message },
  });
});

test("a form whose parts are not to be told apart is refused", async () => {
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  expect(
    await call(tenant, "/api/v2/jobs/users-imports", { method: "POST", token, headers, body: "no parts" }),
  ).toMatchObject({ status: 400, body: { message: "Invalid multipart payload format" } });
});
