import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { User } from "../../../../local/auth0/state/user.ts";
import { linkUsers } from "../../../../local/auth0/users/link-users.ts";
import { deleteUser } from "../../../../local/auth0/users/write-users.ts";
import type { Browser, Page } from "../../../../local/http/browser.ts";
import { type LoginAttempt, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

/** Sends everybody away who logs in to the SPA; `primary` in the return address becomes the primary user. */
const AWAY = (spa: string) => ({
  code: `exports.onExecutePostLogin = async (event, api) => {
      if (event.client.client_id === "${spa}") api.redirect.sendUserTo("https://app.example.com/away");
    };
    exports.onContinuePostLogin = async (event, api) => {
      const { primary } = event.request.query;
      if (primary) api.authentication.setPrimaryUser(primary);
    };`,
});

/** While an Action has sent the browser away, somebody logs in there again: email validation, account linking. */
describe("a login inside a redirect of another", () => {
  let tenant: LoginTenant;
  let people = 0;
  let ada: User;
  let ben: User;
  let browser: Browser;
  let outer: LoginAttempt;
  let away: Page;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    tenant.bind(AWAY(tenant.spa.client_id));
  });
  afterAll(() => tenant.close());
  beforeEach(async () => {
    people += 1;
    ada = await tenant.addUser(`ada${people}@example.com`);
    ben = await tenant.addUser(`ben${people}@example.com`);
    browser = tenant.browser();
    outer = await planLogin(tenant, tenant.spa);
    away = await passLoginPage(browser, outer, ada.email!);
    expect(away.url.host).toBe("app.example.com");
  });

  async function logInInside(who: User, parameters: Readonly<Record<string, string>> = { prompt: "login" }) {
    const inner = await planLogin(tenant, tenant.web, parameters);
    const { url } = await passLoginPage(browser, inner, who.email!);
    return decodeJwt((await redeem(inner, url)).id_token!);
  }

  function comeBack(query: Readonly<Record<string, string>> = {}): Promise<Page> {
    const state = away.url.searchParams.get("state")!;
    return browser.open(`https://${tenant.domain}/continue?${new URLSearchParams({ ...query, state })}`);
  }

  async function subjectAfter(query: Readonly<Record<string, string>> = {}) {
    const page = await comeBack(query);
    return decodeJwt((await redeem(outer, page.url)).id_token!);
  }

  test.each<[string, () => User, Readonly<Record<string, string>>]>([
    ["another user", () => ben, { prompt: "login" }],
    ["the same user", () => ada, { prompt: "login" }],
    ["another user, who chooses the account", () => ben, { prompt: "select_account" }],
  ])("by %s leaves the outer one alive", async (_who, who, parameters) => {
    expect((await logInInside(who(), parameters)).sub).toBe(who().user_id);
    expect((await subjectAfter()).sub).toBe(ada.user_id);
  });

  test("gives the browser back to the session of the outer one", async () => {
    const { sid: inner } = await logInInside(ben);
    const { sid } = await subjectAfter();
    const silent = await planLogin(tenant, tenant.web, { prompt: "none" });
    const tokens = await redeem(silent, (await browser.open(silent.url.href)).url);
    expect(decodeJwt(tokens.id_token!)).toMatchObject({ sub: ada.user_id, sid });
    expect(tenant.tenant.state.sessions.has(String(inner))).toBe(false);
  });

  test.each<[string, () => void]>([
    ["is deleted", () => deleteUser(tenant.tenant.state, ben.user_id)],
    ["is linked to the first", () => linkUsers(tenant.tenant, ada, ben)],
  ])("whose user %s keeps the session of the outer one", async (_how, change) => {
    await logInInside(ben);
    change();
    expect((await subjectAfter()).sub).toBe(ada.user_id);
  });

  test("can end with the first user linked to the second, who becomes the primary", async () => {
    await logInInside(ben);
    linkUsers(tenant.tenant, ben, ada);
    const { sub, sid } = await subjectAfter({ primary: ben.user_id });
    expect(sub).toBe(ben.user_id);
    expect(tenant.tenant.state.sessions.get(String(sid))?.user_id).toBe(ben.user_id);
  });

  test("can have its users linked by the Action itself", async () => {
    await logInInside(ben);
    const { actions } = tenant.tenant;
    const resume = actions.resumePostLogin.bind(actions);
    const spy = jest.spyOn(actions, "resumePostLogin").mockImplementationOnce((...given) => {
      linkUsers(tenant.tenant, ben, ada);
      return resume(...given);
    });
    expect((await subjectAfter({ primary: ben.user_id })).sub).toBe(ben.user_id);
    spy.mockRestore();
  });

  test.each<[string, () => void, string]>([
    [
      "linked away, and nobody says who is the primary user",
      () => linkUsers(tenant.tenant, ben, ada),
      "login_required",
    ],
    ["linked away and then blocked", () => blockAfterLinking(), "unauthorized"],
  ])("fails when its user was %s", async (_how, change, error) => {
    change();
    expect((await comeBack()).url.searchParams.get("error")).toBe(error);
  });

  function blockAfterLinking(): void {
    linkUsers(tenant.tenant, ben, ada);
    const { state } = tenant.tenant;
    state.users.set(ben.user_id, { ...state.users.get(ben.user_id)!, blocked: true });
  }

  test.each<[string, () => unknown]>([
    ["its user was deleted", () => deleteUser(tenant.tenant.state, ada.user_id)],
    ["the browser logged out", () => browser.open(`https://${tenant.domain}/v2/logout`)],
    ["the browser logged out of the inner one", () => logOutInside()],
  ])("cannot be continued when %s", async (_how, change) => {
    await change();
    expect((await comeBack()).text).toContain("You may have pressed the back button");
  });

  async function logOutInside(): Promise<void> {
    await logInInside(ben);
    await browser.open(`https://${tenant.domain}/v2/logout`);
  }

  test("cannot be continued by another browser", async () => {
    browser = tenant.browser();
    await logInInside(ben);
    expect((await comeBack()).text).toContain("You may have pressed the back button");
  });
});
