import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { Browser } from "../../../../local/http/browser.ts";
import { logIn, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { takeRsaKeyPair } from "../../../support/rsa-key-pair.ts";

const APP = "http://localhost:3000";
const SCRIPT = `"'><script>alert(1)</script>`;

describe("a log-out", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    tenant.tenant.state.settings.set("tenant", { allowed_logout_urls: ["https://tenant.example.com/bye"] });
  });
  afterAll(() => tenant.close());

  const visit = (browser: Browser, path: string, parameters: Record<string, string> = {}) =>
    browser.open(`https://${tenant.domain}${path}?${new URLSearchParams(parameters)}`);
  const isLoggedIn = async (browser: Browser) => {
    const { url } = await planLogin(tenant, tenant.spa, { prompt: "none" });
    return (await browser.open(url.href)).url.searchParams.has("code");
  };

  describe("at /v2/logout", () => {
    test.each<[string, () => Record<string, string>, string]>([
      ["the client's URL", () => ({ client_id: tenant.spa.client_id, returnTo: APP }), `${APP}/`],
      [
        "that URL with a query of its own",
        () => ({ client_id: tenant.spa.client_id, returnTo: `${APP}?a=1#b` }),
        `${APP}/?a=1#b`,
      ],
      ["the client's first URL, when none is asked for", () => ({ client_id: tenant.spa.client_id }), `${APP}/`],
      [
        "the tenant's URL, without a client",
        () => ({ returnTo: "https://tenant.example.com/bye" }),
        "https://tenant.example.com/bye",
      ],
    ])("ends the session and leads to %s", async (_name, parameters, target) => {
      const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
      expect((await visit(browser, "/v2/logout", parameters())).url.href).toBe(target);
      expect(await isLoggedIn(browser)).toBe(false);
      expect(browser.cookies().has("auth0")).toBe(false);
      expect(tenant.tenant.logs.entries().map(({ type }) => type)).toContain("slo");
    });

    test("leaves refresh tokens good", async () => {
      const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
      await visit(browser, "/v2/logout");
      const answer = await browser.request("POST", `https://${tenant.domain}/oauth/token`, {
        grant_type: "refresh_token",
        client_id: tenant.spa.client_id,
        refresh_token: tokens.refresh_token!,
      });
      expect(answer.status).toBe(200);
    });

    test.each<[string, () => Record<string, string>]>([
      ["that nobody listed", () => ({ client_id: tenant.spa.client_id, returnTo: "https://evil.example/" })],
      ["in another case", () => ({ returnTo: "https://tenant.example.com/BYE" })],
      ["below the listed one", () => ({ returnTo: "https://tenant.example.com/bye/x" })],
      ["that only begins like it", () => ({ returnTo: "https://tenant.example.com/bye@evil.example" })],
      [
        "of the tenant, for a client",
        () => ({ client_id: tenant.spa.client_id, returnTo: "https://tenant.example.com/bye" }),
      ],
      ["of an unknown client", () => ({ client_id: "nobody", returnTo: APP })],
      ["that is script", () => ({ returnTo: SCRIPT })],
    ])("leads to no URL %s, and ends nothing", async (_name, parameters) => {
      const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
      const page = await visit(browser, "/v2/logout", parameters());
      expect(page.status).toBe(400);
      expect(page.text).toContain("is not defined as a valid URL in &quot;Allowed Logout URLs&quot;");
      expect(page.text).not.toContain("<script>");
      expect(await isLoggedIn(browser)).toBe(true);
    });
  });

  describe("at /oidc/logout", () => {
    test("happens at once with the session's own id token, however old, and gives the state back", async () => {
      const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
      tenant.clock.advance(11 * 3_600_000);
      const page = await visit(browser, "/oidc/logout", {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: APP,
        state: "s 1",
      });
      expect(page.url.href).toBe(`${APP}/?state=s+1`);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    test.each<[string, (idToken: string) => Record<string, string>]>([
      ["without a hint", () => ({ client_id: tenant.spa.client_id })],
      ["with the id token of another session", (idToken) => ({ id_token_hint: idToken })],
    ])("is asked about %s, and happens on the person's word", async (_name, describeRequest) => {
      const other = await logIn(tenant, tenant.spa, "ada@example.com");
      const { browser } = await logIn(tenant, tenant.spa, "ada@example.com");
      const question = await visit(browser, "/oidc/logout", {
        ...describeRequest(other.tokens.id_token!),
        post_logout_redirect_uri: APP,
      });
      expect(question.text).toContain("Are you sure you want to log out?");
      expect(await isLoggedIn(browser)).toBe(true);
      const forged = await browser.submit(question, { confirmation: "forged" });
      expect(forged.text).toContain("Are you sure you want to log out?");
      expect((await browser.submit(question, {})).url.href).toBe(`${APP}/`);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    test.each<[string, (idToken: string) => Promise<Record<string, string>> | Record<string, string>, string]>([
      [
        "a target that is not listed",
        (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: "https://evil.example/" }),
        "is not defined as a valid URL",
      ],
      ["a hint that is none", () => ({ id_token_hint: "a.b.c" }), "Invalid id_token_hint"],
      [
        "a hint that somebody else signed",
        async () => {
          const { privateKey } = takeRsaKeyPair();
          const { kid } = tenant.tenant.signingKeys.current();
          const hint = new SignJWT({ aud: tenant.spa.client_id, sub: "auth0|x", iss: `https://${tenant.domain}/` });
          return {
            id_token_hint: await hint
              .setProtectedHeader({ alg: "RS256", kid })
              .setExpirationTime("1h")
              .sign(privateKey),
          };
        },
        "Invalid id_token_hint",
      ],
      [
        "a hint of another client",
        (id_token_hint) => ({ id_token_hint, client_id: tenant.web.client_id }),
        "client_id does not match the id_token_hint",
      ],
    ])("is refused with %s", async (_name, describeRequest, text) => {
      const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
      const page = await visit(browser, "/oidc/logout", await describeRequest(tokens.id_token!));
      expect(page.status).toBe(400);
      expect(page.text).toContain(text);
      expect(await isLoggedIn(browser)).toBe(true);
    });
  });
});
