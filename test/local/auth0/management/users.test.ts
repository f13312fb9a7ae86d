import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { isPasswordOf } from "../../../../local/auth0/users/set-password.ts";
import { createMovableClock, type MovableClock } from "../../../../local/clock.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let clock: MovableClock;
let tenant: LocalTenant;
let sdk: ManagementClient;
beforeEach(async () => {
  // Each look at it is a millisecond later: what has one time was written with one.
  let time = Date.parse("2026-11-20T12:00:00.000Z");
  clock = createMovableClock(() => time++);
  tenant = await startTestTenant({ clock: clock.now });
  sdk = createManagementClient(tenant);
  await sdk.connections.create({ name: "users", strategy: "auth0", options: { passwordPolicy: "good" } });
});
afterEach(() => tenant.close());

const PASSWORD = "Correct-horse-1";
const CONNECTION = "users";

async function createUser(fields: Partial<Management.CreateUserRequestContent> = {}): Promise<string> {
  return (
    (await sdk.users.create({ connection: CONNECTION, email: "ada@example.com", password: PASSWORD, ...fields }))
      .user_id ?? ""
  );
}

/** Puts a user into the tenant as a first login with Google would. */
function addGoogleUser(id: string, email: string): string {
  const user_id = `google-oauth2|${id}`;
  const now = new Date(clock.now()).toISOString();
  tenant.tenant.state.users.set(user_id, {
    user_id,
    email,
    email_verified: true,
    name: "Ada",
    identities: [{ connection: "google-oauth2", user_id: id, provider: "google-oauth2", isSocial: true }],
    created_at: now,
    updated_at: now,
  });
  return user_id;
}

describe("the SDK on users", () => {
  test("a user has a name, a nickname and a picture made from the email, and no trace of the password", async () => {
    const user = await sdk.users.create({ connection: CONNECTION, email: "Ada@Example.com", password: PASSWORD });

    expect(user).toEqual({
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: user.created_at,
      email: "ada@example.com",
      email_verified: false,
      identities: [
        { connection: "users", user_id: expect.stringMatching(/^[0-9a-f]{24}$/), provider: "auth0", isSocial: false },
      ],
      name: "ada@example.com",
      nickname: "ada",
      // MD5 of the email, and the first two letters for those who have no picture there.
      picture:
        "https://s.gravatar.com/avatar/3e3417d7ef77d5932a6734b916515ed5?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2Fad.png",
      user_id: `auth0|${user.identities?.[0]?.user_id}`,
    });
    expect(await sdk.users.get(user.user_id ?? "")).toEqual(user);
    expect(JSON.stringify(tenant.tenant.state.users.values())).not.toContain(PASSWORD);
    expect(JSON.stringify(tenant.tenant.state.passwords.values())).not.toContain(PASSWORD);
    expect(JSON.stringify(tenant.tenant.logs.entries())).not.toContain(PASSWORD);
  });

  test("what is given is kept: id, names, picture, metadata, verified and blocked", async () => {
    const given = {
      name: "Ada L.",
      nickname: "ada",
      given_name: "Ada",
      family_name: "Lovelace",
      picture: "https://example.com/ada.png",
      email_verified: true,
      blocked: true,
      app_metadata: { plan: "free" },
      user_metadata: { color: "blue" },
    };
    const id = await createUser({ user_id: "given", ...given });
    expect(id).toBe("auth0|given");
    expect(await sdk.users.get(id)).toMatchObject(given);
  });

  test("fields are kept to, or left out", async () => {
    const id = await createUser();
    expect(await sdk.users.get(id, { fields: "email,user_id", include_fields: true })).toEqual({
      email: "ada@example.com",
      user_id: id,
    });
    const rest = await sdk.users.get(id, { fields: "identities,picture", include_fields: false });
    expect(rest).toHaveProperty("email");
    expect(rest).not.toHaveProperty("picture");
  });

  test("a deleted user is gone with password, roles and memberships, and the email is free again", async () => {
    const id = await createUser();
    const role = (await sdk.roles.create({ name: "viewer" })).id ?? "";
    const organization = (await sdk.organizations.create({ name: "acme" })).id ?? "";
    await sdk.users.roles.assign(id, { roles: [role] });
    await sdk.organizations.members.create(organization, { members: [id] });
    await sdk.users.delete(id);

    await expect(sdk.users.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The user does not exist.", errorCode: "inexistent_user" },
    });
    expect((await sdk.roles.users.list(role)).data).toEqual([]);
    expect((await sdk.organizations.members.list(organization)).data).toEqual([]);
    expect(tenant.tenant.state.passwords.size).toBe(0);
    expect(await createUser()).not.toBe(id);
    await sdk.users.delete("auth0|never-was");
  });
});

describe("a user is refused", () => {
  const tooWeak = "PasswordStrengthError: Password is too weak";
  test.each<[string, Record<string, unknown>, number, string, string]>([
    ["with the email of another", { email: "ADA@example.com" }, 409, "The user already exists.", "auth0_idp_error"],
    [
      "with the id of another",
      { user_id: "taken", email: "b@example.com" },
      409,
      "The user already exists.",
      "auth0_idp_error",
    ],
    [
      "in a connection that does not exist",
      { connection: "none" },
      400,
      "The connection does not exist.",
      "inexistent_connection",
    ],
    [
      "in a connection whose users come from outside",
      { connection: "google-oauth2" },
      400,
      "Connection does not support user creation through the API. It must either be a database or passwordless connection.",
      "invalid_body",
    ],
    [
      "without an email",
      { email: undefined },
      400,
      "Payload validation error: 'Missing required property: email'.",
      "invalid_body",
    ],
    [
      "without a password",
      { password: undefined },
      400,
      "Payload validation error: 'Missing required property: password'.",
      "invalid_body",
    ],
    ["with a short password", { password: "Ab1!" }, 400, tooWeak, "auth0_idp_error"],
    ["with letters alone for a password", { password: "abcdefghijkl" }, 400, tooWeak, "auth0_idp_error"],
    [
      "with a username where there are none",
      { username: "ada" },
      400,
      "Cannot set username for connection without requires_username.",
      "invalid_body",
    ],
    [
      "with an email that is none",
      { email: "ada" },
      400,
      "Payload validation error: 'Object didn't pass validation for format email: ada' on property email (Email address of this user.).",
      "invalid_body",
    ],
    [
      "with an unknown field",
      { admin: true },
      400,
      "Payload validation error: 'Additional properties not allowed: admin'.",
      "invalid_body",
    ],
  ])("%s", async (_, fields, status, message, errorCode) => {
    await sdk.connections.create({ name: "google-oauth2", strategy: "google-oauth2" });
    await createUser({ user_id: "taken" });
    const token = await managementToken(tenant);
    const body = { connection: CONNECTION, email: "new@example.com", password: PASSWORD, ...fields };

    const answer = await call(tenant, "/api/v2/users", { method: "POST", token, body });
    expect(answer).toMatchObject({ status, body: { statusCode: status, message, errorCode } });
    expect((await sdk.users.list()).data).toHaveLength(1);
  });

  test("when two sign up with one email at the same moment: one of them", async () => {
    const results = await Promise.allSettled([createUser(), createUser(), createUser()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("without a username where the connection wants one, and with one that is taken", async () => {
    await sdk.connections.create({
      name: "named",
      strategy: "auth0",
      options: { passwordPolicy: "none", requires_username: true },
    });
    await createUser({ connection: "named", username: "ada" });
    const second = { connection: "named", email: "b@example.com" };
    await expect(createUser(second)).rejects.toMatchObject({
      statusCode: 400,
      body: { message: "Missing username for named connection with requires_username enabled" },
    });
    await expect(createUser({ ...second, username: "ADA" })).rejects.toMatchObject({ statusCode: 409 });
  });
});

describe("an update", () => {
  test.each([
    ["a key is added beside the others", { b: 2 }, { a: 1, deep: { x: 1, y: 2 }, b: 2 }],
    ["a key is replaced as a whole", { deep: { x: 9 } }, { a: 1, deep: { x: 9 } }],
    ["null takes a key away", { a: null }, { deep: { x: 1, y: 2 } }],
    ["an empty object takes all away", {}, {}],
  ])("merges metadata at its first level: %s", async (_, change, expected) => {
    const before = { a: 1, deep: { x: 1, y: 2 } };
    const id = await createUser({ app_metadata: before, user_metadata: before });
    const user = await sdk.users.update(id, {
      app_metadata: change as Record<string, unknown>,
      user_metadata: change as Record<string, unknown>,
    });
    expect(user).toMatchObject({ app_metadata: expected, user_metadata: expected });
    expect(user.app_metadata).toEqual(expected);
  });

  test("of the email makes it one that is not verified, unless it says so", async () => {
    const id = await createUser({ email_verified: true });
    expect(await sdk.users.update(id, { email: "New@Example.com" })).toMatchObject({
      email: "new@example.com",
      email_verified: false,
    });
    expect(await sdk.users.update(id, { email: "b@example.com", email_verified: true })).toMatchObject({
      email_verified: true,
    });
  });

  test("of the password lets the new one in and no longer the old one", async () => {
    const id = await createUser();
    const user = await sdk.users.update(id, { password: "Another-horse-2" });
    const identity = tenant.tenant.state.users.get(id)?.identities[0];

    expect(user.last_password_reset).toBe(user.updated_at);
    expect(await isPasswordOf(tenant.tenant.state, identity, "Another-horse-2")).toBe(true);
    expect(await isPasswordOf(tenant.tenant.state, identity, PASSWORD)).toBe(false);
    expect(await isPasswordOf(tenant.tenant.state, undefined, PASSWORD)).toBe(false);
  });

  test("with null takes a field away", async () => {
    const id = await createUser({ given_name: "Ada" });
    expect(await sdk.users.update(id, { given_name: null })).not.toHaveProperty("given_name");
  });

  test.each<[string, Management.UpdateUserRequestContent, string]>([
    [
      "password and email",
      { password: PASSWORD, email: "b@example.com" },
      "Cannot update password and email simultaneously",
    ],
    [
      "password and email_verified",
      { password: PASSWORD, email_verified: true },
      "Cannot update password and email_verified simultaneously",
    ],
    [
      "username and email",
      { username: "a", email: "b@example.com" },
      "Cannot update username and email simultaneously",
    ],
    [
      "username and password",
      { username: "a", password: PASSWORD },
      "Cannot update username and password simultaneously",
    ],
    ["an email that is taken", { email: "ben@example.com" }, "The specified new email already exists"],
    ["a password that is too weak", { password: "weak" }, "PasswordStrengthError: Password is too weak"],
    [
      "a username where there are none",
      { username: "a" },
      "Cannot set username for connection without requires_username.",
    ],
    [
      "an identity that the user does not have",
      { connection: "other", email_verified: true },
      "The user has no identity in the connection other",
    ],
  ])("is refused: %s", async (_, update, message) => {
    await createUser({ email: "ben@example.com" });
    const id = await createUser();
    const before = await sdk.users.get(id);

    await expect(sdk.users.update(id, update)).rejects.toMatchObject({ statusCode: 400, body: { message } });
    expect(await sdk.users.get(id)).toEqual(before);
  });

  test.each<[string, Management.UpdateUserRequestContent, string]>([
    ["email", { email: "b@example.com" }, "Cannot update email for this user"],
    ["email_verified", { email_verified: false }, "Cannot update email_verified for this user"],
    ["password", { password: PASSWORD }, "Cannot update password for non-database connections."],
    [
      "name",
      { name: "Other" },
      "The following user attributes cannot be updated: name. The connection (google-oauth2)",
    ],
  ])("of what a provider outside says is refused: %s", async (_, update, message) => {
    const id = addGoogleUser("1", "ada@example.com");
    await expect(sdk.users.update(id, update)).rejects.toMatchObject({
      statusCode: 400,
      body: { message: expect.stringContaining(message) },
    });
    expect(await sdk.users.update(id, { blocked: true })).toMatchObject({ blocked: true });
  });

  test("with a token for app_metadata alone reaches nothing else", async () => {
    const id = await createUser();
    const token = await managementToken(tenant, "update:users_app_metadata");
    const patch = (body: unknown) =>
      call(tenant, `/api/v2/users/${encodeURIComponent(id)}`, { method: "PATCH", token, body });

    expect((await patch({ app_metadata: { plan: "pro" } })).status).toBe(200);
    expect(await patch({ blocked: true })).toMatchObject({ status: 403, body: { errorCode: "insufficient_scope" } });
  });
});

describe("a user's permissions", () => {
  const api = "https://api.example.com/";
  const permission = (permission_name: string) => ({ resource_server_identifier: api, permission_name });

  test("say where they come from: assigned directly, by each role, or both", async () => {
    await sdk.resourceServers.create({ name: "API", identifier: api, scopes: [{ value: "a" }, { value: "b" }] });
    const role = (await sdk.roles.create({ name: "viewer" })).id ?? "";
    await sdk.roles.permissions.add(role, { permissions: [permission("a"), permission("b")] });
    const id = await createUser();
    await sdk.users.roles.assign(id, { roles: [role] });
    await sdk.users.permissions.create(id, { permissions: [permission("a")] });

    const fromRole = { source_id: role, source_name: "viewer", source_type: "ROLE" };
    const direct = { source_id: "", source_name: "", source_type: "DIRECT" };
    expect((await sdk.users.permissions.list(id)).data).toEqual([
      { ...permission("a"), resource_server_name: "API", sources: [direct, fromRole] },
      { ...permission("b"), resource_server_name: "API", sources: [fromRole] },
    ]);
    await sdk.users.permissions.delete(id, { permissions: [permission("a"), permission("b")] });
    await sdk.users.roles.delete(id, { roles: [role] });
    expect((await sdk.users.permissions.list(id)).data).toEqual([]);
  });

  test("and roles that do not exist are not assigned", async () => {
    const id = await createUser();
    await expect(sdk.users.permissions.create(id, { permissions: [permission("a")] })).rejects.toMatchObject({
      statusCode: 404,
    });
    await expect(sdk.users.roles.assign(id, { roles: ["rol_0000000000000000"] })).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The role does not exist." },
    });
  });
});

describe("linked identities", () => {
  test("join two users: the second is gone, its account and password stay with the first, and come back", async () => {
    const first = addGoogleUser("1", "ada@example.com");
    const second = await createUser({ email: "ada@work.example", app_metadata: { gone: true } });
    const linked = await sdk.users.identities.link(first, { provider: "auth0", user_id: second });

    expect(linked).toEqual([
      expect.objectContaining({ provider: "google-oauth2", user_id: "1", isSocial: true }),
      {
        connection: CONNECTION,
        provider: "auth0",
        user_id: second.replace("auth0|", ""),
        isSocial: false,
        profileData: expect.objectContaining({ email: "ada@work.example", email_verified: false }),
      },
    ]);
    await expect(sdk.users.get(second)).rejects.toMatchObject({ statusCode: 404 });
    const [, identity] = tenant.tenant.state.users.get(first)?.identities ?? [];
    expect(await isPasswordOf(tenant.tenant.state, identity, PASSWORD)).toBe(true);
    await expect(createUser({ email: "ada@work.example" })).rejects.toMatchObject({ statusCode: 409 });

    const rest = await sdk.users.identities.delete(first, "auth0", second.replace("auth0|", ""));
    expect(rest).toEqual([expect.objectContaining({ provider: "google-oauth2" })]);
    expect(await sdk.users.get(second)).toMatchObject({ email: "ada@work.example", name: "ada@work.example" });
    expect(await sdk.users.get(second)).not.toHaveProperty("app_metadata");
  });

  test("a change of email goes to the identity that is named", async () => {
    const first = addGoogleUser("1", "ada@example.com");
    const second = await createUser({ email: "ada@work.example" });
    await sdk.users.identities.link(first, { provider: "auth0", user_id: second });

    const user = await sdk.users.update(first, { connection: CONNECTION, email: "new@work.example" });
    expect(user.email).toBe("ada@example.com");
    expect(user.identities?.[1]?.profileData).toMatchObject({ email: "new@work.example", email_verified: false });
  });

  test.each([
    ["a user to itself", "auth0|one", 400],
    ["a user who does not exist", "auth0|none", 404],
  ])("cannot be made of %s", async (_, user_id, statusCode) => {
    const id = await createUser({ user_id: "one" });
    await expect(sdk.users.identities.link(id, { provider: "auth0", user_id })).rejects.toMatchObject({ statusCode });
  });

  test.each([
    ["the first one", "one", 400],
    ["one that is not there", "none", 404],
  ])("are not taken apart at %s", async (_, user_id, statusCode) => {
    const id = await createUser({ user_id: "one" });
    await expect(sdk.users.identities.delete(id, "auth0", user_id)).rejects.toMatchObject({ statusCode });
  });
});

describe("a verification mail", () => {
  test.each<[string, Partial<Management.CreateUserRequestContent>, boolean]>([
    ["to a new user", {}, true],
    ["to a new user whose email is verified", { email_verified: true }, false],
    ["to one who is to get none", { verify_email: false }, false],
    ["to one who is to get one all the same", { email_verified: true, verify_email: true }, true],
  ])("is a link in the server's log: %s", async (_, fields, isSent) => {
    const lines: string[] = [];
    const other = await startTestTenant({ log: (line) => lines.push(line) });
    const client = createManagementClient(other);
    await client.connections.create({ name: CONNECTION, strategy: "auth0", options: { passwordPolicy: "good" } });
    const { user_id = "" } = await client.users.create({
      connection: CONNECTION,
      email: "ada@example.com",
      password: PASSWORD,
      ...fields,
    });
    const sent = lines.filter((line) => line.startsWith(`${user_id}: verify the email address at https://`));
    lines.length = 0;
    await client.users.update(user_id, { email: "new@example.com" });
    expect(lines).toEqual([]);
    await client.users.update(user_id, { email: "newer@example.com", verify_email: true });
    await other.close();

    expect(sent).toHaveLength(isSent ? 1 : 0);
    expect(lines).toEqual([expect.stringContaining("verify the email address")]);
  });
});
