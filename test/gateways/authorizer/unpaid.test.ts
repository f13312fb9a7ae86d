import { beforeEach, describe, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { openGateway } from "../../../gateways/open-gateway.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

const key = createSigningKey("key-1");
const SCOPES = [
  { method: "get", baseURL: "reports" },
  { method: "post", baseURL: "orders" },
];
let source: TestBillingSource;
beforeEach(() => {
  source = createTestSource();
});

const open = (more: Record<string, unknown> = {}) =>
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    rules: parseBillingRules({ scopes: SCOPES, ...more }),
    source,
    clock: () => NOW * 1000,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
  });

/** As Auth0 issues it: `permissions` has all that is assigned, `scope` what the Actions have left. */
const ask = async (
  path: string,
  { scope = "get:users", permissions = ["get:users", "get:reports"], ...claims }: Record<string, unknown> = {},
  gateway = open(),
) => {
  const token = signToken(key, {
    ...goodClaims,
    [`${AUDIENCE}stripe_customer_id`]: "cus_1",
    ...claims,
    scope,
    permissions,
  });
  const [method = "", target = ""] = path.split(" ");
  const decision = await gateway.authorize({ method, target, headers: { authorization: `Bearer ${token}` } });
  return decision.kind === "refused" ? decision : { kind: decision.kind, status: 200, error: undefined, body: "{}" };
};

describe("a scope that is assigned, costs money, and was left out of the token", () => {
  test.each(["GET /reports", "HEAD /reports/12"])("is to be paid for: %s", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 402, error: "subscription_required", wwwAuthenticate: undefined });
  });

  test("is to be asked for anew once it is paid for: the token is from before", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    expect(await ask("GET /reports")).toMatchObject({
      status: 403,
      error: "insufficient_scope",
      wwwAuthenticate: expect.stringContaining('scope="get:reports"'),
    });
  });

  test("is told apart by what else the customer pays for", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_orders")]);
    expect(await ask("GET /reports")).toMatchObject({ status: 402, error: "subscription_required" });
  });

  test("cannot be told while Stripe does not answer", async () => {
    source.isDown = true;
    expect(await ask("GET /reports")).toMatchObject({ status: 503, retryAfter: 10 });
  });

  test("of a machine, whose permissions are its scopes, is named by the Action that left it out", async () => {
    const machine = { permissions: ["get:users"], [`${AUDIENCE}unpaid_scopes`]: "get:reports" };
    expect(await ask("GET /reports", machine)).toMatchObject({ status: 402, error: "subscription_required" });
    expect(await ask("POST /orders", machine)).toMatchObject({ status: 403, error: "insufficient_scope" });
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    expect(await ask("GET /reports", machine)).toMatchObject({ status: 403, error: "insufficient_scope" });
  });

  test("is named under the namespace of the other claims, and under no other", async () => {
    const gateway = () => open({ claimNamespace: "https://example.com/claims/" });
    const machine = (name: string) => ({
      permissions: [],
      "https://example.com/claims/stripe_customer_id": "cus_1",
      [name]: "get:reports",
    });
    expect(await ask("GET /reports", machine("https://example.com/claims/unpaid_scopes"), gateway())).toMatchObject({
      status: 402,
    });
    expect(await ask("GET /reports", machine(`${AUDIENCE}unpaid_scopes`), gateway())).toMatchObject({ status: 403 });
  });

  test("needs somebody who pays", async () => {
    const claims = { [`${AUDIENCE}stripe_customer_id`]: undefined };
    expect(await ask("GET /reports", claims)).toMatchObject({ status: 402, error: "customer_required" });
  });
});

test.each<[string, string, Record<string, unknown>]>([
  ["is not assigned", "GET /reports", { permissions: ["get:users"] }],
  ["is not said to be assigned: the token has no permissions", "GET /reports", { permissions: null }],
  ["is assigned by a word that only begins alike", "GET /reports", { permissions: ["get:reports2", "GET:REPORTS"] }],
  ["is assigned by something that is not a list", "GET /reports", { permissions: { "get:reports": true } }],
  ["costs nothing", "GET /files", { permissions: ["get:files"] }],
  ["costs money, and is not the only one that is missing", "GET /both", { permissions: ["get:reports"] }],
])("a scope that %s is missing, and Stripe is not asked", async (_case, path, claims) => {
  const gateway = openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    rules: parseBillingRules({ scopes: SCOPES }),
    source,
    routes: parseRoutes({
      routes: [
        { method: "GET", path: "/reports" },
        { method: "GET", path: "/files" },
        { method: "GET", path: "/both", scope: ["get:reports", "get:both"] },
      ],
    }),
    clock: () => NOW * 1000,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
  });
  expect(await ask(path, claims, gateway)).toMatchObject({ status: 403, error: "insufficient_scope" });
  expect(source.calls).toEqual([]);
});

describe("who is to pay is told where", () => {
  test("by stripe.json's paymentUrl, in every 402", async () => {
    const gateway = open({ paymentUrl: "https://example.com/pricing" });
    for (const scope of ["get:users", "get:users get:reports"]) {
      const { status, body } = await ask("GET /reports", { scope }, gateway);
      expect([status, JSON.parse(body)]).toMatchObject([402, { payment_url: "https://example.com/pricing" }]);
    }
  });

  test.each([
    ["is missing in the token", { scope: "get:users" }],
    ["is in the token, and not paid for", { scope: "get:reports" }],
  ])("to the page of the token's organization, of a member or a machine, where a scope %s", async (_where, claims) => {
    const gateway = open({ paymentUrl: "https://example.com/pricing?plan=a%26b" });
    const { body } = await ask("GET /reports", { ...claims, org_id: "org_Acme1" }, gateway);
    expect(JSON.parse(body).payment_url).toBe("https://example.com/pricing?plan=a%26b&organization=org_Acme1");
  });

  test.each([
    "",
    "acme",
    "org_",
    "org_a&return_to=https://example.org",
    "org_a\u0000",
    ["org_a"],
    `org_${"a".repeat(101)}`,
  ])("not to that of %j, which is not the id of an organization", async (org_id) => {
    const { body } = await ask("GET /reports", { org_id }, open({ paymentUrl: "https://example.com/pricing" }));
    expect(JSON.parse(body).payment_url).toBe("https://example.com/pricing");
  });

  test("and not where it does not say", async () => {
    expect(JSON.parse((await ask("GET /reports")).body)).not.toHaveProperty("payment_url");
  });

  test("nor in other refusals", async () => {
    const { status, body } = await ask("GET /files", {}, open({ paymentUrl: "https://example.com/pricing" }));
    expect([status, body]).toEqual([403, expect.not.stringContaining("payment_url")]);
  });

  test.each(["", "pricing", "http://example.com/pricing", "javascript:alert(1)", 7])("not by %j", (paymentUrl) => {
    expect(() => parseBillingRules({ scopes: SCOPES, paymentUrl })).toThrow(/paymentUrl: expected an https address/);
  });
});
