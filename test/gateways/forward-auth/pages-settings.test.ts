import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readServiceSettings } from "../../../gateways/forward-auth/read-settings.ts";

const directory = mkdtempSync(join(tmpdir(), "pages-settings-"));
const SESSION_TOKEN_SECRET = "a session token secret of 32 bytes or more";
const environment = {
  AUTH0_DOMAIN: "tenant.eu.auth0.com",
  AUTH0_ISSUER: "https://login.example.com/, https://tenant.eu.auth0.com/",
  API_IDENTIFIER: "https://api.example.com/",
  STRIPE_GATEWAY_KEY: "rk_test_gateway",
  STRIPE_PORTAL_KEY: "rk_test_portal",
  PORTAL_CLIENT_ID: "portal",
  PORTAL_CLIENT_SECRET: "secret",
  PORTAL_URL: "https://api.example.com/billing",
  VERIFY_EMAIL_URL: "https://api.example.com/verify-email",
  SESSION_TOKEN_SECRET,
};
const write = (rules: object) => writeFileSync(join(directory, "stripe.json"), JSON.stringify(rules));
const read = (changes: Record<string, string> = {}) => readServiceSettings(directory, { ...environment, ...changes });

beforeAll(() => {
  writeFileSync(join(directory, "routes.yaml"), "routes:\n  - { method: GET, path: /reports }\n");
  write({ scopes: [{ scope: "get:reports" }] });
});
afterAll(() => rmSync(directory, { recursive: true }));

describe("the pages for people", () => {
  test("are served with their own client and key, for the first issuer's logins", async () => {
    const { pages } = await read({ PORTAL_RETURN_URLS: "https://a.example.com/, https://b.example.com/x" });
    expect(pages).toMatchObject({
      portal: {
        url: new URL("https://api.example.com/billing"),
        issuer: "https://login.example.com/",
        management: { domain: "tenant.eu.auth0.com", clientId: "portal", clientSecret: "secret" },
        stripe: { secretKey: "rk_test_portal" },
        returnUrls: ["https://a.example.com/", "https://b.example.com/x"],
      },
      verifyEmail: {
        url: new URL("https://api.example.com/verify-email"),
        sessionTokenSecret: SESSION_TOKEN_SECRET,
        issuers: ["https://login.example.com/", "https://tenant.eu.auth0.com/"],
      },
    });
  });

  test.each<[string, Record<string, string>, object]>([
    [
      "without the client: none",
      { PORTAL_CLIENT_ID: "", PORTAL_CLIENT_SECRET: "", STRIPE_PORTAL_KEY: "" },
      { portal: undefined, verifyEmail: undefined },
    ],
    [
      "without the portal's key: the verification page",
      { STRIPE_PORTAL_KEY: "" },
      { portal: undefined, verifyEmail: expect.anything() },
    ],
    [
      "without the session token's secret: the portal",
      { SESSION_TOKEN_SECRET: "" },
      { portal: expect.anything(), verifyEmail: undefined },
    ],
  ])("%s", async (_what, changes, pages) => {
    expect((await read(changes)).pages).toEqual(pages);
  });

  test.each([
    ["treasurer, owner ,", ["treasurer", "owner"]],
    ["", undefined],
    [" , ", undefined],
  ])("members pay for an organization with the roles %j", async (roles, organizationRoles) => {
    expect((await read({ PORTAL_ORGANIZATION_ROLES: roles })).pages.portal?.organizationRoles).toEqual(
      organizationRoles,
    );
  });

  test("the way back is to the application, where none is named", async () => {
    expect((await read({ SPA_URL: "https://app.example.com" })).pages.portal?.returnUrls).toEqual([
      "https://app.example.com",
    ]);
  });
});

describe("the link of a 402", () => {
  test("is the portal where it is served", async () => {
    expect((await read()).rules.paymentUrl).toBe("https://api.example.com/billing");
    expect((await read({ PORTAL_URL: "http://localhost:4455/billing" })).rules.paymentUrl).toBe(
      "http://localhost:4455/billing",
    );
    expect((await read({ STRIPE_PORTAL_KEY: "" })).rules.paymentUrl).toBeUndefined();
  });

  test("is stripe.json's where that names one", async () => {
    write({ scopes: [{ scope: "get:reports" }], paymentUrl: "https://example.com/pricing" });
    expect((await read()).rules.paymentUrl).toBe("https://example.com/pricing");
    write({ scopes: [{ scope: "get:reports" }] });
  });
});

test("there is no portal where nothing costs money", async () => {
  write({ scopes: [] });
  const { pages, rules } = await read();
  write({ scopes: [{ scope: "get:reports" }] });
  expect([pages.portal, rules.paymentUrl]).toEqual([undefined, undefined]);
});

test.each<[Record<string, string>, RegExp]>([
  [{ PORTAL_CLIENT_SECRET: "" }, /PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET and AUTH0_DOMAIN: they belong together/],
  [{ AUTH0_DOMAIN: "" }, /PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET and AUTH0_DOMAIN: they belong together/],
  [{ PORTAL_CLIENT_ID: "", PORTAL_CLIENT_SECRET: "" }, /the billing portal needs them/],
  [{ PORTAL_URL: "" }, /PORTAL_URL: where people reach the portal/],
  [{ PORTAL_URL: "https://api.example.com/" }, /PORTAL_URL: expected an https address with a path/],
  [{ PORTAL_URL: "https://api.example.com/billing/" }, /PORTAL_URL: expected/],
  [{ PORTAL_URL: "https://api.example.com/billing?x=1" }, /PORTAL_URL: expected/],
  [{ PORTAL_URL: "http://api.example.com/billing" }, /PORTAL_URL: expected/],
  [{ PORTAL_URL: "billing" }, /PORTAL_URL: expected/],
  [{ VERIFY_EMAIL_URL: "http://app.example.com/verify" }, /VERIFY_EMAIL_URL: expected/],
  [
    { PORTAL_RETURN_URLS: "https://a.example.com/,javascript:alert(1)" },
    /PORTAL_RETURN_URLS: expected https addresses/,
  ],
  [{ SPA_URL: "http://app.example.com" }, /SPA_URL: expected https addresses/],
  [{ STRIPE_PORTAL_CONFIGURATION: "cus_1" }, /STRIPE_PORTAL_CONFIGURATION: expected bpc_/],
  [{ STRIPE_EXISTING_CUSTOMER: "Adopt" }, /STRIPE_EXISTING_CUSTOMER: expected deny or adopt/],
])("%j is refused", async (changes, problem) => {
  await expect(read(changes)).rejects.toThrow(problem);
});
