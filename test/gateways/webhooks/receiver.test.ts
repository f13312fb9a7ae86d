import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import type { PaidState } from "../../../actions/shared/paid-scopes.ts";
import { type BillingRules, parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import { type ForwardAuthService, serveForwardAuth } from "../../../gateways/forward-auth/serve.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { mountReceiver, WEBHOOK_PATH } from "../../../gateways/webhooks/mount-receiver.ts";
import { createReceive } from "../../../gateways/webhooks/receiver.ts";
import type { Users, Written } from "../../../gateways/webhooks/users.ts";
import { createVerifyEvent } from "../../../gateways/webhooks/verify-event.ts";
import { EVENT_TYPES } from "../../../gateways/webhooks/webhook-event.ts";
import { renderSignature } from "../../../local/stripe/webhooks/sign.ts";
import { GATEWAY_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";
import { until } from "../../support/until.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, signToken } from "../support/issuer.ts";
import { sendRaw } from "../support/raw-request.ts";

const key = createSigningKey("key-1");
const now = NOW / 1000;
const rules = parseBillingRules({
  scopes: [
    { method: "get", baseURL: "reports" },
    { scope: "get:a", productId: "prod_a" },
  ],
});
let stripe: TestStripe;
let client: Stripe;
let gateway: Gateway;
let service: ForwardAuthService;
let secret: string;
let customer: string;
let price: string;
let log: string[];
let writes: [string, PaidState][];
let failing: Error | undefined;
let gate: Promise<void> | undefined;
let answer: Written;
/** Events that have come, done or not. */
let heard: number;

const users: Users = {
  async writePaid(userId, state) {
    await gate;
    if (failing !== undefined) throw failing;
    writes.push([userId, state]);
    return answer;
  },
  findLinkedTo: async () => [],
};

async function start(with_: BillingRules = rules, hasUsers = true) {
  const sdk = openStripe({
    secretKey: stripe.local.keys.create(GATEWAY_PERMISSIONS).secret,
    url: `http://127.0.0.1:${stripe.local.port}`,
  });
  const source = createStripeSource(sdk);
  const clock = stripe.clock.now;
  gateway = openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    rules: with_,
    source,
    metering: "elsewhere",
    clock,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
  });
  const billing = gateway.billing!;
  const receive = createReceive({
    meter: undefined,
    stripe: sdk,
    billing,
    source,
    users: hasUsers ? users : undefined,
    clock,
    log: (line) => log.push(line),
  });
  service = await serveForwardAuth({
    gateway,
    port: 0,
    extend: (app) =>
      mountReceiver(app, {
        verify: createVerifyEvent(["whsec_not_in_use", secret], clock),
        receive: (event) => {
          heard += 1;
          return receive(event);
        },
        log: (line) => log.push(line),
      }),
  });
}

/** A first endpoint has the secret; its address is known only when the service runs. */
async function register() {
  const made = await client.webhookEndpoints.create({ url: "http://127.0.0.1:9/", enabled_events: [...EVENT_TYPES] });
  secret = made.secret ?? "";
  return made.id;
}

beforeEach(async () => {
  stripe = await startTestStripe({ webhooks: { retryAfter: [20, 20, 20, 20] } });
  client = stripe.client;
  log = [];
  writes = [];
  heard = 0;
  [failing, gate, answer] = [undefined, undefined, "written"];
  customer = (await client.customers.create({ email: "ada@example.org", metadata: { auth0_user_id: "auth0|ada" } })).id;
  ({ price } = await sell(client, "get:reports"));
  const endpoint = await register();
  await start();
  await client.webhookEndpoints.update(endpoint, { url: `${service.url}${WEBHOOK_PATH}` });
  stripe.local.log.clear();
});

afterEach(async () => {
  await service.stop();
  await stripe.close();
});

const subscribe = (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  client.subscriptions.create({ customer, items: [{ price }], ...more });
const settle = () => stripe.local.webhooks.settled();
const statuses = () => stripe.local.webhooks.entries().map(({ status }) => status);
/** Reads that the gateway's own key made. */
const reads = () =>
  stripe.local.log
    .entries()
    .filter(({ method }) => method === "GET")
    .map(({ route }) => route);
const token = (payer: Record<string, unknown> = { [`${AUDIENCE}stripe_customer_id`]: customer }) => {
  const time = Math.floor(stripe.clock.now() / 1000);
  return signToken(key, {
    ...goodClaims,
    iat: time - 60,
    exp: time + 600,
    scope: "get:reports",
    ...payer,
  });
};
const ask = async (payer?: Record<string, unknown>) =>
  (
    await sendRaw(service.url, "GET /authorize", [
      "X-Forwarded-Method: GET",
      "X-Forwarded-Uri: /reports",
      `Authorization: Bearer ${token(payer)}`,
    ])
  ).status;

test("a subscription is written for the user that the customer was made for, from one read and the catalogue's", async () => {
  const { items } = await subscribe();
  await settle();
  expect(statuses()).toEqual([200]);
  expect(writes).toEqual([
    ["auth0|ada", { customer, scopes: ["get:reports"], until: items.data[0]?.current_period_end, checked_at: now }],
  ]);
  expect(reads()).toEqual(["/v1/subscriptions", "/v1/products"]);
  expect(log).toEqual([`webhooks: ${customer} pays for get:reports`]);
});

test("the gateway lets the next request through, though it knew of no subscription", async () => {
  expect(await ask()).toBe(402);
  await subscribe();
  await settle();
  stripe.local.log.clear();
  expect(await ask()).toBe(200);
  expect(reads()).toEqual([]);
});

test("who is known by the email alone, and was told for long that it has no customer, is let in as well", async () => {
  const bob = { [`${AUDIENCE}email`]: "bob@example.org", [`${AUDIENCE}email_verified`]: true };
  for (let minute = 0; minute < 30; minute += 1) {
    expect(await ask(bob)).toBe(402);
    stripe.clock.advance(60_000);
  }
  const { id } = await client.customers.create({ email: "bob@example.org" });
  await subscribe({ customer: id });
  await settle();
  stripe.local.log.clear();
  expect(await ask(bob)).toBe(200);
  expect(reads()).toEqual([]);
});

test("the end is written and known to the gateway as well", async () => {
  const { id } = await subscribe();
  await settle();
  expect(await ask()).toBe(200);
  await client.subscriptions.cancel(id);
  await settle();
  expect(writes.at(-1)).toEqual(["auth0|ada", { customer, scopes: [], until: null, checked_at: now }]);
  stripe.local.log.clear();
  expect(await ask()).toBe(402);
  expect(reads()).toEqual([]);
});

test("what time ends is told without anybody asking", async () => {
  await subscribe({ cancel_at: now + 60 });
  await settle();
  stripe.clock.advance(61_000);
  stripe.local.subscriptions.catchUp();
  await settle();
  expect(writes.map(([, { scopes, until }]) => [scopes, until])).toEqual([
    [["get:reports"], now + 60],
    [[], null],
  ]);
});

test("a product is paid for by its id, whatever its name", async () => {
  await client.products.create({ id: "prod_a", name: "Anything" });
  const other = await client.prices.create({
    product: "prod_a",
    currency: "usd",
    unit_amount: 1,
    recurring: { interval: "month" },
  });
  await subscribe({ items: [{ price: other.id }] });
  await settle();
  expect(writes.at(-1)?.[1].scopes).toEqual(["get:a"]);
});

test("a product made after the catalogue was read is found", async () => {
  await subscribe();
  await settle();
  const { price: later } = await sell(client, "get:reports");
  const { id } = await client.customers.create({ metadata: { auth0_user_id: "auth0|bob" } });
  await client.subscriptions.create({ customer: id, items: [{ price: later }] });
  await settle();
  expect(writes.at(-1)).toMatchObject(["auth0|bob", { customer: id, scopes: ["get:reports"] }]);
});

describe("events that come twice and in any order", () => {
  test("end in what is true, whatever they say", async () => {
    stripe.local.webhooks.configure({ copies: 3, reversed: true });
    const { id } = await subscribe();
    await client.subscriptions.update(id, { metadata: { a: "1" } });
    await client.subscriptions.cancel(id);
    await settle();
    expect(statuses()).toHaveLength(9);
    expect(new Set(statuses())).toEqual(new Set([200]));
    expect(writes.at(-1)?.[1].scopes).toEqual([]);
    expect(await ask()).toBe(402);
  });

  test("share a read: one is under way, and one for all who come meanwhile", async () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const { id } = await subscribe();
    for (let index = 0; index < 10; index += 1)
      await client.subscriptions.update(id, { metadata: { a: String(index) } });
    await until(() => heard === 11);
    stripe.local.log.clear();
    open();
    await settle();
    expect(writes).toHaveLength(2);
    expect(reads()).toEqual(["/v1/subscriptions"]);
    expect(new Set(statuses())).toEqual(new Set([200]));
  });
});

describe("answers 2xx only when it is done, and Stripe sends it again", () => {
  test("while the user cannot be written", async () => {
    failing = Object.assign(new Error("secret text"), { statusCode: 503 });
    await subscribe();
    await until(() => log.length > 0);
    failing = undefined;
    await settle();
    expect(statuses().at(0)).toBe(500);
    expect(statuses().at(-1)).toBe(200);
    expect(writes).toHaveLength(1);
    expect(log[0]).toMatch(
      /^webhooks: customer\.subscription\.created evt_\w+ is not done, Stripe sends it again: Error 503$/,
    );
    expect(log.join()).not.toMatch(/secret text|ada@example/);
  });

  test.each(["reset-before", "500-unstored", "429", "html-502"] as const)(
    "while Stripe cannot be read: %s",
    async (kind) => {
      stripe.local.faults.add({ kind, method: "GET", path: "/v1/subscriptions" });
      await subscribe();
      await settle();
      expect(statuses()).toEqual([500, 200]);
      expect(writes).toHaveLength(1);
    },
  );

  test("while the products cannot be read", async () => {
    stripe.local.faults.add({ kind: "500-unstored", method: "GET", path: "/v1/products" });
    await subscribe();
    await settle();
    expect(statuses()).toEqual([500, 200]);
    expect(writes).toHaveLength(1);
  });
});

describe("a deleted customer", () => {
  test("pays for nothing, and its user is known by what it said itself", async () => {
    await subscribe();
    await settle();
    await client.customers.del(customer);
    await settle();
    expect(writes.at(-1)).toEqual(["auth0|ada", { customer, scopes: [], until: null, checked_at: now }]);
    expect(new Set(statuses())).toEqual(new Set([200]));
  });

  test.each([
    ["in the order in which they happened", false],
    ["the other way round", true],
  ])("pays for nothing when its subscriptions end with it, and their events come %s", async (_case, reversed) => {
    for (let index = 0; index < 3; index += 1) await subscribe();
    await settle();
    // While one event waits for Stripe, the others come; only the customer's own names the user.
    stripe.local.faults.add({ kind: "delay", method: "GET", path: "/v1/subscriptions", ms: 100, times: 10 });
    stripe.local.webhooks.configure({ reversed });
    await client.customers.del(customer);
    await settle();
    expect(writes.at(-1)).toEqual(["auth0|ada", { customer, scopes: [], until: null, checked_at: now }]);
  });
});

test("nobody's customer is known to the gateway, and no user is written", async () => {
  customer = (await client.customers.create()).id;
  expect(await ask()).toBe(402);
  await subscribe();
  await settle();
  expect(writes).toEqual([]);
  expect(await ask()).toBe(200);
});

test("a user who is linked elsewhere is said so in the log", async () => {
  answer = "not theirs";
  await subscribe();
  await settle();
  expect(log).toEqual([`webhooks: ${customer} pays for get:reports (not theirs)`]);
});

test("products that change are known to the gateway at once", async () => {
  const { product, price: other } = await sell(client, "other");
  await subscribe({ items: [{ price: other }] });
  await settle();
  expect(await ask()).toBe(402);
  await client.products.update(product, { name: "get:reports" });
  await settle();
  expect(await ask()).toBe(200);
});

const restart = async (...options: Parameters<typeof start>) => {
  await service.stop();
  await start(...options);
  const { data } = await client.webhookEndpoints.list();
  await client.webhookEndpoints.update(data[0]!.id, { url: `${service.url}${WEBHOOK_PATH}` });
};

describe("what an event says is taken though the gateway has no reads left", () => {
  const poor = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }], readsPerMonth: 6 });
  /** More events than the reads of a month. */
  const renewAll = async () => {
    for (let index = 0; index < 10; index += 1) {
      const { id } = await client.customers.create();
      await client.subscriptions.create({ customer: id, items: [{ price }] });
    }
    await settle();
    stripe.local.log.clear();
  };

  test("who pays is let through at once, and refused at once when they cancel", async () => {
    await restart(poor);
    await renewAll();
    const { id } = await subscribe();
    await settle();
    expect(await ask()).toBe(200);
    await client.subscriptions.cancel(id);
    await settle();
    expect(await ask()).toBe(402);
  });

  test("who was known not to pay as well", async () => {
    await restart(poor);
    expect(await ask()).toBe(402);
    await renewAll();
    await subscribe();
    await settle();
    expect(await ask()).toBe(200);
  });

  test("and counts as read just now: nobody asks for an hour", async () => {
    await subscribe();
    await settle();
    stripe.clock.advance(50 * 60_000);
    await client.subscriptions.update((await client.subscriptions.list({ customer })).data[0]!.id, {
      metadata: { a: "1" },
    });
    await settle();
    stripe.clock.advance(50 * 60_000);
    stripe.local.log.clear();
    expect(await ask()).toBe(200);
    expect(reads()).not.toContain("/v1/subscriptions");
  });
});

test("without users the gateway hears of it all the same", async () => {
  await restart(rules, false);
  expect(await ask()).toBe(402);
  await subscribe();
  await settle();
  expect(await ask()).toBe(200);
  expect(writes).toEqual([]);
});

describe("is refused", () => {
  const event = (type: string, object: unknown = {}) =>
    JSON.stringify({ id: "evt_1", object: "event", type, data: { object } });
  const post = (body: string, signature?: string, method = "POST") =>
    fetch(`${service.url}${WEBHOOK_PATH}`, {
      method,
      ...(method === "POST" && { body }),
      headers: signature === undefined ? {} : { "stripe-signature": signature },
    });
  const body = () => event("customer.subscription.created", { customer });

  test.each<[string, () => string | undefined]>([
    ["without a signature", () => undefined],
    ["with an empty one", () => ""],
    ["with another secret's", () => renderSignature(body(), "whsec_of_another_account", now)],
    ["with another payload's", () => renderSignature(`${body()} `, secret, now)],
    ["with one of six minutes ago", () => renderSignature(body(), secret, now - 360)],
    ["with one of an older scheme", () => renderSignature(body(), secret, now).replace("v1=", "v0=")],
    ["with a signature and no time", () => renderSignature(body(), secret, now).replace(/^t=\d+,/, "")],
  ])("%s", async (_case, signature) => {
    const response = await post(body(), signature());
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toEqual({ error: "signature_refused" });
    expect(reads()).toEqual([]);
    expect(log).toEqual([expect.stringMatching(/^webhooks: refused/)]);
  });

  test("when it is signed and no JSON", async () => {
    expect((await post("{", renderSignature("{", secret, now))).status).toBe(400);
  });

  test("when it is larger than an event can be", async () => {
    const large = event("x", "x".repeat(1024 * 1024));
    expect((await post(large, renderSignature(large, secret, now))).status).toBe(413);
  });

  test("by another method", async () => {
    expect((await post("", undefined, "GET")).status).toBe(404);
  });

  test.each([
    ["an event of another kind", event("invoice.paid", { customer: "cus_1" })],
    ["an event about nobody", event("customer.subscription.created", {})],
    ["a customer without an id", event("customer.deleted", { metadata: { auth0_user_id: "auth0|ada" } })],
    ["an event without an object", JSON.stringify({ id: "evt_1", type: "customer.deleted" })],
    ["no event", "null"],
    ...["customer.subscription.deleted", "customer.deleted", "product.updated"].map((type): [string, string] => [
      `${type} of a connected account`,
      JSON.stringify({
        id: "evt_1",
        object: "event",
        account: "acct_1Theirs",
        type,
        data: { object: { id: "cus_1", customer: "cus_1", metadata: { auth0_user_id: "auth0|ada" } } },
      }),
    ]),
  ])("but not %s: it is taken and nothing follows", async (_case, payload) => {
    expect((await post(payload, renderSignature(payload, secret, now))).status).toBe(200);
    expect(reads()).toEqual([]);
  });

  test("as a configuration: no secret, a blank one, or something else", () => {
    for (const secrets of [[], [""], [" "], ["whsec_"], ["sk_test_0123456789"], [secret, ""]])
      expect(() => createVerifyEvent(secrets, Date.now)).toThrow(
        expect.objectContaining({ code: "WEBHOOK_SECRET_UNUSABLE" }),
      );
  });
});

test.each([
  ["a comma", ", "],
  ["a line's end", "\n"],
])("two secrets in one text, with %s between, as a variable has them, both count", (_what, between) => {
  const payload = JSON.stringify({ id: "evt_1", type: "invoice.paid" });
  const verify = createVerifyEvent([`${secret}${between}whsec_the_other_one`], () => now * 1000);
  for (const one of [secret, "whsec_the_other_one"])
    expect(verify(payload, renderSignature(payload, one, now))).toMatchObject({ id: "evt_1" });
});

test("the secret that is being rolled counts as well", async () => {
  const payload = JSON.stringify({
    id: "evt_1",
    type: "customer.subscription.updated",
    data: { object: { customer: { id: customer } } },
  });
  const response = await fetch(`${service.url}${WEBHOOK_PATH}`, {
    method: "POST",
    body: payload,
    headers: { "stripe-signature": renderSignature(payload, "whsec_not_in_use", now) },
  });
  expect(response.status).toBe(200);
  expect(writes).toHaveLength(1);
});
