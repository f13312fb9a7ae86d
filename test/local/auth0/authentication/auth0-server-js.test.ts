import { CookieTransactionStore, ServerClient, StatelessStateStore } from "@auth0/auth0-server-js";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Browser } from "../../../../local/http/browser.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { API, CALLBACK, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

/** The cookies of one person's browser, as the application reads and sets them. */
type Cookies = Map<string, string>;

describe("auth0-server-js", () => {
  let tenant: LoginTenant;
  let browser: Browser;
  let cookies: Cookies;
  let client: ServerClient<Cookies>;
  beforeEach(async () => {
    jest.useFakeTimers({ advanceTimers: true, doNotFake: ["nextTick", "setImmediate", "setInterval", "setTimeout"] });
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    browser = tenant.browser();
    cookies = new Map();
    client = createServerClient(tenant);
  });
  afterEach(async () => {
    jest.useRealTimers();
    await tenant.close();
  });

  const logIn = async () => {
    const page = await browser.open((await client.startInteractiveLogin({}, cookies)).href);
    const answer = await browser.submit(page, { username: "ada@example.com", password: PASSWORD }, "password");
    await client.completeInteractiveLogin(answer.url, cookies);
  };

  test("logs in and knows the user", async () => {
    await logIn();
    expect(await client.getUser(cookies)).toMatchObject({ email: "ada@example.com", name: "ada@example.com" });
  });

  test("holds a token for the API, and gets another when that has expired", async () => {
    await logIn();
    const first = await client.getAccessToken(cookies);
    expect(await client.getAccessToken(cookies)).toEqual(first);
    jest.setSystemTime(Date.now() + 7_201_000);
    const second = decodeJwt((await client.getAccessToken(cookies)).accessToken);
    expect(second).toMatchObject({ gty: "refresh_token", azp: tenant.web.client_id });
    expect(second.aud).toContain(API);
    expect(decodeJwt(first.accessToken).gty).toBeUndefined();
  });

  test("is told that a refresh token was revoked", async () => {
    await logIn();
    await client.revokeRefreshToken({}, cookies);
    jest.setSystemTime(Date.now() + 7_201_000);
    await expect(client.getAccessToken(cookies)).rejects.toMatchObject({ cause: { error: "invalid_grant" } });
  });

  test("is told what an Action denies", async () => {
    tenant.bind("api.access.deny('not today')");
    await expect(logIn()).rejects.toMatchObject({
      cause: { error: "access_denied", error_description: "not today" },
    });
  });

  test("logs out of the tenant too", async () => {
    await logIn();
    const returnTo = "http://localhost:3000";
    const question = await browser.open((await client.logout({ returnTo }, cookies)).href);
    const end = await browser.submit(question, {});
    expect(end.url.href).toBe(`${returnTo}/`);
    expect(await client.getUser(cookies)).toBeUndefined();
    const again = await browser.open((await client.startInteractiveLogin({}, cookies)).href);
    expect(again.url.pathname).toBe("/u/login");
  });
});

function createServerClient(tenant: LoginTenant): ServerClient<Cookies> {
  const handler = {
    setCookie: (name: string, value: string, _?: unknown, held?: Cookies) => void held?.set(name, value),
    getCookie: (name: string, held?: Cookies) => held?.get(name),
    getCookies: (held?: Cookies) => Object.fromEntries(held ?? []),
    deleteCookie: (name: string, held?: Cookies) => void held?.delete(name),
  };
  const secret = "of this test, of more than 32 characters";
  return new ServerClient<Cookies>({
    domain: tenant.domain,
    clientId: tenant.web.client_id,
    clientSecret: tenant.web.client_secret ?? "",
    authorizationParams: { redirect_uri: CALLBACK, audience: API, scope: "openid profile email offline_access" },
    transactionStore: new CookieTransactionStore({ secret }, handler),
    stateStore: new StatelessStateStore({ secret }, handler),
    customFetch: trustingFetch(tenant),
  });
}
