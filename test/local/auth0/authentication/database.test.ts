import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { call } from "../../../support/local-tenant.ts";
import { logIn, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

describe("the database endpoints", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
  });
  afterAll(() => tenant.close());
  beforeEach(() => {
    tenant.tenant.state.settings.set("tenant", { flags: { enable_public_signup_user_exists_error: false } });
    tenant.setConnection(tenant.database);
  });

  const post = (path: string, body: Record<string, unknown>) =>
    call(tenant, path, {
      method: "POST",
      body: { client_id: tenant.spa.client_id, connection: tenant.database.name, ...body },
    });
  const signUp = (body: Record<string, unknown>) => post("/dbconnections/signup", { password: PASSWORD, ...body });

  test("sign a user up, who has not logged in yet", async () => {
    const { status, body } = await signUp({
      email: "Bob@Example.com",
      given_name: "Bob",
      user_metadata: { plan: "free" },
      app_metadata: { admin: true },
      email_verified: true,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      email: "bob@example.com",
      email_verified: false,
    });
    const user = tenant.tenant.state.users.get(`auth0|${(body as { _id: string })._id}`)!;
    expect(user).toMatchObject({ given_name: "Bob", user_metadata: { plan: "free" }, email_verified: false });
    expect(user).not.toHaveProperty("logins_count");
    expect(user).not.toHaveProperty("app_metadata");
    expect(JSON.stringify(tenant.tenant.state.users.values())).not.toContain(PASSWORD);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "a user who exists",
      { email: "ADA@example.com" },
      { name: "BadRequestError", code: "invalid_signup", description: "Invalid sign up", statusCode: 400 },
    ],
    ["no address", { email: "nobody" }, { code: "invalid_signup" }],
    ["an unknown client", { email: "c@example.com", client_id: "nobody" }, { error: "invalid_request" }],
    [
      "an unknown connection",
      { email: "c@example.com", connection: "x" },
      { error: "invalid_request", error_description: "the connection was not found" },
    ],
    ["no email", {}, { error: "invalid_request", error_description: "Missing required parameter: email" }],
    ["a name that is a number", { email: "c@example.com", name: 7 }, { error: "invalid_request" }],
  ])("refuse to sign up %s", async (_name, change, body) => {
    expect(await signUp(change)).toMatchObject({ status: 400, body });
  });

  test("say that a user exists where the tenant allows it", async () => {
    tenant.tenant.state.settings.set("tenant", { flags: { enable_public_signup_user_exists_error: true } });
    expect(await signUp({ email: "ada@example.com" })).toMatchObject({
      status: 400,
      body: { code: "user_exists", description: "The user already exists." },
    });
  });

  test("tell which rules a weak password breaks", async () => {
    const answer = await signUp({ email: "weak@example.com", password: "Qx7" });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        name: "PasswordStrengthError",
        code: "invalid_password",
        message: "Password is too weak",
        description: { verified: false, rules: [{ code: "lengthAtLeast", verified: false }] },
        policy: expect.stringMatching(/^\* At least 8 characters in length/),
        statusCode: 400,
      },
    });
  });

  test("refuse to sign anybody up where that is closed", async () => {
    tenant.setConnection({ ...tenant.database, options: { disable_signup: true } });
    expect(await signUp({ email: "d@example.com" })).toMatchObject({
      status: 400,
      body: { description: "public signup is disabled" },
    });
  });

  test("answer a forgotten password alike for everybody; the link in the log sets a new one, once", async () => {
    const text = "We've just sent you an email to reset your password.";
    const before = tenant.lines.length;
    expect(await post("/dbconnections/change_password", { email: "nobody@example.com" })).toMatchObject({
      status: 200,
      body: text,
    });
    expect(tenant.lines).toHaveLength(before);
    expect(await post("/dbconnections/change_password", { email: "ada@example.com" })).toMatchObject({
      status: 200,
      body: text,
    });

    const link = /choose a new password at (\S+)/.exec(tenant.lines.at(-1)!)![1]!;
    const browser = tenant.browser();
    const page = await browser.open(link);
    expect((await browser.submit(page, { password: "Qx7" })).text).toContain("Password is too weak");
    expect((await browser.submit(page, { password: "another-Long-password-7" })).text).toContain(
      "changed successfully",
    );
    expect((await browser.submit(page, { password: "third-Long-password-7" })).status).toBe(400);

    await expect(logIn(tenant, tenant.spa, "ada@example.com")).rejects.toThrow();
    const ada = tenant.tenant.state.users.find(({ email }) => email === "ada@example.com");
    expect(ada).toMatchObject({ last_password_reset: expect.any(String) });
  });
});

describe("brute-force protection", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    tenant.setConnection({ ...tenant.database, options: { brute_force_protection: true } });
    tenant.tenant.state.settings.set("tenant", { default_directory: tenant.database.name });
  });
  afterAll(() => tenant.close());

  const tryPassword = async (password: string, username = "ada@example.com") => {
    const { client_id, client_secret } = tenant.web;
    const body = { grant_type: "password", client_id, client_secret, username, password };
    return (await call(tenant, "/oauth/token", { method: "POST", body })).status;
  };

  test("forgets failures once the password was right, and blocks the name after ten in a row, others not", async () => {
    for (let failure = 0; failure < 9; failure += 1) expect(await tryPassword("wrong")).toBe(403);
    expect(await tryPassword(PASSWORD)).toBe(200);
    expect(await Promise.all(Array.from({ length: 10 }, () => tryPassword("wrong")))).toEqual(Array(10).fill(403));
    expect(await tryPassword(PASSWORD, "ADA@example.com")).toBe(429);
    await tenant.addUser("grace@example.com");
    await tenant.addUser("hopper@example.com");
    expect(await tryPassword(PASSWORD, "grace@example.com")).toBe(200);
  });

  test("tells so on the login page, and is lifted by a new password that was asked for by mail", async () => {
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa);
    const page = await browser.open(url.href);
    const refused = await browser.submit(page, { username: "ada@example.com", password: PASSWORD }, "password");
    expect(refused.status).toBe(429);
    expect(refused.text).toContain("Your account has been blocked after multiple consecutive login attempts.");

    const request = /href="(\/u\/reset-password\/request[^"]*)"/.exec(page.text)![1]!;
    const question = await browser.open(new URL(request, page.url).href);
    expect((await browser.submit(question, { email: "ada@example.com" })).text).toContain("Check Your Email");
    const link = /choose a new password at (\S+)/.exec(tenant.lines.at(-1)!)![1]!;
    await browser.submit(await browser.open(link), { password: "another-Long-password-7" });
    expect(await tryPassword("another-Long-password-7")).toBe(200);
  });

  test.each([
    ["short", "Password is too weak"],
    ["letmein-letmein", "Password is too common"],
    ["xx-hopper-xx", "Password contains user information"],
  ])("asks for another new password than %p, and says why", async (password, reason) => {
    const { state } = tenant.tenant;
    const { options } = tenant.database;
    state.connections.set(tenant.database.id, {
      ...tenant.database,
      options: {
        ...options,
        passwordPolicy: "low",
        password_dictionary: { enable: true, dictionary: ["letmein-letmein"] },
        password_no_personal_info: { enable: true },
        password_complexity_options: { min_length: 8 },
      },
    });
    await call(tenant, "/dbconnections/change_password", {
      method: "POST",
      body: { client_id: tenant.spa.client_id, connection: tenant.database.name, email: "hopper@example.com" },
    });
    const link = /choose a new password at (\S+)/.exec(tenant.lines.at(-1)!)![1]!;
    const browser = tenant.browser();
    const page = await browser.submit(await browser.open(link), { password });
    expect([page.status, page.text]).toEqual([400, expect.stringContaining(reason)]);
  });
});

describe("pages of other origins", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
  });
  afterAll(() => tenant.close());

  test.each([
    ["may read the token endpoint's answers for their client", "http://localhost:3000", "http://localhost:3000"],
    ["may not where the client does not list them", "https://evil.example", undefined],
    ["may not from a frame without an origin", "null", undefined],
  ])("%s", async (_name, origin, allowed) => {
    const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token: "v1.unknown" };
    const answer = await call(tenant, "/oauth/token", { method: "POST", body, headers: { origin } });
    const preflight = await call(tenant, "/oauth/token", { method: "OPTIONS", headers: { origin } });
    expect([answer, preflight].map(({ headers }) => headers["access-control-allow-origin"])).toEqual([
      allowed,
      allowed,
    ]);
    expect(preflight.status).toBe(204);
  });
});
