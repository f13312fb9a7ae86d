import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { logIn, passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

describe("a login through code and PKCE", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
  });
  afterAll(() => tenant.close());

  test("ends in an access token and an id token with Auth0's claims", async () => {
    const { tokens, attempt } = await logIn(tenant, tenant.spa, "ada@example.com");
    const user = tenant.tenant.state.users.find(({ email }) => email === "ada@example.com")!;

    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: "RS256", typ: "JWT" });
    expect(decodeJwt(tokens.access_token)).toEqual({
      iss: `https://${tenant.domain}/`,
      sub: user.user_id,
      aud: [API, `https://${tenant.domain}/userinfo`],
      iat: expect.any(Number),
      exp: expect.any(Number),
      scope: "openid profile email offline_access",
      azp: tenant.spa.client_id,
      permissions: [],
    });
    expect(decodeJwt(tokens.id_token!)).toMatchObject({
      aud: tenant.spa.client_id,
      sub: user.user_id,
      email: "ada@example.com",
      email_verified: false,
      name: "ada@example.com",
      nickname: "ada",
      nonce: attempt.nonce,
      sid: expect.any(String),
    });
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 7200, refresh_token: expect.any(String) });
  });

  test("counts, once, and a second one in the same browser neither asks nor counts", async () => {
    const grace = await tenant.addUser("grace@example.com");
    const { browser } = await logIn(tenant, tenant.spa, "grace@example.com");
    const again = await planLogin(tenant, tenant.spa);
    const callback = await browser.open(again.url.href);
    await redeem(again, callback.url);

    expect(tenant.tenant.state.users.get(grace.user_id)).toMatchObject({ logins_count: 1, last_ip: "127.0.0.1" });
  });

  test("with a wrong password shows the page again, with what was typed and one text for all causes", async () => {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa);
    for (const email of ["ada@example.com", "nobody@example.com"]) {
      const page = await browser.open(attempt.url.href);
      const answer = await browser.submit(page, { username: email, password: "wrong" }, "password");
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/>Wrong email or password<\//);
      expect(answer.text).toContain(`value="${email}"`);
    }
    expect((await passLoginPage(browser, attempt, "ada@example.com")).url.searchParams.has("code")).toBe(true);
  });
});
