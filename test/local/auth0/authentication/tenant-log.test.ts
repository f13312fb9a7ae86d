import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { User } from "../../../../local/auth0/state/user.ts";
import { call } from "../../../support/local-tenant.ts";
import { logIn, passLoginPage, planLogin } from "../../../support/log-in.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

const EMAIL = "ada@example.com";

describe("the tenant log has an entry of type", () => {
  let tenant: LoginTenant;
  let user: User;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    user = await tenant.addUser(EMAIL);
    const grant = { id: "cgr_machine0000000000", client_id: tenant.web.client_id, audience: API };
    tenant.tenant.state.clientGrants.set(grant.id, { ...grant, scope: ["get:users"], subject_type: "client" });
    tenant.tenant.state.settings.set("tenant", { default_directory: tenant.database.name });
  });
  afterAll(() => tenant.close());

  const ask = (path: string, body: Record<string, unknown>) =>
    call(tenant, path, {
      method: "POST",
      body: { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret, audience: API, ...body },
    });
  const logInWith = async (username: string, password: string) => {
    const browser = tenant.browser();
    const { url } = await planLogin(tenant, tenant.web);
    await browser.submit(await browser.open(url.href), { username, password }, "password");
  };
  const signUp = (email: string) =>
    ask("/dbconnections/signup", { email, password: PASSWORD, connection: tenant.database.name });
  const obtainRefreshToken = async () => (await logIn(tenant, tenant.web, EMAIL)).tokens.refresh_token;
  const silently = async (browser = tenant.browser()) => {
    const { url } = await planLogin(tenant, tenant.web, { prompt: "none" });
    await browser.open(url.href);
  };
  const denied = async (attempt: () => Promise<unknown>) => {
    tenant.bind("api.access.deny('not today')");
    await attempt();
    tenant.bind();
  };

  const inDatabase = { connection: "Username-Password-Authentication", strategy: "auth0", strategy_type: "database" };
  test.each<[string, string, () => Promise<unknown>, Record<string, unknown>]>([
    ["s", "a login", () => logInWith(EMAIL, PASSWORD), { user_name: EMAIL, audience: API, ...inDatabase }],
    [
      "f",
      "a login that an Action denies",
      () => denied(() => logInWith(EMAIL, PASSWORD)),
      { user_name: EMAIL, description: "not today" },
    ],
    ["fp", "a wrong password", () => logInWith(EMAIL, "wrong"), { user_name: EMAIL, ...inDatabase }],
    ["fu", "an unknown user", () => logInWith("nobody@example.com", "wrong"), { user_id: null, ...inDatabase }],
    ["ss", "a sign-up", () => signUp("new@example.com"), { user_name: "new@example.com", ...inDatabase }],
    ["fs", "a refused sign-up", () => signUp(EMAIL), inDatabase],
    [
      "ssa",
      "a silent login",
      async () => silently((await logIn(tenant, tenant.web, EMAIL)).browser),
      { user_name: EMAIL },
    ],
    ["fsa", "a silent login without a session", () => silently(), { description: "Login required", user_id: null }],
    [
      "seacft",
      "a code that is exchanged",
      () => logIn(tenant, tenant.web, EMAIL),
      { user_name: EMAIL, scope: expect.stringContaining("openid") },
    ],
    [
      "feacft",
      "a code that is refused",
      () => ask("/oauth/token", { grant_type: "authorization_code", code: "x" }),
      { description: "Invalid authorization code" },
    ],
    [
      "seccft",
      "client credentials",
      () => ask("/oauth/token", { grant_type: "client_credentials" }),
      { audience: API, scope: "get:users" },
    ],
    [
      "feccft",
      "client credentials that are refused",
      () => ask("/oauth/token", { grant_type: "client_credentials", audience: "https://nowhere/" }),
      {},
    ],
    [
      "sepft",
      "a password grant",
      () => ask("/oauth/token", { grant_type: "password", username: EMAIL, password: PASSWORD }),
      { user_name: EMAIL },
    ],
    [
      "fepft",
      "a password grant that is refused",
      () => ask("/oauth/token", { grant_type: "password", username: EMAIL, password: "wrong" }),
      {},
    ],
    [
      "sertft",
      "a refresh",
      async () => ask("/oauth/token", { grant_type: "refresh_token", refresh_token: await obtainRefreshToken() }),
      { user_name: EMAIL },
    ],
    [
      "fertft",
      "a refresh that an Action denies",
      async () => {
        const refresh_token = await obtainRefreshToken();
        await denied(() => ask("/oauth/token", { grant_type: "refresh_token", refresh_token }));
      },
      { description: "not today", details: { actions: { results: [{ effect: "denied" }] } } },
    ],
    [
      "srrt",
      "a revoked refresh token",
      async () => ask("/oauth/revoke", { token: await obtainRefreshToken() }),
      { user_name: EMAIL },
    ],
    [
      "scpr",
      "a forgotten password",
      () => ask("/dbconnections/change_password", { email: EMAIL, connection: tenant.database.name }),
      { user_name: EMAIL },
    ],
    [
      "slo",
      "a log-out",
      async () => {
        const { browser } = await logIn(tenant, tenant.web, EMAIL);
        await browser.open(`https://${tenant.domain}/v2/logout`);
      },
      { user_name: EMAIL },
    ],
  ])("%s for %s", async (type, _name, act, entry) => {
    const before = tenant.tenant.logs.entries().length;
    await act();
    const written = tenant.tenant.logs.entries().slice(before);
    expect(written.filter((candidate) => candidate.type === type)).toEqual([
      expect.objectContaining({ type, ip: "127.0.0.1", hostname: tenant.domain }),
    ]);
    expect(written.find((candidate) => candidate.type === type)).toMatchObject(entry);
  });

  test.each([
    ["seccft", "changed", "api.accessToken.setCustomClaim('https://a.example/plan', 'gold')"],
    ["feccft", "denied", "api.access.deny('invalid_request', 'not today')"],
    ["feccft", "failed", "throw new Error('broken')"],
  ])("%s, with what the Actions of a machine's token did: %s", async (type, effect, body) => {
    const code = `exports.onExecuteCredentialsExchange = async (event, api) => { ${body}; };`;
    bindActions(tenant.tenant, "credentials-exchange", [{ name: "for-machines", code }]);
    await ask("/oauth/token", { grant_type: "client_credentials" });
    bindActions(tenant.tenant, "credentials-exchange", []);
    expect(tenant.tenant.logs.entries().at(-1)).toMatchObject({
      type,
      details: { actions: { results: [{ action_name: "for-machines", effect }] } },
    });
  });

  test("f, with who it was, when a user is blocked", async () => {
    tenant.tenant.state.users.set(user.user_id, { ...user, blocked: true });
    await passLoginPage(tenant.browser(), await planLogin(tenant, tenant.web), EMAIL);
    tenant.tenant.state.users.set(user.user_id, user);
    expect(tenant.tenant.logs.entries().at(-1)).toMatchObject({
      type: "f",
      user_id: user.user_id,
      description: "user is blocked",
      client_name: tenant.web.name,
    });
  });
});
