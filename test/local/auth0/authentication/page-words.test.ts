import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { wordsOf } from "../../../support/words-of.ts";

describe("what people read", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    for (const strategy of ["google-oauth2", "email", "sms"]) {
      tenant.setConnection({ ...tenant.database, id: `con_${strategy}`, name: strategy, strategy, realms: [strategy] });
    }
  });
  afterAll(() => tenant.close());

  const open = async (parameters: Record<string, string> = {}) => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, parameters);
    return { browser, page: await browser.open(attempt.url.href) };
  };

  test("on the login page is what the client's connections offer", async () => {
    const { page } = await open();
    expect(page.status).toBe(200);
    expect(wordsOf(page)).toEqual([
      "Welcome",
      "Log in to local to continue to Test SPA.",
      "Email address",
      "Password",
      "Continue",
      "Forgot password?",
      "Don't have an account? Sign up",
      "Continue with Google",
      "Email address",
      "Email me a code",
      "Phone number",
      "Text me a code",
    ]);
  });

  test("on the sign-up page is how to sign up", async () => {
    const { page } = await open({ screen_hint: "signup" });
    expect(page.status).toBe(200);
    expect(wordsOf(page)).toEqual([
      "Welcome",
      "Sign up to local to continue to Test SPA.",
      "Email address",
      "Password",
      "Continue",
      "Already have an account? Log in",
      "Continue with Google",
      "Email address",
      "Email me a code",
      "Phone number",
      "Text me a code",
    ]);
  });

  test("of a password that was forgotten is where to send a new one, and then that it was sent", async () => {
    const { browser, page } = await open();
    const asked = await browser.open(
      new URL(`/u/reset-password/request?state=${page.url.searchParams.get("state")}`, page.url).href,
    );
    expect(asked.status).toBe(200);
    expect(wordsOf(asked)).toEqual([
      "Forgot Your Password?",
      "Enter your email address and we will send you instructions to reset your password.",
      "Email address",
      "Continue",
    ]);
    const sent = await browser.submit(asked, { email: "nobody@example.com" });
    expect(sent.status).toBe(200);
    expect(wordsOf(sent)).toEqual(["Check Your Email", "We've just sent you an email to reset your password."]);
  });

  test("where a code was sent is to where, and what was wrong with the one that was entered", async () => {
    const { browser, page } = await open({ connection: "email" });
    const asked = await browser.submit(page, { passwordless_email: "kay@example.com" }, "passwordless_email");
    expect(asked.status).toBe(200);
    expect(wordsOf(asked)).toEqual([
      "Verify Your Identity",
      "We sent a code to kay@example.com. The tenant's log shows it.",
      "Enter the code",
      "Continue",
    ]);
    const wrong = await browser.submit(asked, { code: "none" });
    expect(wrong.status).toBe(400);
    expect(wordsOf(wrong)).toEqual([
      "Verify Your Identity",
      "We sent a code to kay@example.com. The tenant's log shows it.",
      "The code you entered is invalid",
      "Enter the code",
      "Continue",
    ]);
  });

  test("at a provider is who they are there", async () => {
    const { page } = await open({ connection: "google-oauth2" });
    expect(page.status).toBe(200);
    expect(wordsOf(page)).toEqual([
      "Sign in with Google",
      "This page stands in for the provider: say who you are there.",
      "Email address",
      "The provider has verified it",
      "Name",
      "Continue",
    ]);
  });

  test("of a login that is over is how to begin anew", async () => {
    const page = await tenant.browser().open(`https://${tenant.domain}/u/login?state=over`);
    expect(page.status).toBe(400);
    expect(wordsOf(page).slice(0, -1)).toEqual([
      "Oops!, something went wrong",
      "invalid_request: You may have pressed the back button, refreshed during login, opened too many login dialogs, or there is some issue with cookies, since we couldn't find your session. Try logging in again from the application and if the problem persists please contact the administrator.",
    ]);
    expect(wordsOf(page).at(-1)).toMatch(/^TRACKING: [0-9a-f]{20}$/);
  });
});
