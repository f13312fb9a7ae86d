import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Client } from "../../../../local/auth0/state/resources.ts";
import type { User } from "../../../../local/auth0/state/user.ts";
import { call } from "../../../support/local-tenant.ts";
import { logIn } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { until } from "../../../support/until.ts";

const DAY = 86_400_000;
const REFUSED = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
};

describe("a refresh token", () => {
  let tenant: LoginTenant;
  let user: User;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    user = await tenant.addUser("ada@example.com");
  });
  afterAll(() => tenant.close());
  beforeEach(() => {
    tenant.setClient(tenant.spa);
    tenant.tenant.state.users.set(user.user_id, user);
    tenant.bind();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The Actions of a request end when those of both have begun. */
  const letActionsMeet = () => {
    const { actions } = tenant.tenant;
    const { runPostLogin } = actions;
    let begun = 0;
    jest.spyOn(actions, "runPostLogin").mockImplementation(async (login) => {
      begun += 1;
      await until(() => begun === 2);
      return runPostLogin(login);
    });
  };
  const obtain = async (client: Client = tenant.spa) =>
    (await logIn(tenant, client, "ada@example.com")).tokens.refresh_token!;
  const refresh = (refresh_token: string, change: Record<string, unknown> = {}) =>
    call(tenant, "/oauth/token", {
      method: "POST",
      body: { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token, ...change },
    });
  const next = async (token: string) => {
    const answer = await refresh(token);
    expect(answer.status).toBe(200);
    return (answer.body as { refresh_token: string }).refresh_token;
  };

  test("brings new tokens, names its grant in them, and is replaced", async () => {
    const first = await obtain();
    const { body } = await refresh(first);
    const { access_token, id_token, refresh_token } = body as Record<string, string>;

    expect(decodeJwt(access_token!)).toMatchObject({ gty: "refresh_token", sub: user.user_id });
    expect(decodeJwt(id_token!)).toMatchObject({ sub: user.user_id, sid: expect.any(String) });
    expect(decodeJwt(id_token!).nonce).toBeUndefined();
    expect(refresh_token).not.toBe(first);
  });

  test("shows post-login the session and the end that it has, each where it has one", async () => {
    tenant.bind(`const { session_id, expires_at, idle_expires_at } = event.refresh_token ?? {};
      api.accessToken.setCustomClaim("urn:seen", [session_id, expires_at, idle_expires_at]);`);
    const token = await obtain();
    const { session_id } = tenant.tenant.state.refreshTokens.values().at(-1)!;
    expect(session_id).toEqual(expect.any(String));
    const made = tenant.clock.now();
    const { body } = await refresh(token);
    const seen = decodeJwt((body as { access_token: string }).access_token)["urn:seen"] as (string | null)[];
    expect(seen[0]).toBe(session_id);
    // The client's: 30 days at the most, half of that without use.
    const days = seen.slice(1).map((at) => Math.round((Date.parse(String(at)) - made) / DAY));
    expect(days).toEqual([30, 15]);
  });

  test("used a second time is refused, and so is every token that was made of it", async () => {
    const first = await obtain();
    const second = await next(first);
    const third = await next(second);

    expect(await refresh(first)).toMatchObject(REFUSED);
    expect(await refresh(third)).toMatchObject(REFUSED);
    expect(tenant.tenant.logs.entries().at(-2)).toMatchObject({ type: "ferrt" });
  });

  test.each([
    ["at the same time", false],
    ["while Actions still run for the first", true],
  ])("used twice %s brings one answer, and ends the family", async (_name, waits) => {
    const token = await obtain();
    if (waits) letActionsMeet();
    const answers = await Promise.all([refresh(token), refresh(token)]);
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect(await refresh((good[0]!.body as { refresh_token: string }).refresh_token)).toMatchObject(REFUSED);
  });

  test("used twice at the same time leaves nothing of the exchange that is refused", async () => {
    tenant.bind('api.idToken.setCustomClaim("urn:mark", event.request.body.mark);');
    const token = await obtain();
    const answers = await Promise.all(["first", "second"].map((mark) => refresh(token, { mark })));
    const [good] = answers.filter(({ status }) => status === 200);
    const { id_token } = good!.body as { id_token: string };
    const key = `${tenant.spa.client_id}:${user.user_id}`;
    expect(tenant.tenant.state.userinfoClaims.get(key)).toEqual({ "urn:mark": decodeJwt(id_token)["urn:mark"] });
  });

  test("within the leeway is good again, the one before it is not", async () => {
    tenant.setClient({ ...tenant.spa, refresh_token: { ...tenant.spa.refresh_token!, leeway: 30 } });
    const first = await obtain();
    const second = await next(first);
    tenant.clock.advance(29_000);
    const again = await next(first);
    await next(second);
    const last = await next(again);
    expect(await refresh(first)).toMatchObject(REFUSED);
    expect(await refresh(last)).toMatchObject(REFUSED);
  });

  test("after the leeway ends the family", async () => {
    tenant.setClient({ ...tenant.spa, refresh_token: { ...tenant.spa.refresh_token!, leeway: 30 } });
    const first = await obtain();
    const second = await next(first);
    tenant.clock.advance(30_000);
    expect(await refresh(first)).toMatchObject(REFUSED);
    expect(await refresh(second)).toMatchObject(REFUSED);
  });

  test("that is not used for its idle lifetime ends", async () => {
    const token = await obtain();
    tenant.clock.advance(15 * DAY);
    expect(await refresh(token)).toMatchObject(REFUSED);
  });

  test("ends with its absolute lifetime, however often it was rotated", async () => {
    let token = await obtain();
    for (let day = 10; day < 30; day += 10) {
      tenant.clock.advance(10 * DAY);
      token = await next(token);
    }
    tenant.clock.advance(10 * DAY);
    expect(await refresh(token)).toMatchObject(REFUSED);
  });

  test("that does not rotate stays, and does not end", async () => {
    const token = await obtain(tenant.web);
    const credentials = { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret };
    for (const wait of [0, 100 * DAY, 1000 * DAY]) {
      tenant.clock.advance(wait);
      const answer = await refresh(token, credentials);
      expect(answer.status).toBe(200);
      expect((answer.body as { refresh_token?: string }).refresh_token).toBeUndefined();
    }
  });

  test.each<[string, string, Record<string, unknown>, string | undefined]>([
    ["the same scopes without being asked", "", {}, "openid profile email offline_access"],
    ["fewer when fewer are asked for", "", { scope: "openid email" }, "openid email"],
    ["none that were not granted", "", { scope: "openid address post:users" }, "openid"],
    ["none that an Action has taken away", "api.accessToken.removeScope('profile')", {}, "openid email offline_access"],
  ])("brings %s", async (_name, action, change, scope) => {
    const token = await obtain();
    if (action !== "") tenant.bind(action);
    expect((await refresh(token, change)).body).toMatchObject({ scope });
  });

  test.each<[string, () => Record<string, unknown> | undefined, number, string, string]>([
    ["another client", () => ({ client_id: "somebody" }), 403, "invalid_grant", "Unknown or invalid refresh token."],
    ["nobody", () => ({ client_id: "nobody" }), 401, "access_denied", "Unauthorized"],
    [
      "a made-up token",
      () => ({ refresh_token: "v1.made-up" }),
      403,
      "invalid_grant",
      "Unknown or invalid refresh token.",
    ],
    ["no token", () => ({ refresh_token: "" }), 400, "invalid_request", "Missing required parameter: refresh_token"],
    ["a scope that is a number", () => ({ scope: 7 }), 400, "invalid_scope", "Scope must be an array or a string"],
  ])("is refused to %s", async (_name, change, status, error, error_description) => {
    tenant.setClient({ ...tenant.spa, client_id: "somebody" });
    const token = await obtain();
    expect(await refresh(token, change())).toMatchObject({ status, body: { error, error_description } });
    expect((await refresh(token)).status).toBe(200);
  });

  test("is refused for a user who was blocked, in the words that auth0-spa-js logs out on", async () => {
    const token = await obtain();
    tenant.tenant.state.users.set(user.user_id, { ...user, blocked: true });
    expect(await refresh(token)).toMatchObject({ status: 403, body: { error_description: "user is blocked" } });
  });

  test("is refused for a user who is gone", async () => {
    const token = await obtain();
    tenant.tenant.state.users.delete(user.user_id);
    expect(await refresh(token)).toMatchObject(REFUSED);
  });

  test.each([
    ["denies", "api.access.deny('not today')", "access_denied", "not today"],
    ["throws", "throw new Error('broken')", "access_denied", "broken"],
    [
      "redirects",
      "api.redirect.sendUserTo('https://example.com/')",
      "interaction_required",
      "An Action redirects, which is not possible in oauth2-refresh-token.",
    ],
  ])("is kept when an Action %s", async (_name, action, error, error_description) => {
    const token = await obtain();
    tenant.bind({
      code: `exports.onExecutePostLogin = async (event, api) => { ${action} }; exports.onContinuePostLogin = async () => {};`,
    });
    expect(await refresh(token)).toMatchObject({ status: 403, body: { error, error_description } });
    tenant.bind();
    expect((await refresh(token)).status).toBe(200);
  });

  test("is ended by an Action that revokes it", async () => {
    const token = await obtain();
    tenant.bind("api.refreshToken.revoke('lost')");
    expect(await refresh(token)).toMatchObject({ status: 403, body: { error: "access_denied" } });
    tenant.bind();
    expect(await refresh(token)).toMatchObject(REFUSED);
  });

  test("does not count as a login", async () => {
    const token = await obtain();
    const before = tenant.tenant.state.users.get(user.user_id)?.logins_count;
    await next(token);
    expect(tenant.tenant.state.users.get(user.user_id)?.logins_count).toBe(before);
  });

  test.each([
    ["no offline_access in the request", { scope: "openid" }, {}],
    ["an API that does not allow it", {}, { allow_offline_access: false }],
  ])("is not issued with %s", async (_name, parameters, api) => {
    tenant.setApi({ ...tenant.api, ...api });
    const { tokens } = await logIn(tenant, tenant.spa, "ada@example.com", parameters);
    tenant.setApi(tenant.api);
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.scope).not.toContain("offline_access");
  });

  describe("at /oauth/revoke", () => {
    const revoke = (body: Record<string, unknown>) => call(tenant, "/oauth/revoke", { method: "POST", body });

    test("ends with all that was made of it", async () => {
      const first = await obtain();
      const second = await next(first);
      expect(await revoke({ client_id: tenant.spa.client_id, token: second })).toMatchObject({ status: 200, body: "" });
      expect(await refresh(second)).toMatchObject(REFUSED);
    });

    test("stays when another client asks, which is told nothing", async () => {
      tenant.setClient({ ...tenant.spa, client_id: "somebody" });
      const token = await obtain();
      expect(await revoke({ client_id: "somebody", token })).toMatchObject({ status: 200, body: "" });
      expect((await refresh(token)).status).toBe(200);
    });

    test("takes the grant's others along where the tenant's flag says so", async () => {
      const [one, other] = [await obtain(), await obtain()];
      const { settings } = tenant.tenant.state;
      settings.set("tenant", { ...settings.get("tenant"), flags: { revoke_refresh_token_grant: true } });
      await revoke({ client_id: tenant.spa.client_id, token: one });
      expect(await refresh(other)).toMatchObject(REFUSED);
    });

    test.each([
      ["no token", () => ({ client_id: tenant.spa.client_id }), 400],
      ["an unknown token", () => ({ client_id: tenant.spa.client_id, token: "v1.unknown" }), 200],
      ["an unknown client", () => ({ client_id: "nobody", token: "v1.unknown" }), 401],
      ["a wrong secret", () => ({ client_id: tenant.web.client_id, client_secret: "x", token: "v1.unknown" }), 401],
    ])("answers %s", async (_name, body, status) => {
      expect((await revoke(body())).status).toBe(status);
    });
  });
});
