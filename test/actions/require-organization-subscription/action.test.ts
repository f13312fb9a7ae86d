import { paidScopes } from "tenant:billing";
import type { Event } from "@auth0/actions/credentials-exchange/v2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Stripe from "stripe";
import * as action from "../../../actions/require-organization-subscription/action.ts";
import type { CacheRecord } from "../../../local/auth0/actions/api/cache.ts";
import {
  createCredentialsExchangeApi,
  startCredentialsExchange,
} from "../../../local/auth0/actions/api/credentials-exchange.ts";
import type { Permission } from "../../../local/stripe/keys.ts";
import { buildClientCredentialsEvent } from "../../support/actions/client-credentials-event.ts";
import { NOW } from "../../support/actions/event.ts";
import { type MappedStripe, startMappedStripe } from "../../support/mapped-stripe.ts";

const CLAIM = "https://api.example.com/stripe_customer_id";
const [{ scope: PAID } = { scope: "" }] = paidScopes;
const MINUTE = 60_000;
let stripe: MappedStripe;
let cache: Map<string, CacheRecord>;
let logs: string[];
let organizations = 0;
let organization: string;

beforeAll(async () => {
  stripe = await startMappedStripe();
});
afterAll(() => stripe.close());
beforeEach(() => {
  jest.spyOn(Date, "now").mockReturnValue(NOW);
  organizations += 1;
  organization = `org_${organizations}`;
  [cache, logs] = [new Map(), []];
  for (const method of ["log", "error"] as const)
    jest.spyOn(console, method).mockImplementation((line: unknown) => {
      logs.push(String(line));
    });
  stripe.local.faults.clear();
  stripe.takeRequests();
});
afterEach(() => {
  jest.restoreAllMocks();
});

const secrets = (key: string) => ({ API_IDENTIFIER: "https://api.example.com/", STRIPE_SECRET_KEY: key });
const exchange = async (changes: Partial<Event> = {}, metadata: Record<string, string> = {}) => {
  const event: Event = {
    ...buildClientCredentialsEvent(),
    accessToken: { scope: ["get:users", PAID], customClaims: {} },
    organization: { id: organization, name: "acme", display_name: "Acme", metadata },
    secrets: secrets(stripe.secretKey),
    ...changes,
  };
  const transaction = startCredentialsExchange(event, cache);
  const { api, effects } = createCredentialsExchangeApi({ event, transaction });
  await action.onExecuteCredentialsExchange(event, api);
  const denied = effects.find(({ type }) => type === "deny");
  const unpaid = transaction.claims.get("https://api.example.com/unpaid_scopes");
  return { claim: transaction.claims.get(CLAIM), unpaid, scopes: transaction.targetScopes, denied, effects };
};
const ofOrganization = () => stripe.live().filter(({ metadata }) => metadata.auth0_org_id === organization);
const allowed = (...permissions: Permission[]) => stripe.local.keys.create(permissions).secret;
const subscribe = async (customer: unknown) => {
  const client = new Stripe(allowed("rak_product_write", "rak_plan_write", "rak_subscription_write"), {
    httpClient: Stripe.createFetchHttpClient(),
    telemetry: false,
  });
  const product = await client.products.create({ name: PAID });
  const price = await client.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 900,
    recurring: { interval: "month" },
  });
  return client.subscriptions.create({ customer: String(customer), items: [{ price: price.id }] });
};

test("a machine's organization gets a customer, which is on the token", async () => {
  const { claim, denied } = await exchange();
  expect(denied).toBeUndefined();
  expect(ofOrganization()).toMatchObject([{ id: claim, metadata: { auth0_org_id: organization } }]);
});

test("a paid scope is not in the token of an organization that does not pay, and the others are", async () => {
  expect((await exchange()).scopes).toEqual(["get:users"]);
});

test("a paid scope that is left out is named in a claim, so that a gateway can say 402 instead of 403", async () => {
  const { unpaid } = await exchange();
  expect(unpaid).toBe(PAID);
  cache.clear();
  expect((await exchange({ accessToken: { scope: ["get:users"], customClaims: {} } })).unpaid).toBeUndefined();
});

test("a paid scope is in the token of one that pays", async () => {
  const { claim } = await exchange();
  await subscribe(claim);
  cache.clear();
  await expect(exchange()).resolves.toMatchObject({ claim, scopes: ["get:users", PAID] });
});

test("the next token costs no request, and an organization that has paid is asked about again within a minute", async () => {
  const { claim } = await exchange();
  stripe.takeRequests();
  await exchange();
  expect(stripe.takeRequests()).toEqual([]);
  await subscribe(claim);
  stripe.takeRequests();
  jest.spyOn(Date, "now").mockReturnValue(NOW + MINUTE);
  expect((await exchange()).scopes).toEqual(["get:users", PAID]);
});

test("the customer that the organization's metadata name is taken without a search", async () => {
  const id = stripe.seed({ metadata: {} });
  await expect(exchange({}, { stripe_customer_id: id })).resolves.toMatchObject({ claim: id });
  expect(stripe.takeRequests()).not.toContain("GET /v1/customers/search");
});

test.each(["", " ", "none", "cus_1 or cus_2", "sub_1"])(
  "metadata that name no customer, as %j, cost one search and no more",
  async (stripe_customer_id) => {
    const { claim, denied } = await exchange({}, { stripe_customer_id });
    expect([denied, ofOrganization()]).toEqual([undefined, [expect.objectContaining({ id: claim })]]);
    stripe.takeRequests();
    await expect(exchange({}, { stripe_customer_id })).resolves.toMatchObject({ claim });
    expect(stripe.takeRequests()).toEqual([]);
  },
);

describe("one customer an organization", () => {
  test("of ten tokens at once, each on a machine that remembers nothing", async () => {
    const claims = await Promise.all(
      Array.from({ length: 10 }, async () => {
        cache = new Map();
        return (await exchange()).claim;
      }),
    );
    expect(new Set(claims)).toEqual(new Set(ofOrganization().map(({ id }) => id)));
    expect(ofOrganization()).toHaveLength(1);
  });

  test("of two on one machine, each its own", async () => {
    const { claim } = await exchange();
    organization = `${organization}_other`;
    const other = await exchange();
    expect(other.claim).not.toBe(claim);
    expect(ofOrganization()).toMatchObject([{ id: other.claim }]);
  });

  test("where the search does not see it yet, and where it does", async () => {
    const { claim } = await exchange();
    for (const later of [0, 2 * MINUTE, 25 * 60 * MINUTE]) {
      cache.clear();
      stripe.clock.advance(later);
      expect((await exchange()).claim).toBe(claim);
    }
    expect(ofOrganization()).toHaveLength(1);
  });

  test.each(["reset-after", "500-after", "500", "429"] as const)("when the creation ends in %s", async (kind) => {
    stripe.local.faults.add({ kind, method: "POST" });
    const { claim, denied } = await exchange();
    expect([denied, ofOrganization().map(({ id }) => id)]).toEqual([undefined, [claim]]);
  });

  test("made anew where it was deleted", async () => {
    const { claim } = await exchange();
    stripe.local.customers.delete(String(claim));
    cache.clear();
    const { claim: next } = await exchange();
    expect(next).not.toBe(claim);
  });
});

test("where Stripe does not answer, the machine is told to come again, and has no token without a customer", async () => {
  const { denied, claim } = await exchange({ secrets: secrets("rk_test_that_was_deleted") });
  expect([denied, claim]).toEqual([expect.objectContaining({ type: "deny", code: "server_error" }), undefined]);
});

test("where only what is paid cannot be read, the scope stays for the gateways to decide", async () => {
  const { denied, scopes } = await exchange({ secrets: secrets(allowed("rak_customer_write")) });
  expect([denied, scopes]).toEqual([undefined, ["get:users", PAID]]);
});

describe("costs nothing and changes nothing for", () => {
  test.each<[string, Partial<Event>]>([
    ["a machine without an organization", { organization: undefined } as never],
    ["a token of another API", { resource_server: { identifier: "https://other.example.com/" } }],
  ])("%s", async (_case, changes) => {
    const { effects } = await exchange(changes);
    expect([effects, stripe.takeRequests()]).toEqual([[], []]);
  });
});

test("a setting that is missing is said in the log, and the token is not made", async () => {
  const { denied } = await exchange({ secrets: {} });
  expect(denied).toMatchObject({ code: "server_error" });
  expect(logs.join()).toContain("bad_setting: API_IDENTIFIER is missing");
});
