import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { call } from "../../../support/local-tenant.ts";
import { passLoginPage, planLogin } from "../../../support/log-in.ts";
import { CALLBACK, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

const SCRIPT = `"'><script>alert(1)</script>`;

describe("/authorize", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    const { state } = tenant.tenant;
    state.organizations.set("org_aaaaaaaaaaaaaaaa", { id: "org_aaaaaaaaaaaaaaaa", name: "acme" });
    tenant.setConnection({ ...tenant.database, id: "con_other00000000000", name: "other", enabled_clients: [] });
  });
  afterAll(() => tenant.close());

  const authorize = async (parameters: Record<string, string | undefined>) => {
    const { url } = await planLogin(tenant, tenant.spa, parameters);
    return call(tenant, `${url.pathname}${url.search}`);
  };

  test.each<[string, Record<string, string | undefined>, number, string]>([
    ["no client", { client_id: undefined }, 400, "Missing required parameter: client_id"],
    ["an unknown client", { client_id: "nobody" }, 400, "Unknown client: nobody"],
    ["no redirect_uri", { redirect_uri: undefined }, 400, "Missing required parameter: redirect_uri"],
    ["another redirect_uri", { redirect_uri: "http://localhost:3000/other" }, 403, "Callback URL mismatch."],
    ["redirect_uri with another query", { redirect_uri: `${CALLBACK}?next=1` }, 403, "Callback URL mismatch."],
    ["redirect_uri with a fragment", { redirect_uri: `${CALLBACK}#x` }, 403, "Callback URL mismatch."],
    ["redirect_uri in other case", { redirect_uri: CALLBACK.replace("/c", "/C") }, 403, "Callback URL mismatch."],
    ["redirect_uri as a prefix", { redirect_uri: `${CALLBACK}.evil.example` }, 403, "Callback URL mismatch."],
    ["redirect_uri with a user", { redirect_uri: "http://localhost:3000@evil.example/callback" }, 403, "mismatch"],
    ["an unknown response_mode", { response_mode: "jwt" }, 400, "Unsupported response mode: jwt"],
  ])("answers %s with a page and never redirects", async (_name, parameters, status, text) => {
    const answer = await authorize(parameters);

    expect(answer.status).toBe(status);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).toContain(text);
    expect(answer.body).toContain("TRACKING:");
    expect(answer.headers["x-frame-options"]).toBe("DENY");
  });

  // Auth0 docs, "Security Controls for Third-Party Applications".
  test.each([
    ["strict", "Parameter 'code_challenge' is required for this client"],
    ["permissive", null],
  ] as const)("asks a third party's client in %s mode for PKCE: %s", async (third_party_security_mode, message) => {
    const client = { ...tenant.spa, client_id: `tpc_${third_party_security_mode}`, is_first_party: false };
    tenant.setClient({ ...client, third_party_security_mode });
    const parameters = { code_challenge: undefined, code_challenge_method: undefined };
    const { url } = await planLogin(tenant, client, parameters);
    const answer = await call(tenant, `${url.pathname}${url.search}`);
    const back = new URL(String(answer.headers.location), url);
    expect(back.searchParams.get("error_description")).toBe(message);
  });

  test("answers a repeated parameter with a page", async () => {
    const { url } = await planLogin(tenant, tenant.spa);
    url.searchParams.append("redirect_uri", "https://evil.example/");
    const answer = await call(tenant, `${url.pathname}${url.search}`);
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining("Duplicate parameter: redirect_uri") });
  });

  test.each<[string, Record<string, string | undefined>, string, string]>([
    ["no response_type", { response_type: undefined }, "invalid_request", "Missing required parameter: response_type"],
    ["the implicit flow", { response_type: "token" }, "unsupported_response_type", "Unsupported response type: token"],
    ["an unknown audience", { audience: "https://nowhere/" }, "access_denied", "Service not found: https://nowhere/"],
    [
      "an unknown PKCE method",
      { code_challenge_method: "S512" },
      "invalid_request",
      "Unsupported code_challenge_method: S512",
    ],
    [
      "a PKCE method without a challenge",
      { code_challenge: undefined },
      "invalid_request",
      "Parameter 'code_challenge' is required with code_challenge_method",
    ],
    [
      "a challenge that is too short",
      { code_challenge: "short" },
      "invalid_request",
      "Parameter 'code_challenge' must have 43 to 128 unreserved characters",
    ],
    ["an unknown prompt", { prompt: "create" }, "invalid_request", "Unsupported prompt: create"],
    [
      "prompt=none with another",
      { prompt: "none login" },
      "invalid_request",
      "prompt=none cannot be combined with other values",
    ],
    ["prompt=none without a session", { prompt: "none" }, "login_required", "Login required"],
    [
      "a max_age that is not a number",
      { max_age: "-1" },
      "invalid_request",
      "Parameter 'max_age' must be a number of seconds",
    ],
    ["an unknown connection", { connection: "nothing" }, "invalid_request", "the connection was not found"],
    ["a connection of other clients", { connection: "other" }, "invalid_request", "the connection is not enabled"],
    [
      "an organization where none is allowed",
      { organization: "org_aaaaaaaaaaaaaaaa" },
      "invalid_request",
      "parameter organization is not allowed for this client",
    ],
    ["an invitation", { invitation: "ticket" }, "invalid_request", "The local tenant does not accept invitations."],
    [
      "a rich authorization request",
      { authorization_details: "[]" },
      "invalid_authorization_details",
      "Rich authorization requests are not supported.",
    ],
    [
      "a session of a native application",
      { session_transfer_token: "token" },
      "invalid_request",
      "The local tenant does not take sessions over from native applications.",
    ],
    [
      "a DPoP key",
      { dpop_jkt: "thumbprint" },
      "invalid_request",
      "The local tenant does not bind tokens to keys (DPoP).",
    ],
    ["a request object", { request: "e30.e30." }, "request_not_supported", "Request objects are not supported."],
    [
      "a pushed request",
      { request_uri: "urn:x" },
      "request_uri_not_supported",
      "Pushed authorization requests are not supported.",
    ],
  ])("sends the client an error for %s, with its state", async (_name, parameters, error, description) => {
    const answer = await authorize({ ...parameters, state: "a state & more" });

    expect(answer.status).toBe(302);
    const location = new URL(String(answer.headers.location));
    expect(`${location.origin}${location.pathname}`).toBe(CALLBACK);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error,
      error_description: description,
      state: "a state & more",
    });
  });

  test("refuses a client without the code grant", async () => {
    tenant.setClient({ ...tenant.spa, client_id: "nocode", grant_types: ["refresh_token"] });
    const answer = await authorize({ client_id: "nocode" });
    expect(Object.fromEntries(new URL(String(answer.headers.location)).searchParams)).toMatchObject({
      error: "unauthorized_client",
      error_description: "Grant type 'authorization_code' not allowed for the client.",
    });
  });

  test.each([
    "client_id",
    "redirect_uri",
    "response_mode",
    "state",
    "login_hint",
    "connection",
    "audience",
    "scope",
    "prompt",
    "organization",
    "nonce",
    "ui_locales",
    "response_type",
  ])("escapes script in %s wherever it is echoed", async (name) => {
    for (const responseMode of ["form_post", "web_message"]) {
      const browser = tenant.browser();
      const { url } = await planLogin(tenant, tenant.spa, { response_mode: responseMode, [name]: SCRIPT });
      const page = await browser.open(url.href);
      expect(page.text).not.toContain("<script>alert");
      expect(page.text).not.toContain(`"'>`);
      const isLogin = page.url.pathname === "/u/login";
      if (!isLogin) continue;
      const answer = await passLoginPage(browser, { url } as never, "ada@example.com");
      expect(answer.text).toContain("<script nonce=");
      expect(answer.text).not.toContain("<script>alert");
      expect(answer.text).not.toContain("</script><");
    }
  });

  describe("hands over the code in the response mode asked for:", () => {
    const answerIn = async (responseMode: string | undefined) => {
      const attempt = await planLogin(tenant, tenant.spa, { response_mode: responseMode, state: "s 1&2" });
      return passLoginPage(tenant.browser(), attempt, "ada@example.com");
    };

    test.each([
      ["query, without one", undefined],
      ["query", "query"],
    ])("%s", async (_name, mode) => {
      const { url } = await answerIn(mode);
      expect([...url.searchParams.keys()].sort()).toEqual(["code", "state"]);
      expect(url.searchParams.get("state")).toBe("s 1&2");
      expect(url.hash).toBe("");
    });

    test("fragment", async () => {
      const { url } = await answerIn("fragment");
      expect(url.search).toBe("");
      expect(new URLSearchParams(url.hash.slice(1)).get("state")).toBe("s 1&2");
      expect(new URLSearchParams(url.hash.slice(1)).get("code")).toMatch(/^[\w-]{43}$/);
    });

    test("form_post", async () => {
      const { text } = await answerIn("form_post");
      expect(text).toContain(`<form method="post" action="${CALLBACK}">`);
      expect(text).toMatch(/name="code" value="[\w-]{43}"/);
      expect(text).toContain('name="state" value="s 1&amp;2"');
    });

    test("web_message, framable, for the exact origin", async () => {
      const { text, headers } = await answerIn("web_message");
      expect(text).toContain("<title>Authorization Response</title>");
      expect(text).toContain('var targetOrigin = "http://localhost:3000";');
      const message = /var authorizationResponse = (\{.*\});/.exec(text)?.[1] ?? "";
      expect(JSON.parse(message)).toEqual({
        type: "authorization_response",
        response: { code: expect.stringMatching(/^[\w-]{43}$/), state: "s 1&2" },
      });
      expect(headers["x-frame-options"]).toBeUndefined();
      expect(headers["content-security-policy"]).not.toContain("frame-ancestors");
    });

    test("web_message not to an origin that the client does not list", async () => {
      tenant.setClient({ ...tenant.spa, client_id: "noorigin", web_origins: ["http://localhost:3001"] });
      const answer = await authorize({ client_id: "noorigin", response_mode: "web_message", prompt: "none" });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain(
        `The specified redirect_uri &#39;${CALLBACK}&#39; does not have a registered origin.`,
      );
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ["to log in", {}, "/u/login"],
    ["to sign up", { screen_hint: "signup" }, "/u/signup"],
    ["to log in, whatever else is hinted", { screen_hint: "unknown" }, "/u/login"],
    ["to sign up, asked to log in anew", { prompt: "login", screen_hint: "signup" }, "/u/signup"],
  ])("leads without a session to the page %s", async (_name, parameters, path) => {
    const answer = await authorize(parameters);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toMatch(new RegExp(`^${path}\\?state=[\\w-]{43}$`));
  });

  test("takes a POST as well", async () => {
    const { url } = await planLogin(tenant, tenant.spa);
    const answer = await call(tenant, "/authorize", {
      method: "POST",
      body: url.searchParams.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer.headers.location).toMatch(/^\/u\/login\?/);
  });

  test("fills in the login hint", async () => {
    const { url } = await planLogin(tenant, tenant.spa, { login_hint: "grace@example.com" });
    expect((await tenant.browser().open(url.href)).text).toContain('value="grace@example.com"');
  });

  test("takes an organization by name only where the tenant says so", async () => {
    tenant.setClient({ ...tenant.spa, client_id: "orgs", organization_usage: "allow" });
    const asked = { client_id: "orgs", organization: "acme" };
    const refused = new URL(String((await authorize(asked)).headers.location));
    expect(refused.searchParams.get("error_description")).toBe(
      "authorization request parameter organization must be an organization id",
    );
    const { settings } = tenant.tenant.state;
    settings.set("tenant", { ...settings.get("tenant"), allow_organization_name_in_authentication_api: true });
    expect((await authorize(asked)).headers.location).toMatch(/^\/u\/login/);
  });
});
