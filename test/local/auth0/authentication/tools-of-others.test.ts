import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { type Answer, call } from "../../../support/local-tenant.ts";
import { API, CALLBACK, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

/**
 * The requests of other people's tools, as each of them sent them to this tenant: express-openid-connect 3.4.0,
 * nextjs-auth0 4.30.0 and auth0-python 6.8.0. Tokens, codes and digests are those of the run.
 */
let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant();
  await tenant.addUser("ada@example.com");
});
afterAll(() => tenant.close());

type Fields = Readonly<Record<string, string>>;

const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/** Of the verifier above: RFC 7636, appendix B. */
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

function post(path: string, fields: Fields, form: "json" | "urlencoded", headers: Fields = {}): Promise<Answer> {
  if (form === "json") return call(tenant, path, { method: "POST", headers, body: fields });
  return call(tenant, path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

function basic(): Fields {
  const { client_id, client_secret } = tenant.web;
  return { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}` };
}

const inBody = (): Fields => ({ client_id: tenant.web.client_id, client_secret: tenant.web.client_secret ?? "" });

interface Tool {
  readonly name: string;
  readonly authorize: Fields;
  /** How it says which client it is: in the body of a request, or in its head. */
  readonly isBasic: boolean;
  readonly logout: (idToken: string) => string;
}

const TOOLS: readonly Tool[] = [
  {
    name: "express-openid-connect",
    authorize: {
      redirect_uri: CALLBACK,
      response_type: "code",
      audience: API,
      scope: "openid profile email offline_access",
      nonce: "6BKwZ-t7evpJo5HfBMdkGL30aADoBG7AD2jz69Xh7Tc",
      state: "eyJyZXR1cm5UbyI6Ii9tZSJ9",
      code_challenge_method: "S256",
      code_challenge: CHALLENGE,
    },
    isBasic: true,
    logout: () => `/v2/logout?returnTo=http%3A%2F%2Flocalhost%3A3000&client_id=${tenant.web.client_id}`,
  },
  {
    name: "nextjs-auth0",
    authorize: {
      audience: API,
      scope: "openid profile email offline_access",
      redirect_uri: CALLBACK,
      response_type: "code",
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
      state: "Qaxcagh7BiiM1N0pEFQAR6HmzYwSuONV-anm1hP_MoY",
      nonce: "XiNzt2pkfnF-1V6b-tq_HSBWi3GpVNqSjo9Js_qci_g",
    },
    isBasic: false,
    logout: (idToken) => {
      const sid = String(decodeJwt(idToken).sid);
      const target = "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000";
      return `/oidc/logout?client_id=${tenant.web.client_id}&${target}&logout_hint=${sid}&id_token_hint=${idToken}`;
    },
  },
];

describe.each(TOOLS)("$name", ({ authorize, isBasic, logout }) => {
  const exchange = (fields: Fields) =>
    post("/oauth/token", { ...fields, ...(!isBasic && inBody()) }, "urlencoded", isBasic ? basic() : {});

  test("logs in, refreshes, asks who it is and logs out", async () => {
    const browser = tenant.browser();
    const query = new URLSearchParams({ ...authorize, client_id: tenant.web.client_id });
    const page = await browser.open(`https://${tenant.domain}/authorize?${query}`);
    const { url } = await browser.submit(page, { username: "ada@example.com", password: PASSWORD }, "password");
    expect(url.searchParams.get("state")).toBe(authorize.state);

    const code = url.searchParams.get("code") ?? "";
    const pkce = { redirect_uri: CALLBACK, code, code_verifier: VERIFIER };
    const logged = await exchange({ ...pkce, grant_type: "authorization_code" });
    expect(logged).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 7200 } });
    const { id_token, refresh_token } = logged.body as Record<"id_token" | "refresh_token", string>;
    expect(decodeJwt(id_token).nonce).toBe(authorize.nonce);

    const refreshed = await exchange({ refresh_token, grant_type: "refresh_token" });
    expect(refreshed).toMatchObject({ status: 200, body: { scope: "openid profile email offline_access" } });
    const { access_token } = refreshed.body as { access_token: string };
    expect(await call(tenant, "/userinfo", { token: access_token })).toMatchObject({
      status: 200,
      body: { email: "ada@example.com" },
    });

    expect((await browser.open(`https://${tenant.domain}${logout(id_token)}`)).url.href).toBe("http://localhost:3000/");
    const again = await browser.open(`https://${tenant.domain}/authorize?${query}`);
    expect(again.url.pathname).toBe("/u/login");
  });

  test("is refused a code that was used", async () => {
    const refused = await exchange({ redirect_uri: CALLBACK, code: "used", grant_type: "authorization_code" });
    expect(refused).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
  });
});

describe("auth0-python", () => {
  const logIn = async () => {
    const answer = await post(
      "/oauth/token",
      {
        username: "ada@example.com",
        password: PASSWORD,
        realm: "Username-Password-Authentication",
        scope: "openid profile offline_access",
        audience: API,
        grant_type: "http://auth0.com/oauth/grant-type/password-realm",
        ...inBody(),
      },
      "json",
    );
    expect(answer.status).toBe(200);
    return answer.body as Record<"access_token" | "refresh_token", string>;
  };
  const refresh = (refresh_token: string) =>
    post("/oauth/token", { refresh_token, scope: "", grant_type: "refresh_token", ...inBody() }, "json");

  test("logs in with a password and refreshes with a scope of no letters", async () => {
    const { refresh_token } = await logIn();
    expect(await refresh(refresh_token)).toMatchObject({
      status: 200,
      body: { scope: "openid profile offline_access" },
    });
  });

  test("revokes what it then cannot use", async () => {
    const { refresh_token } = await logIn();
    const revoked = await post("/oauth/revoke", { token: refresh_token, ...inBody() }, "json");
    expect(revoked).toMatchObject({ status: 200, body: "" });
    expect(await refresh(refresh_token)).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
  });

  test("signs somebody up and has a new password mailed", async () => {
    const asked = { client_id: tenant.web.client_id, email: "py@example.com", connection: tenant.database.name };
    const signedUp = await post("/dbconnections/signup", { ...asked, password: PASSWORD }, "json");
    expect(signedUp).toMatchObject({ status: 200, body: { email: "py@example.com", email_verified: false } });
    const mailed = await post("/dbconnections/change_password", asked, "json");
    expect(mailed).toMatchObject({ status: 200, body: "We've just sent you an email to reset your password." });
  });
});
