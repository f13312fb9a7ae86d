import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser } from "../../../../local/http/browser.ts";
import { logIn, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

/** Auth0 docs, "Measures Against Application Impersonation": rejected for all tenants since 2026-04-28, unless switched off. */
describe("a silent login", () => {
  const VERIFIABLE = [
    "https://app.example.com/callback",
    "http://app.example.com/callback",
    "https://localhost.example.com/",
  ];
  const LOOPBACK = [
    "http://localhost:3000/callback",
    "http://127.0.0.1:8080/",
    // Auth0's own MCP server takes it for one, too.
    "http://0.0.0.0:3000/",
    "http://[::1]:3000/",
    "https://localhost/cb",
  ];
  const CUSTOM = ["com.example.app://login/callback"];
  let tenant: LoginTenant;
  let browser: Browser;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    ({ browser } = await logIn(tenant, tenant.web, "ada@example.com"));
  });
  afterAll(() => tenant.close());

  async function answerAt(redirect_uri: string, ofTenant?: boolean, ofClient?: boolean | null): Promise<string> {
    const name = "skip_non_verifiable_callback_uri_confirmation_prompt";
    const { [name]: _ofSupport, ...web } = tenant.web;
    tenant.setClient({
      ...web,
      callbacks: [redirect_uri],
      ...(ofClient !== undefined && { [name]: ofClient }),
    });
    const { [name]: _former, ...settings } = tenant.tenant.state.settings.get("tenant") ?? {};
    tenant.tenant.state.settings.set("tenant", { ...settings, ...(ofTenant !== undefined && { [name]: ofTenant }) });
    const { url } = await planLogin(tenant, tenant.web, { redirect_uri, prompt: "none" });
    const { headers } = await browser.request("GET", url.href);
    const answer = new URL(String(headers.location)).searchParams;
    return answer.get("error") ?? (answer.has("code") ? "code" : "neither");
  }

  test.each(VERIFIABLE)("to %s is answered with a code", async (uri) => {
    expect(await answerAt(uri)).toBe("code");
  });

  test.each([...LOOPBACK, ...CUSTOM])("to %s, which anybody can be behind, is refused", async (uri) => {
    expect(await answerAt(uri)).toBe("interaction_required");
  });

  test.each<[boolean | undefined, boolean | null | undefined, string]>([
    [true, undefined, "code"],
    [true, null, "code"],
    [undefined, true, "code"],
    [false, true, "code"],
    [true, false, "interaction_required"],
    [false, undefined, "interaction_required"],
    [false, null, "interaction_required"],
  ])(
    "to a loopback address, with the tenant's word %s and the client's %s, ends in %s",
    async (ofTenant, ofClient, end) => {
      expect(await answerAt("http://localhost:3000/callback", ofTenant, ofClient)).toBe(end);
    },
  );

  test("without a session is told so first", async () => {
    browser = tenant.browser();
    expect(await answerAt("http://localhost:3000/callback")).toBe("login_required");
  });
});
