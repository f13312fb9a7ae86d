import { Auth0Client, type Auth0ClientOptions } from "@auth0/auth0-spa-js";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Browser } from "../../../../local/http/browser.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { API, CALLBACK, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createSpaWindow, type SpaWindow } from "../../../support/spa-window.ts";

const ORIGIN = "http://localhost:3000";

describe("auth0-spa-js", () => {
  let tenant: LoginTenant;
  let browser: Browser;
  let spaWindow: SpaWindow;
  let uninstall: () => void;
  beforeEach(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    browser = tenant.browser();
    spaWindow = createSpaWindow(ORIGIN, browser, trustingFetch(tenant));
    uninstall = spaWindow.install();
  });
  afterEach(async () => {
    uninstall();
    await tenant.close();
  });

  const create = (options: Partial<Auth0ClientOptions> = {}) =>
    new Auth0Client({
      domain: tenant.domain,
      clientId: tenant.spa.client_id,
      authorizationParams: { redirect_uri: CALLBACK, audience: API, scope: "openid profile email" },
      ...options,
    });
  const logIn = async (client: Auth0Client) => {
    let callback = "";
    await client.loginWithRedirect({
      openUrl: async (url) => {
        const page = await browser.open(url);
        callback = (await browser.submit(page, { username: "ada@example.com", password: PASSWORD }, "password")).url
          .href;
      },
    });
    await client.handleRedirectCallback(callback);
  };

  test("logs in, shows the user and holds a token for the API", async () => {
    const client = create();
    await logIn(client);
    expect(await client.isAuthenticated()).toBe(true);
    expect(await client.getUser()).toMatchObject({ email: "ada@example.com", name: "ada@example.com" });
    expect(decodeJwt((await client.getTokenSilently())!)).toMatchObject({ azp: tenant.spa.client_id });
    expect(spaWindow.frames).toEqual([]);
  });

  test("gets a new token in a frame, by the session alone", async () => {
    await logIn(create());
    const reloaded = create();
    const token = await reloaded.getTokenSilently({ timeoutInSeconds: 5 });
    expect(decodeJwt(token!).aud).toContain(API);
    expect(spaWindow.frames).toHaveLength(1);
  });

  test("is told in the frame that nobody is logged in", async () => {
    await expect(create().getTokenSilently({ timeoutInSeconds: 5 })).rejects.toMatchObject({ error: "login_required" });
  });

  test("is told in the frame that an Action denies", async () => {
    await logIn(create());
    tenant.bind("api.access.deny('not today')");
    await expect(create().getTokenSilently({ timeoutInSeconds: 5 })).rejects.toMatchObject({
      error: "access_denied",
      error_description: "not today",
    });
  });

  test("gets nothing in a frame of an origin that the client does not list", async () => {
    await logIn(create());
    tenant.setClient({ ...tenant.spa, web_origins: [] });
    await expect(create().getTokenSilently({ timeoutInSeconds: 1 })).rejects.toMatchObject({ error: "timeout" });
  });

  test("rotates refresh tokens", async () => {
    const client = create({ useRefreshTokens: true });
    await logIn(client);
    const before = tenant.tenant.state.refreshTokens.values()[0]?.current;
    for (let round = 0; round < 2; round += 1) {
      const token = await client.getTokenSilently({ cacheMode: "off" });
      expect(decodeJwt(token!).gty).toBe("refresh_token");
    }
    expect(tenant.tenant.state.refreshTokens.values()[0]?.current).not.toBe(before);
    expect(spaWindow.frames).toEqual([]);
  });

  test("falls back to the frame when its refresh token was revoked", async () => {
    const client = create({ useRefreshTokens: true, useRefreshTokensFallback: true });
    await logIn(client);
    for (const { id } of tenant.tenant.state.refreshTokens.values()) tenant.tenant.state.refreshTokens.delete(id);
    expect(decodeJwt((await client.getTokenSilently({ cacheMode: "off", timeoutInSeconds: 5 }))!).gty).toBeUndefined();
    expect(spaWindow.frames).toHaveLength(1);
  });

  describe("with one refresh token for several APIs", () => {
    const BILLING = "https://billing.example.com/";
    const ofBilling = (scope: string) => ({ authorizationParams: { audience: BILLING, scope } });
    beforeEach(() => {
      const scopes = ["read:bills", "pay:bills"].map((value) => ({ value }));
      tenant.setApi({ ...tenant.api, id: "billing", identifier: BILLING, scopes, enforce_policies: false });
      const policies = [{ audience: BILLING, scope: ["read:bills"] }];
      tenant.setClient({ ...tenant.spa, refresh_token: { ...tenant.spa.refresh_token!, policies } });
    });

    test("holds a token of each, and gets both anew without a frame", async () => {
      const client = create({ useRefreshTokens: true, useMrrt: true });
      await logIn(client);
      for (let round = 0; round < 2; round += 1) {
        const bills = decodeJwt((await client.getTokenSilently({ ...ofBilling("read:bills"), cacheMode: "off" }))!);
        expect(bills).toMatchObject({ gty: "refresh_token", scope: expect.stringContaining("read:bills") });
        expect(bills.aud).toContain(BILLING);
        expect(decodeJwt((await client.getTokenSilently({ cacheMode: "off" }))!).aud).toContain(API);
      }
      expect(decodeJwt((await client.getTokenSilently(ofBilling("read:bills")))!).aud).toContain(BILLING);
      expect(tenant.tenant.state.refreshTokens.values()).toHaveLength(1);
      expect(spaWindow.frames).toEqual([]);
    });

    test("is told which scopes no policy allows", async () => {
      const client = create({ useRefreshTokens: true, useMrrt: true });
      await logIn(client);
      await expect(client.getTokenSilently(ofBilling("pay:bills"))).rejects.toThrow("missing scope: 'pay:bills'");
    });

    test("gets those in a frame where it may", async () => {
      const client = create({ useRefreshTokens: true, useMrrt: true, useRefreshTokensFallback: true });
      await logIn(client);
      const token = await client.getTokenSilently({ ...ofBilling("pay:bills"), timeoutInSeconds: 5 });
      expect(decodeJwt(token!)).toMatchObject({ scope: expect.stringContaining("pay:bills") });
      expect(spaWindow.frames).toHaveLength(1);
    });
  });

  test("logs out", async () => {
    const client = create();
    await logIn(client);
    let target = "";
    await client.logout({
      logoutParams: { returnTo: ORIGIN },
      openUrl: async (url) => {
        target = (await browser.open(url)).url.href;
      },
    });
    expect(target).toBe(`${ORIGIN}/`);
    await expect(create().getTokenSilently({ timeoutInSeconds: 5 })).rejects.toMatchObject({ error: "login_required" });
  });
});
