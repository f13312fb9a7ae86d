import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import { findTotp } from "../../../../local/auth0/mfa/factors.ts";
import { renderTotp } from "../../../../local/auth0/mfa/totp.ts";
import type { User } from "../../../../local/auth0/state/user.ts";
import type { Browser, Page } from "../../../../local/http/browser.ts";
import { call } from "../../../support/local-tenant.ts";
import { type LoginAttempt, logIn, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { wordsOf } from "../../../support/words-of.ts";

const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";
const ALWAYS_OTP = 'api.authentication.challengeWith({ type: "otp" });';
const SEEN = 'api.idToken.setCustomClaim("urn:seen", event.authentication.methods.map(({ name }) => name));';
/** Auth0's step-up pattern. */
const STEP_UP = `if (event.transaction.acr_values.includes("${MULTI_FACTOR}")
  && !event.authentication.methods.some(({ name }) => name === "mfa")) api.multifactor.enable("any");`;

describe("a second factor", () => {
  let tenant: LoginTenant;
  let sdk: ManagementClient;
  let people = 0;
  let ada: User;
  let browser: Browser;
  let attempt: LoginAttempt;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    sdk = createManagementClient(tenant);
  });
  afterAll(() => tenant.close());
  beforeEach(async () => {
    people += 1;
    ada = await tenant.addUser(`ada${people}@example.com`, { email_verified: true });
    browser = tenant.browser();
    await enable({ otp: true, email: false });
    await sdk.guardian.policies.set([]);
  });

  async function enable(factors: Readonly<Partial<Record<"otp" | "email", boolean>>>): Promise<void> {
    for (const [name, enabled] of Object.entries(factors)) {
      await sdk.guardian.factors.set(name as "otp", { enabled });
    }
  }

  async function begin(parameters: Readonly<Record<string, string>> = {}): Promise<Page> {
    attempt = await planLogin(tenant, tenant.spa, parameters);
    return passLoginPage(browser, attempt, ada.email!);
  }

  const claimsAt = async ({ url }: Page) => decodeJwt((await redeem(attempt, url)).id_token!);
  const stepNow = () => Math.floor(tenant.clock.now() / 30_000);
  const codeOf = (secret: string, step = stepNow()) => renderTotp(secret, step);
  const secretOn = (page: Page) => /<code>([A-Z2-7]{32})<\/code>/.exec(page.text)?.[1] ?? "";
  const mailed = () =>
    /mfa: the one-time code for a\*\*\*@\*\*\* is (\d{6})/.exec(tenant.lines.at(-1) ?? "")?.[1] ?? "";

  /** Sets up the app of the user, by the pages; returns its secret, whose next code is not used yet. */
  async function setUpApp(): Promise<string> {
    tenant.bind('api.authentication.enrollWith({ type: "otp" });');
    const page = await begin();
    const secret = secretOn(page);
    await browser.submit(page, { code: codeOf(secret) });
    tenant.clock.advance(30_000);
    browser = tenant.browser();
    return secret;
  }

  test("is set up on a page, and the Actions after the one that asked see it", async () => {
    tenant.bind('api.authentication.enrollWith({ type: "otp" });', SEEN);
    tenant.tenant.state.settings.set("tenant", { friendly_name: "Acme & Co" });
    const page = await begin();
    expect(page.url.pathname).toBe("/u/mfa");
    expect(page.status).toBe(200);
    const secret = secretOn(page);
    expect(wordsOf(page)).toEqual([
      "Secure Your Account",
      "Add this account to your one-time password application, or type in this key:",
      secret,
      "Enter your one-time code",
      "Continue",
    ]);
    expect(page.text).toContain(
      `otpauth://totp/Acme%20%26%20Co:${encodeURIComponent(ada.email!)}?secret=${secret}&amp;issuer=Acme%20%26%20Co`,
    );
    const claims = await claimsAt(await browser.submit(page, { code: codeOf(secret) }));
    expect(claims).toMatchObject({ sub: ada.user_id, amr: ["mfa"], "urn:seen": ["pwd", "mfa"] });
    expect(findTotp(tenant.tenant.state, ada.user_id)).toMatchObject({ secret });
  });

  test("is not set up by a wrong code, and keeps its key until the right one", async () => {
    tenant.bind('api.authentication.enrollWith({ type: "otp" });');
    const page = await begin();
    const again = await browser.submit(page, { code: "000000x" });
    expect(again).toMatchObject({ status: 400, text: expect.stringContaining(">The code you entered is invalid<") });
    expect(secretOn(again)).toBe(secretOn(page));
    expect((await claimsAt(await browser.submit(again, { code: codeOf(secretOn(page)) }))).amr).toEqual(["mfa"]);
  });

  test("is asked for by its code, good once", async () => {
    const code = codeOf(await setUpApp());
    tenant.bind(ALWAYS_OTP, SEEN);
    const claims = await claimsAt(await browser.submit(await begin(), { code }));
    expect(claims["urn:seen"]).toEqual(["pwd", "mfa"]);
    browser = tenant.browser();
    expect(await browser.submit(await begin(), { code })).toMatchObject({ status: 400 });
    const types = tenant.tenant.logs.entries().map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["gd_auth_succeed", "gd_auth_failed"]));
  });

  test("is given up after ten wrong codes", async () => {
    await setUpApp();
    tenant.bind(ALWAYS_OTP);
    let page = await begin();
    for (let count = 0; count < 10; count += 1) page = await browser.submit(page, { code: "1" });
    expect(page.url.searchParams.get("error")).toBe("too_many_attempts");
  });

  test("can be a code by email, to a verified address", async () => {
    await enable({ email: true });
    tenant.bind('api.authentication.challengeWith({ type: "email" });', SEEN);
    const page = await begin();
    expect(page.status).toBe(200);
    expect(wordsOf(page)).toEqual([
      "Verify Your Identity",
      "We sent a code to your email address. The tenant's log shows it.",
      "Enter your one-time code",
      "Continue",
      "Send a code",
    ]);
    const claims = await claimsAt(await browser.submit(page, { code: mailed() }, "code"));
    expect(claims["urn:seen"]).toEqual(["pwd", "mfa"]);
  });

  test("is chosen where there are several", async () => {
    await setUpApp();
    await enable({ email: true });
    tenant.bind('api.authentication.challengeWithAny([{ type: "otp" }, { type: "email" }]);');
    const choice = await begin();
    expect(choice.status).toBe(200);
    expect(wordsOf(choice)).toEqual([
      "Select a method to verify your identity",
      "Google Authenticator or similar",
      "Email",
    ]);
    const page = await browser.submit(choice, { factor: "email" });
    expect((await claimsAt(await browser.submit(page, { code: mailed() }, "code"))).amr).toEqual(["mfa"]);
  });

  test("is asked for one after the other by two Actions", async () => {
    const secret = await setUpApp();
    await enable({ email: true });
    tenant.bind(ALWAYS_OTP, 'api.authentication.challengeWith({ type: "email" });', SEEN);
    const second = await browser.submit(await begin(), { code: codeOf(secret) });
    expect((await claimsAt(await browser.submit(second, { code: mailed() }, "code")))["urn:seen"]).toEqual([
      "pwd",
      "mfa",
      "mfa",
    ]);
  });

  test("goes with a redirect of a later Action", async () => {
    const secret = await setUpApp();
    const away = `exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo("https://app.example.com/");
      exports.onContinuePostLogin = async (event, api) => {};`;
    tenant.bind(`${ALWAYS_OTP} api.multifactor.enable("any");`, { code: away }, SEEN);
    const { url } = await browser.submit(await begin(), { code: codeOf(secret) });
    const page = await browser.open(`https://${tenant.domain}/continue?state=${url.searchParams.get("state")}`);
    expect((await claimsAt(page))["urn:seen"]).toEqual(["pwd", "mfa"]);
  });

  describe("to step up", () => {
    test("is asked for by acr_values, and told in the id token", async () => {
      const secret = await setUpApp();
      tenant.bind(STEP_UP);
      const plain = await claimsAt(await begin());
      expect(plain).not.toHaveProperty("amr");
      attempt = await planLogin(tenant, tenant.spa, { acr_values: MULTI_FACTOR });
      const page = await browser.open(attempt.url.href);
      expect(page.url.pathname).toBe("/u/mfa");
      expect(await claimsAt(await browser.submit(page, { code: codeOf(secret) }))).toMatchObject({
        amr: ["mfa"],
        acr: MULTI_FACTOR,
      });
      const silent = await planLogin(tenant, tenant.spa, { acr_values: MULTI_FACTOR, prompt: "none" });
      attempt = silent;
      expect(await claimsAt(await browser.open(silent.url.href))).toMatchObject({ amr: ["mfa"], acr: MULTI_FACTOR });
    });

    test("cannot be passed silently", async () => {
      await setUpApp();
      tenant.bind(STEP_UP);
      await begin();
      const { url } = await planLogin(tenant, tenant.spa, { acr_values: MULTI_FACTOR, prompt: "none" });
      const answer = (await browser.open(url.href)).url.searchParams;
      expect([answer.get("error"), answer.get("error_description")]).toEqual([
        "login_required",
        "Multifactor authentication required",
      ]);
    });
  });

  test.each([
    ["the tenant's policy", ""],
    ["an Action", 'api.multifactor.enable("google-authenticator", { allowRememberBrowser: false });'],
  ])("is set up by whoever has none, when %s wants one of all", async (who, action) => {
    if (who === "the tenant's policy") await sdk.guardian.policies.set(["all-applications"]);
    tenant.bind(action);
    const page = await begin();
    expect((await claimsAt(await browser.submit(page, { code: codeOf(secretOn(page)) }))).amr).toEqual(["mfa"]);
  });

  test.each<[string, string, object]>([
    ["is not set up", ALWAYS_OTP, { otp: true }],
    ["is off", 'api.authentication.enrollWith({ type: "otp" });', { otp: false }],
    ["cannot be set up", 'api.authentication.enrollWith({ type: "email" });', { email: true }],
    ["is wanted where none is on", 'api.multifactor.enable("any");', { otp: false }],
  ])("that %s fails the login", async (_what, action, factors) => {
    await enable(factors);
    tenant.bind(action);
    expect((await begin()).url.searchParams.get("error")).toBe("access_denied");
  });

  test("of a kind that is not here is passed over, with a line in the log", async () => {
    tenant.bind('api.authentication.challengeWith({ type: "push-notification" });', SEEN);
    expect((await claimsAt(await begin()))["urn:seen"]).toEqual(["pwd"]);
    expect(tenant.lines).toContain("actions: not carried out by the local tenant: challenge push-notification");
  });

  test("of such a kind fails the login where the tenant is set so", async () => {
    const strict = await startLoginTenant({ actions: { unavailableStep: "fails" } });
    try {
      await strict.addUser("ada@example.com");
      strict.bind('api.authentication.challengeWith({ type: "push-notification" });');
      const { url } = await passLoginPage(strict.browser(), await planLogin(strict, strict.spa), "ada@example.com");
      expect(url.searchParams.get("error")).toBe("access_denied");
    } finally {
      await strict.close();
    }
  });

  test("is shown to Actions, which ask for it where it is set up", async () => {
    const claim = 'api.idToken.setCustomClaim("urn:factors", event.user.enrolledFactors);';
    await setUpApp();
    await enable({ email: true });
    tenant.bind(claim);
    expect((await claimsAt(await begin()))["urn:factors"]).toEqual([{ type: "otp" }, { type: "email" }]);
  });

  test.each([ALWAYS_OTP, 'api.multifactor.enable("any");'])(
    "is asked for at the token endpoint: %s",
    async (action) => {
      tenant.bind();
      const { tokens } = await logIn(tenant, tenant.web, ada.email!);
      tenant.bind(action);
      const { client_id, client_secret } = tenant.web;
      const own = { client_id, client_secret };
      const realm = tenant.database.name;
      const refused = { status: 403, body: { error: "mfa_required" } };
      for (const body of [
        { ...own, grant_type: "refresh_token", refresh_token: tokens.refresh_token },
        {
          ...own,
          grant_type: "http://auth0.com/oauth/grant-type/password-realm",
          realm,
          username: ada.email,
          password: PASSWORD,
        },
      ]) {
        expect(await call(tenant, "/oauth/token", { method: "POST", body })).toMatchObject(refused);
      }
    },
  );
});
