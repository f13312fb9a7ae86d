import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Browser } from "../../../../local/http/browser.ts";
import { passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { wordsOf } from "../../../support/words-of.ts";

const SECRET = "a-session-token-secret-of-thirty-two-bytes";

describe("a login", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    const { database } = tenant;
    const others = [
      ["con_google0000000000", "google-oauth2", "google-oauth2"],
      ["con_email00000000000", "email", "email"],
      ["con_sms0000000000000", "sms", "sms"],
    ] as const;
    for (const [id, name, strategy] of others)
      tenant.setConnection({ ...database, id, name, strategy, realms: [name] });
  });
  afterAll(() => tenant.close());
  beforeEach(() => tenant.bind());

  const signInAt = async (
    fields: Record<string, string>,
    browser: Browser = tenant.browser(),
    parameters: Record<string, string> = {},
  ) => {
    const attempt = await planLogin(tenant, tenant.spa, { connection: "google-oauth2", ...parameters });
    const page = await browser.open(attempt.url.href);
    expect(page.url.pathname).toBe("/u/provider");
    const answer = await browser.submit(page, fields);
    return { attempt, answer };
  };

  test.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      "a verified email",
      { email: "Sue@Example.com", name: "Sue" },
      { email: "sue@example.com", email_verified: true, name: "Sue" },
    ],
    [
      "an email that is not verified",
      { email: "tom@example.com", email_verified: "" },
      { email: "tom@example.com", email_verified: false },
    ],
    ["no email", { email: "", name: "Nameless" }, { name: "Nameless" }],
  ])("by a social connection brings a user with %s", async (_name, fields, profile) => {
    const { attempt, answer } = await signInAt(fields);
    const { id_token } = await redeem(attempt, answer.url);
    const user = tenant.tenant.state.users.get(String(decodeJwt(id_token!).sub))!;
    expect(user.user_id).toMatch(/^google-oauth2\|\d{21}$/);
    expect(user).toMatchObject({ ...profile, logins_count: 1 });
    expect(user.identities).toEqual([
      { connection: "google-oauth2", provider: "google-oauth2", isSocial: true, user_id: user.user_id.split("|")[1] },
    ]);
    if (profile.email === undefined) expect(user).not.toHaveProperty("email");
  });

  test("by a social connection finds the account again and brings its profile up to date", async () => {
    const first = await signInAt({ email: "again@example.com", email_verified: "" });
    const second = await signInAt({ email: "again@example.com", name: "Again" });
    const [one, two] = await Promise.all([first, second].map(({ attempt, answer }) => redeem(attempt, answer.url)));
    const sub = String(decodeJwt(two!.id_token!).sub);
    expect(decodeJwt(one!.id_token!).sub).toBe(sub);
    expect(tenant.tenant.state.users.get(sub)).toMatchObject({ email_verified: true, name: "Again", logins_count: 2 });
  });

  test.each<[string, Record<string, string>, string]>([
    ["nothing at all", { email: "", name: "" }, "Enter an email address or a name"],
    ["an address that is none", { email: "nobody" }, "Email is not valid."],
  ])("by a social connection with %s is asked again", async (_name, fields, text) => {
    const { answer } = await signInAt(fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
  });

  test("shows all of the client's connections, and takes the one that is chosen", async () => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa);
    const page = await browser.open(attempt.url.href);
    for (const text of ["Password", "Email me a code", "Text me a code", "Continue with Google"]) {
      expect(page.text).toContain(text);
    }
    const state = page.url.searchParams.get("state")!;
    const choice = { state, action: "connection", connection: "google-oauth2" };
    const answer = await browser.request("POST", page.url.href, choice);
    expect(answer.headers.location).toMatch(/^\/u\/provider\?/);
    const refused = await tenant.browser().request("POST", page.url.href, { ...choice, connection: "x" });
    expect(refused.status).toBe(400);
  });

  test.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    [
      "email",
      "passwordless_email",
      { passwordless_email: "Kay@Example.com" },
      { email: "kay@example.com", email_verified: true },
    ],
    ["sms", "passwordless_phone", { passwordless_phone: "+1 555 0199" }, { phone_number: "+15550199" }],
  ])("by %s takes the code from the log", async (connection, field, address, profile) => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { connection });
    const page = await browser.open(attempt.url.href);
    expect(page.text).not.toContain('type="password"');
    const question = await browser.submit(page, address, field);
    expect(question.url.pathname).toBe("/u/passwordless");
    const code = /is (\d{6})$/.exec(tenant.lines.at(-1)!)![1]!;
    const wrong = await browser.submit(question, { code: code === "000000" ? "000001" : "000000" });
    expect(wrong.text).toContain(">The code you entered is invalid<");
    const { url } = await browser.submit(question, { code });
    const { id_token } = await redeem(attempt, url);
    expect(tenant.tenant.state.users.get(String(decodeJwt(id_token!).sub))).toMatchObject({
      ...profile,
      logins_count: 1,
    });
  });

  describe("that an Action sends away", () => {
    const redirecting = (afterwards: string) => ({
      code: `exports.onExecutePostLogin = async (event, api) => {
               if (event.user.email_verified) return;
               const token = api.redirect.encodeToken({ secret: event.secrets.SECRET, payload: {} });
               api.redirect.sendUserTo(event.secrets.URL, { query: { session_token: token } });
             };
             exports.onContinuePostLogin = async (event, api) => { ${afterwards} };`,
      secrets: { SECRET, URL: `https://${tenant.domain}/u/verify-email` },
    });
    const DENY = `if (!event.user.email_verified) api.access.deny("Please verify your email address, then log in again.");`;

    const goToPage = async (email: string) => {
      await tenant.addUser(email);
      const browser = tenant.browser();
      const attempt = await planLogin(tenant, tenant.spa);
      const page = await passLoginPage(browser, attempt, email);
      return { browser, attempt, page };
    };

    test("to verify an email can do so on the tenant's page, and goes on in the same Action", async () => {
      tenant.bind(redirecting(`${DENY} api.idToken.setCustomClaim("https://x/back", event.user.email_verified);`));
      const { browser, attempt, page } = await goToPage("v1@example.com");
      expect(page.url.pathname).toBe("/u/verify-email");
      const { url } = await browser.submit(page, {}, "verify");
      const { id_token } = await redeem(attempt, url);
      expect(decodeJwt(id_token!)).toMatchObject({ email_verified: true, "https://x/back": true });
    });

    test("can verify by the link in the log, and then continue", async () => {
      tenant.bind(redirecting(DENY));
      const { browser, page } = await goToPage("v2@example.com");
      const link = /verify the email address at (\S+)/.exec(tenant.lines.at(-1)!)![1]!;
      await tenant.browser().open(link);
      const { url } = await browser.submit(page, {});
      expect(url.searchParams.has("code")).toBe(true);
    });

    test("and comes back as it went is denied", async () => {
      tenant.bind(redirecting(DENY));
      const { browser, attempt, page } = await goToPage("v3@example.com");
      const { url } = await browser.submit(page, {});
      expect(Object.fromEntries(url.searchParams)).toEqual({
        error: "access_denied",
        error_description: "Please verify your email address, then log in again.",
        state: attempt.state,
      });
    });

    test("can come back once, and only in its own browser", async () => {
      tenant.bind(redirecting(DENY));
      const { browser, page } = await goToPage("v4@example.com");
      const back = `https://${tenant.domain}/continue?state=${page.url.searchParams.get("state")}`;
      expect((await tenant.browser().open(back)).status).toBe(400);
      expect((await browser.open(back)).url.searchParams.get("error")).toBe("access_denied");
      expect((await browser.open(back)).status).toBe(400);
    });

    test("and is blocked before coming back gets no code, and no Action runs", async () => {
      tenant.bind(redirecting("console.log('ran');"));
      const { browser, attempt, page } = await goToPage("v5@example.com");
      const { users, actionExecutions } = tenant.tenant.state;
      const user = users.find(({ email }) => email === "v5@example.com")!;
      users.set(user.user_id, { ...user, blocked: true });
      const runs = JSON.stringify(actionExecutions.values());
      const { url } = await browser.submit(page, {});
      expect(Object.fromEntries(url.searchParams)).toEqual({
        error: "unauthorized",
        error_description: "user is blocked",
        state: attempt.state,
      });
      expect(JSON.stringify(actionExecutions.values())).toBe(runs);
    });

    test.each<[string, (url: URL) => void]>([
      [
        "another user's session token",
        (url) => url.searchParams.set("session_token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhdXRoMHxldmUifQ."),
      ],
      ["no session token", (url) => url.searchParams.delete("session_token")],
      ["another state", (url) => url.searchParams.set("state", "made-up")],
    ])("is shown no page for %s", async (_name, change) => {
      tenant.bind(redirecting(DENY));
      const email = `${Math.abs(_name.length)}-${_name.split(" ")[0]}@example.com`;
      const { browser, page } = await goToPage(email);
      const url = new URL(page.url);
      change(url);
      expect((await browser.open(url.href)).status).toBe(400);
      expect(tenant.tenant.state.users.find((user) => user.email === email)?.email_verified).toBe(false);
    });
  });
});

describe("consent", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    tenant.setClient({ ...tenant.spa, client_id: "third-party", is_first_party: false });
    tenant.setConnection({ ...tenant.database, is_domain_connection: true });
  });
  afterAll(() => tenant.close());

  test("is asked of a third party's user once for the same scopes, and again for more", async () => {
    const browser = tenant.browser();
    const first = await planLogin(tenant, tenant.spa, { client_id: "third-party", scope: "openid" });
    const question = await passLoginPage(browser, first, "ada@example.com");
    expect(question.url.pathname).toBe("/u/consent");
    expect(question.status).toBe(200);
    expect(wordsOf(question)).toEqual([
      "Authorize App",
      "Test SPA is requesting access to your account at Test API.",
      "openid",
      "Accept",
      "Decline",
    ]);
    expect((await browser.submit(question, {}, "action")).url.searchParams.has("code")).toBe(true);

    const open = async (parameters: Record<string, string>) => {
      const { url } = await planLogin(tenant, tenant.spa, { client_id: "third-party", ...parameters });
      return browser.open(url.href);
    };
    expect((await open({ scope: "openid" })).url.searchParams.has("code")).toBe(true);
    expect((await open({ scope: "openid email" })).url.pathname).toBe("/u/consent");
    const { url } = await open({ scope: "openid email", prompt: "none" });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: "consent_required",
      error_description: "Consent required",
    });
    expect((await open({ scope: "openid", prompt: "consent" })).url.pathname).toBe("/u/consent");
  });

  test("is the least of it: a connection that is not the whole domain's is closed to third parties", async () => {
    tenant.setConnection({ ...tenant.database, enabled_clients: ["third-party"], is_domain_connection: false });
    const { url } = await planLogin(tenant, tenant.spa, { client_id: "third-party" });
    const page = await tenant.browser().open(url.href);
    tenant.setConnection({ ...tenant.database, is_domain_connection: true });
    expect(page.text).toContain("no connections enabled for the client");
  });

  test("of a user who was blocked before answering gives no code and is not kept", async () => {
    const user = await tenant.addUser("blocked@example.com");
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { client_id: "third-party", scope: "openid" });
    const question = await passLoginPage(browser, attempt, "blocked@example.com");
    tenant.tenant.state.users.set(user.user_id, { ...user, blocked: true });
    const { url } = await browser.submit(question, {}, "action");
    expect(url.searchParams.get("error_description")).toBe("user is blocked");
    expect(tenant.tenant.state.consents.find(({ user_id }) => user_id === user.user_id)).toBeUndefined();
  });

  test("that is declined tells the client", async () => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { client_id: "third-party", scope: "openid profile" });
    const question = await passLoginPage(browser, attempt, "ada@example.com");
    const { url } = await browser.submit(question, { action: "deny" });
    expect(url.searchParams.get("error")).toBe("access_denied");
    expect(url.searchParams.get("error_description")).toBe("User did not authorize the request");
  });
});
