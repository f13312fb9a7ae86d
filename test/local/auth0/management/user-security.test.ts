import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import { renderTotp } from "../../../../local/auth0/mfa/totp.ts";
import { logIn, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

/** What an administrator does about the logins of a user: factors, blocks, sessions, refresh tokens. */
let tenant: LoginTenant;
let sdk: ManagementClient;
let email: string;
let userId: string;
let people = 0;
beforeAll(async () => {
  tenant = await startLoginTenant();
  sdk = createManagementClient(tenant);
  await sdk.guardian.factors.set("otp", { enabled: true });
});
afterAll(() => tenant.close());
beforeEach(async () => {
  people += 1;
  email = `ada${people}@example.com`;
  userId = (await tenant.addUser(email)).user_id;
  tenant.bind();
});

describe("an app with one-time passwords", () => {
  const methods = () => sdk.users.authenticationMethods;
  const addApp = () => methods().create(userId, { type: "totp", name: "Phone" });
  const list = async () => (await methods().list(userId)).data;

  test("that the API made lets the user in", async () => {
    const { totp_secret: secret = "" } = await addApp();
    tenant.bind('api.authentication.challengeWith({ type: "otp" });');
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa);
    const page = await passLoginPage(browser, attempt, email);
    const code = renderTotp(secret, Math.floor(tenant.clock.now() / 30_000));
    const { url } = await browser.submit(page, { code });
    expect(decodeJwt((await redeem(attempt, url)).id_token!)).toMatchObject({ sub: userId, amr: ["mfa"] });
    expect(await list()).toEqual([expect.objectContaining({ type: "totp", last_auth_at: expect.any(String) })]);
  });

  test("is listed, read and renamed without its secret", async () => {
    const { id = "" } = await addApp();
    const shown = {
      id,
      type: "totp",
      name: "Phone",
      confirmed: true,
      created_at: expect.any(String),
      enrolled_at: expect.any(String),
    };
    expect(await list()).toEqual([shown]);
    expect(await methods().get(userId, id)).toEqual(shown);
    expect(await methods().update(userId, id, { name: "Tablet" })).toEqual({ ...shown, name: "Tablet" });
    expect((await sdk.users.enrollments.get(userId))[0]).toMatchObject({
      id,
      status: "confirmed",
      auth_method: "authenticator",
    });
    expect(await sdk.guardian.enrollments.get(id)).toMatchObject({ id, name: "Tablet" });
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ["by its id", (id) => methods().delete(userId, id)],
    ["with all methods", () => methods().deleteAll(userId)],
    ["as an enrollment", (id) => sdk.guardian.enrollments.delete(id)],
    ["as an authenticator", () => sdk.users.authenticators.deleteAll(userId)],
    ["as a provider", () => sdk.users.multifactor.deleteProvider(userId, "google-authenticator")],
    ["by an empty list", () => methods().set(userId, [])],
    ["with its user", () => sdk.users.delete(userId)],
  ])("is taken away %s", async (_how, remove) => {
    const { id = "" } = await addApp();
    await remove(id);
    await expect(sdk.guardian.enrollments.get(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test.each([undefined, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"])(
    "takes the place of another, with the secret %s",
    async (given) => {
      await addApp();
      const [made] = await methods().set(userId, [
        { type: "totp", ...(given !== undefined && { totp_secret: given }) },
      ]);
      expect(made?.totp_secret).toMatch(given ?? /^[A-Z2-7]{32}$/);
      expect(await list()).toHaveLength(1);
    },
  );

  test.each<[string, () => Promise<unknown>, number]>([
    ["a second one", () => addApp().then(addApp), 409],
    ["a secret that is not base32", () => methods().create(userId, { type: "totp", totp_secret: "not base32" }), 400],
    ["a passkey", () => methods().create(userId, { type: "passkey" }), 400],
    ["two at once", () => methods().set(userId, [{ type: "totp" }, { type: "totp" }]), 400],
    ["nobody's", () => methods().create("auth0|none", { type: "totp" }), 404],
    ["an id that is not there", () => methods().get(userId, "totp|dev_none"), 404],
  ])("is refused: %s", async (_what, ask, statusCode) => {
    await expect(ask()).rejects.toMatchObject({ statusCode });
  });
});

describe("a block by brute-force protection", () => {
  async function failTenTimes(): Promise<void> {
    tenant.setConnection({ ...tenant.database, options: { brute_force_protection: true } });
    const browser = tenant.browser();
    let page = await browser.open((await planLogin(tenant, tenant.spa)).url.href);
    for (let count = 0; count < 10; count += 1) {
      page = await browser.submit(page, { username: email, password: "wrong" }, "password");
    }
  }

  const isLetIn = async (): Promise<boolean> => {
    const page = await passLoginPage(tenant.browser(), await planLogin(tenant, tenant.spa), email);
    return page.url.searchParams.has("code");
  };

  test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ["the user's id", () => sdk.userBlocks.list(userId), () => sdk.userBlocks.delete(userId)],
    [
      "the name, in any case",
      () => sdk.userBlocks.listByIdentifier({ identifier: email.toUpperCase() }),
      () => sdk.userBlocks.deleteByIdentifier({ identifier: email.toUpperCase() }),
    ],
  ])("is listed and taken away by %s", async (_by, list, remove) => {
    await failTenTimes();
    expect(await isLetIn()).toBe(false);
    expect(await list()).toEqual({
      blocked_for: [{ identifier: email, ip: expect.stringContaining("127.0.0.1"), connection: tenant.database.name }],
    });
    await remove();
    expect(await list()).toEqual({ blocked_for: [] });
    expect(await isLetIn()).toBe(true);
  });

  test("of somebody else is not listed", async () => {
    await failTenTimes();
    const other = await tenant.addUser(`ben${people}@example.com`);
    expect(await sdk.userBlocks.list(other.user_id)).toEqual({ blocked_for: [] });
    await expect(sdk.userBlocks.list("auth0|none")).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("metadata of", () => {
  test("a session are seen by Actions, and taken away by null", async () => {
    const { browser } = await logIn(tenant, tenant.spa, email);
    const [session] = (await sdk.users.sessions.list(userId)).data;
    const id = session?.id ?? "";
    expect(await sdk.sessions.update(id, { session_metadata: { device: "till-7" } })).toMatchObject({
      session_metadata: { device: "till-7" },
    });
    tenant.bind('api.idToken.setCustomClaim("urn:device", event.session.metadata.device);');
    const attempt = await planLogin(tenant, tenant.spa);
    const tokens = await redeem(attempt, (await browser.open(attempt.url.href)).url);
    expect(decodeJwt(tokens.id_token!)).toMatchObject({ "urn:device": "till-7" });
    expect(await sdk.sessions.update(id, {})).toMatchObject({ session_metadata: { device: "till-7" } });
    expect(await sdk.sessions.update(id, { session_metadata: null })).toMatchObject({ session_metadata: null });
  });

  test("a refresh token are kept", async () => {
    await logIn(tenant, tenant.spa, email);
    const [token] = (await sdk.users.refreshToken.list(userId)).data;
    const id = token?.id ?? "";
    const refresh_token_metadata = { device: "till-7" };
    await sdk.refreshTokens.update(id, { refresh_token_metadata });
    expect(await sdk.refreshTokens.get(id)).toMatchObject({ refresh_token_metadata });
  });
});

describe("refresh tokens", () => {
  const ofUser = async () => (await sdk.refreshTokens.list({ user_id: userId })).data;

  test("are listed by user and client", async () => {
    await logIn(tenant, tenant.spa, email);
    await logIn(tenant, tenant.web, email);
    expect(await ofUser()).toHaveLength(2);
    const { data } = await sdk.refreshTokens.list({ user_id: userId, client_id: tenant.web.client_id });
    expect(data).toEqual([expect.objectContaining({ user_id: userId, client_id: tenant.web.client_id })]);
  });

  test.each<[string, (ids: string[]) => object, number]>([
    ["by their ids", (ids) => ({ ids: ids.slice(0, 1) }), 1],
    ["of a user", () => ({ user_id: userId }), 0],
    ["of a user and client", () => ({ user_id: userId, client_id: tenant.web.client_id }), 1],
    ["of a user and API", () => ({ user_id: userId, audience: "https://other.example.com/" }), 2],
    ["of a user for this API", () => ({ user_id: userId, audience: API }), 0],
  ])("are revoked %s", async (_how, plan, left) => {
    await logIn(tenant, tenant.spa, email);
    await logIn(tenant, tenant.web, email);
    await sdk.refreshTokens.revoke(plan((await ofUser()).map(({ id }) => id ?? "")));
    expect(await ofUser()).toHaveLength(left);
  });

  test.each([{}, { audience: API }, { ids: ["rt_1"], user_id: "auth0|x" }])(
    "are not revoked by %j, which names all or too much",
    async (body) => {
      await expect(sdk.refreshTokens.revoke(body)).rejects.toMatchObject({ statusCode: 400 });
    },
  );
});
