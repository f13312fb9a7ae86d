import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { User } from "../../../../local/auth0/state/user.ts";
import type { Browser } from "../../../../local/http/browser.ts";
import { logIn, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

const HOUR = 3_600_000;

describe("a session", () => {
  let tenant: LoginTenant;
  let user: User;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    user = await tenant.addUser("ada@example.com");
  });
  afterAll(() => tenant.close());
  beforeEach(() => {
    tenant.bind();
    tenant.tenant.state.users.set(user.user_id, user);
    tenant.tenant.state.settings.set("tenant", {});
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const silently = async (browser: Browser, parameters: Record<string, string | undefined> = {}) => {
    const attempt = await planLogin(tenant, tenant.spa, { prompt: "none", ...parameters });
    const { url } = await browser.open(attempt.url.href);
    return { attempt, url, answer: Object.fromEntries(url.searchParams) };
  };

  test("is in a cookie that scripts cannot read, that needs https and goes along into frames", async () => {
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa);
    const page = await browser.open(url.href);
    const answer = await browser.request("POST", page.url.href, {
      username: "ada@example.com",
      password: "correct-horse-Battery-9",
    });
    const cookie = [answer.headers["set-cookie"]].flat().find((header) => header?.startsWith("auth0="));
    expect(cookie).toMatch(/^auth0=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=None$/);
  });

  test.each([
    ["the tenant's setting", { session_cookie: { mode: "persistent" } }, ""],
    ["an Action", {}, "api.session.setCookieMode('persistent')"],
  ])("outlives the browser where %s says so", async (_name, settings, action) => {
    tenant.tenant.state.settings.set("tenant", settings);
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa);
    const fields = { username: "ada@example.com", password: "correct-horse-Battery-9" };
    if (action !== "") tenant.bind(action);
    const page = await browser.open(url.href);
    const proven = await browser.request("POST", page.url.href, fields);
    const concluded = await browser.request("GET", new URL(String(proven.headers.location), url).href);
    const cookies = [proven, concluded].flatMap(({ headers }) => [headers["set-cookie"] ?? []].flat());
    const last = cookies.findLast((header) => header.startsWith("auth0="));
    const seconds = Number(/; Max-Age=(\d+);/.exec(last ?? "")?.[1]);
    expect(Math.abs(seconds - 168 * 3600)).toBeLessThanOrEqual(5);
  });

  test("answers silent authentication, for any client of the tenant", async () => {
    const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
    const { attempt, url } = await silently(browser);
    const again = await redeem(attempt, url);

    expect(decodeJwt(again.id_token!).sid).toBe(decodeJwt(tokens.id_token!).sid);
    expect(decodeJwt(again.id_token!).nonce).toBe(attempt.nonce);
    expect((await silently(browser, { client_id: tenant.web.client_id })).answer).toHaveProperty("code");
    expect(tenant.tenant.logs.entries().map(({ type }) => type)).toContain("ssa");
  });

  test("lasts from use to use for 72 hours, and for 168 hours in all", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.clock.advance(71 * HOUR);
    expect((await silently(browser)).answer).toHaveProperty("code");
    tenant.clock.advance(71 * HOUR);
    expect((await silently(browser)).answer).toHaveProperty("code");
    tenant.clock.advance(26 * HOUR);
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });
  });

  test("ends after its idle lifetime, which the tenant's settings say", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.clock.advance(72 * HOUR);
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });

    tenant.tenant.state.settings.set("tenant", { idle_session_lifetime: 1 });
    const short = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.clock.advance(HOUR);
    expect((await silently(short.browser)).answer).toMatchObject({ error: "login_required" });
  });

  test.each<[string, (cookie: string) => string]>([
    ["of another secret", (cookie) => `${cookie.split(".")[0]}.${"A".repeat(43)}`],
    ["without a secret", (cookie) => cookie.split(".")[0]!],
    ["that is made up", () => "made.up"],
  ])("is not opened by a cookie %s", async (_name, change) => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    const cookies = browser.cookies() as Map<string, string>;
    cookies.set("auth0", change(cookies.get("auth0")!));
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });
  });

  test.each<[string, Record<string, string>]>([
    ["prompt=login", { prompt: "login" }],
    ["prompt=select_account", { prompt: "select_account" }],
    ["a max_age that has passed", { max_age: "59" }],
  ])("does not spare the login page with %s", async (_name, parameters) => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.clock.advance(60_000);
    const { url } = await planLogin(tenant, tenant.spa, parameters);
    expect((await browser.open(url.href)).url.pathname).toBe("/u/login");
  });

  test("young enough for max_age puts auth_time into the id token", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    const since = Math.floor(tenant.clock.now() / 1000);
    tenant.clock.advance(50_000);
    const attempt = await planLogin(tenant, tenant.spa, { max_age: "60" });
    const { url } = await browser.open(attempt.url.href);
    const tokens = await redeem(attempt, url);
    expect(Math.abs(Number(decodeJwt(tokens.id_token!).auth_time) - since)).toBeLessThanOrEqual(1);
  });

  test("is replaced, not continued, by another login in the same browser", async () => {
    const first = await logIn(tenant, tenant.spa, "ada@example.com");
    await tenant.addUser("second@example.com");
    const second = await logIn(tenant, tenant.spa, "second@example.com", { prompt: "login" }, first.browser);
    const sid = (idToken?: string) => String(decodeJwt(idToken!).sid);
    expect(sid(second.tokens.id_token)).not.toBe(sid(first.tokens.id_token));
    expect(tenant.tenant.state.sessions.has(sid(first.tokens.id_token))).toBe(false);
  });

  test("of a blocked user leads to an error, at a login and silently", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.tenant.state.users.set(user.user_id, { ...user, blocked: true });
    expect((await silently(browser)).answer).toMatchObject({
      error: "unauthorized",
      error_description: "user is blocked",
    });
    const attempt = await planLogin(tenant, tenant.spa);
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    expect(url.searchParams.get("error_description")).toBe("user is blocked");
    expect(tenant.tenant.state.users.get(user.user_id)?.logins_count).toBe(1);
  });

  test.each([
    ["denies", "api.access.deny('not you')", "access_denied", "not you"],
    ["throws", "throw new Error('broken')", "access_denied", "broken"],
  ])(
    "is there although an Action %s: the next attempt asks for no password",
    async (_name, action, error, error_description) => {
      const browser = tenant.browser();
      tenant.bind(action);
      const attempt = await planLogin(tenant, tenant.spa);
      const { url } = await passLoginPage(browser, attempt, "ada@example.com");
      expect(Object.fromEntries(url.searchParams)).toEqual({ error, error_description, state: attempt.state });
      tenant.bind();
      expect((await silently(browser)).answer).toHaveProperty("code");
    },
  );

  test("is ended by an Action that revokes it", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.bind("api.session.revoke('stolen')");
    expect((await silently(browser)).answer).toMatchObject({ error: "access_denied" });
    tenant.bind();
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });
  });

  test("can be shortened by an Action", async () => {
    tenant.bind(`api.session.setExpiresAt(${tenant.clock.now() + HOUR})`);
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.bind();
    tenant.clock.advance(HOUR + 60_000);
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });
  });

  test("that is ended while Actions run stays ended", async () => {
    const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
    const sid = String(decodeJwt(tokens.id_token!).sid);
    const { actions, state } = tenant.tenant;
    const { runPostLogin } = actions;
    jest.spyOn(actions, "runPostLogin").mockImplementationOnce((login) => {
      state.sessions.delete(sid);
      return runPostLogin(login);
    });
    expect((await silently(browser)).answer).toMatchObject({ error: "login_required" });
    expect(tenant.tenant.state.sessions.has(sid)).toBe(false);
  });

  test("silent authentication tells of an Action that wants to redirect", async () => {
    const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
    tenant.bind({
      code: `exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('https://example.com/');
             exports.onContinuePostLogin = async () => {};`,
    });
    expect((await silently(browser)).answer).toMatchObject({
      error: "interaction_required",
      error_description: "Interaction required",
    });
  });

  describe("a login under way", () => {
    const openPage = async (browser: Browser) => {
      const { url } = await planLogin(tenant, tenant.spa);
      return browser.open(url.href);
    };

    test.each<[string, (state: string) => { browser: () => Browser; path: string }]>([
      ["in another browser", (state) => ({ browser: () => tenant.browser(), path: `/u/login?state=${state}` })],
      ["under a made-up state", () => ({ browser: () => tenant.browser(), path: "/u/login?state=made-up" })],
      ["without a state", () => ({ browser: () => tenant.browser(), path: "/u/login" })],
      ["at a later step", (state) => ({ browser: () => tenant.browser(), path: `/authorize/resume?state=${state}` })],
    ])("does not go on %s", async (_name, describeVisit) => {
      const own = tenant.browser();
      const page = await openPage(own);
      const { browser, path } = describeVisit(page.url.searchParams.get("state")!);
      const answer = await browser().open(`https://${tenant.domain}${path}`);
      expect(answer).toMatchObject({ status: 400 });
      expect(answer.text).toContain("You may have pressed the back button");
    });

    test("cannot be finished by a form that another site sends to this browser", async () => {
      const attacker = tenant.browser();
      const page = await openPage(attacker);
      const victim = tenant.browser();
      await openPage(victim);
      const answer = await victim.submit(
        page,
        { username: "ada@example.com", password: "correct-horse-Battery-9" },
        "password",
      );
      expect(answer.text).toContain("You may have pressed the back button");
      expect(victim.cookies().has("auth0")).toBe(false);
    });

    test("is over once it has ended, and after an hour", async () => {
      const browser = tenant.browser();
      const page = await openPage(browser);
      await browser.submit(page, { username: "ada@example.com", password: "correct-horse-Battery-9" }, "password");
      expect((await browser.open(page.url.href)).status).toBe(400);

      const late = await openPage(tenant.browser());
      tenant.clock.advance(HOUR);
      expect((await tenant.browser().open(late.url.href)).status).toBe(400);
    });
  });

  test("a sign-up logs in at once, counts as the first login and sends the mail that verifies the address", async () => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
    const page = await browser.open(attempt.url.href);
    const { url } = await browser.submit(
      page,
      { email: "New@Example.com", password: "correct-horse-Battery-9" },
      "password",
    );
    const tokens = await redeem(attempt, url);
    const made = tenant.tenant.state.users.get(String(decodeJwt(tokens.id_token!).sub))!;
    expect(made).toMatchObject({ email: "new@example.com", email_verified: false, logins_count: 1 });

    const link = /verify the email address at (\S+)/.exec(
      tenant.lines.findLast((line) => line.includes(made.user_id))!,
    )![1]!;
    expect((await tenant.browser().open(link)).text).toContain(">Your email address was successfully verified.<");
    expect(tenant.tenant.state.users.get(made.user_id)?.email_verified).toBe(true);
    expect((await tenant.browser().open(link)).status).toBe(400);
  });

  test.each<[string, Record<string, string>, string]>([
    ["an address that has an account", { email: "ada@example.com" }, "Something went wrong, please try again later"],
    ["no address", { email: "nobody" }, "Email is not valid."],
    ["a weak password", { password: "Qx7" }, "Password is too weak"],
  ])("a sign-up with %s is told so on the page", async (_name, change, text) => {
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
    const page = await browser.open(url.href);
    const fields = { email: "another@example.com", password: "correct-horse-Battery-9", ...change };
    const answer = await browser.submit(page, fields, "password");
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
    expect(answer.text).not.toContain(fields.password);
  });

  test("a sign-up is refused where the connection is closed to it", async () => {
    tenant.setConnection({ ...tenant.database, options: { disable_signup: true } });
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
    const page = await browser.open(url.href);
    const answer = await browser.submit(
      page,
      { email: "x@example.com", password: "correct-horse-Battery-9" },
      "password",
    );
    tenant.setConnection(tenant.database);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("public signup is disabled");
  });

  test("a client without connections is told so", async () => {
    tenant.setClient({ ...tenant.spa, client_id: "lonely" });
    const { url } = await planLogin(tenant, tenant.spa, { client_id: "lonely" });
    expect((await tenant.browser().open(url.href)).text).toContain("no connections enabled for the client");
  });
});
