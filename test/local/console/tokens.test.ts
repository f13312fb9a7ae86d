import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { OpenGateway } from "../../../local/console/tokens/explain-token.ts";
import { openCheckoutGateway } from "../../../scripts/console/open-checkout-gateway.ts";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { API, type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { SECRET_KEY, startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

const root = join(import.meta.dirname, "../../..");
const SCRIPT = `<script>alert("x")</script>`;
let tenant: LoginTenant;
let token: string;
/** What the console opens at each token; by convention only where it throws. */
let openGateway: OpenGateway = async () => {
  throw new Error("routes.yaml is missing");
};
beforeAll(async () => {
  tenant = await startLoginTenant(withConsole({ openGateway: () => openGateway() }));
  token = ((await get("/console/tokens")) as { token: string }).token;
});
afterAll(() => tenant.close());

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;
const explain = (jwt: string): Promise<Answer> =>
  call(tenant, "/console/tokens", { method: "POST", headers: { accept: "application/json" }, body: { token, jwt } });

/** As the tenant signs one, with these claims. */
async function sign(claims: Record<string, unknown>): Promise<string> {
  const { kid, privateKey } = tenant.tenant.signingKeys.current();
  const now = Math.floor(tenant.clock.now() / 1000);
  const whole = { iss: tenant.tenant.issuer, sub: "auth0|ada", aud: API, iat: now, exp: now + 600, ...claims };
  return new SignJWT(whole).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(privateKey);
}
const routesOf = async (jwt: string) => {
  const { apis } = (await explain(jwt)).body as {
    apis: readonly { routes: readonly { request: string; status: number }[] }[];
  };
  return apis.flatMap(({ routes }) => routes.map(({ request, status }) => [request, status]));
};

test("a token opens what its scopes are for, and the rest says which is missing", async () => {
  const { body } = await explain(`Bearer ${await sign({ scope: "openid get:users" })}`);
  expect(body).toMatchObject({
    claims: { sub: "auth0|ada" },
    apis: [
      {
        audience: API,
        routes: [
          { request: "GET /users", status: 200, why: "passes" },
          { request: "POST /users", status: 403, why: expect.stringContaining("scope") },
          { request: "GET /orders", status: 403 },
        ],
      },
    ],
  });
});

test.each<[what: string, make: () => Promise<string>]>([
  ["is over", () => sign({ scope: "get:users", exp: 1 })],
  ["is of another issuer", () => sign({ scope: "get:users", iss: "https://other/" })],
  ["was changed", async () => (await sign({ scope: "get:users" })).replace(/.{8}$/, "AAAAAAAA")],
])("a token that %s opens nothing: 401", async (_what, make) => {
  expect(await routesOf(await make())).toEqual(
    ["GET /users", "POST /users", "GET /orders"].map((request) => [request, 401]),
  );
});

test("a token for no API of the tenant is said to be that", async () => {
  const { body } = await explain(await sign({ aud: "https://other/" }));
  expect(body).toMatchObject({ apis: [] });
  expect(await get((body as { location: string }).location, "text/html")).toContain("It is for no API of this tenant");
});

test.each([["not-a-token"], [""], ["a.b.c"], ["e30.e30"]])("%j is refused with what to do", async (jwt) => {
  expect(await explain(jwt)).toMatchObject({ status: 400, body: { error: { code: "TOKEN_UNREADABLE" } } });
});

test("a script in a claim is shown as text", async () => {
  const { body } = await explain(await sign({ name: SCRIPT, [SCRIPT]: 1 }));
  expect(await get((body as { location: string }).location, "text/html")).not.toContain("<script>alert");
});

test("why routes.yaml was not asked is said", async () => {
  const { body } = await explain(await sign({ scope: "get:users" }));
  expect(body).toMatchObject({ apis: [{ of: "scopes", unread: "routes.yaml is missing" }] });
  expect(await get((body as { location: string }).location, "text/html")).toContain("routes.yaml is missing");
});

describe("the routes of the project's routes.yaml", () => {
  let stripe: TestStripe;
  let customer: string;
  beforeAll(async () => {
    stripe = await startTestStripe();
    const environment = {
      AUTH0_DOMAIN: tenant.domain,
      API_IDENTIFIER: API,
      STRIPE_GATEWAY_KEY: SECRET_KEY,
      // Of the billing portal, which is not asked.
      STRIPE_PORTAL_KEY: SECRET_KEY,
      STRIPE_API_URL: stripe.local.url,
    };
    const { clock, signingKeys } = tenant.tenant;
    const fetchKeySet = async () => ({ keys: signingKeys.published().map(({ jwk }) => jwk) });
    openGateway = () => openCheckoutGateway(root, environment, { fetchKeySet, clock });
    customer = (await stripe.client.customers.create({ email: "ada@example.org" })).id;
  });
  afterAll(() => stripe.close());
  const explainFor = async (claims: Record<string, unknown>) =>
    Object.fromEntries(await routesOf(await sign({ [`${API}stripe_customer_id`]: customer, ...claims })));

  test("each is decided by the authorizer: open, granted, not granted, not paid for", async () => {
    expect(await explainFor({ scope: "get:users get:reports" })).toMatchObject({
      "GET /health": 200,
      "GET /users": 200,
      "GET /users/{id}": 200,
      "POST /users": 403,
      "GET /reports": 402,
    });
    expect(await explainFor({ scope: "get:users", exp: 1 })).toMatchObject({ "GET /health": 200, "GET /users": 401 });
  });

  test("what is paid for meanwhile opens with the same token, and nobody knows while Stripe is down", async () => {
    const { price } = await sell(stripe.client, "get:reports");
    await stripe.client.subscriptions.create({ customer, items: [{ price }] });
    expect(await explainFor({ scope: "get:reports" })).toMatchObject({ "GET /reports": 200, "GET /users": 403 });
    stripe.local.faults.add({ kind: "500-unstored", times: 1_000 });
    expect(await explainFor({ scope: "get:reports" })).toMatchObject({ "GET /reports": 503 });
    stripe.local.faults.clear();
  });
});
