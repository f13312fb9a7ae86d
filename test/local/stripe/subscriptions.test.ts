import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, type Subscribable, sell } from "../../support/stripe-catalogue.ts";

const DAY = 86_400;
const now = NOW / 1000;
let stripe: TestStripe;
let client: Stripe;
let customer: string;
let reports: Subscribable;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  customer = (await client.customers.create({ email: "ada@example.org" })).id;
  reports = await sell(client, "get:reports");
});

afterEach(() => stripe.close());

const subscribe = (more: Stripe.SubscriptionCreateParams = {}) =>
  client.subscriptions.create({ customer, items: [{ price: reports.price }], ...more });
const statusOf = async (id: string) => (await client.subscriptions.retrieve(id)).status;
const listed = async (parameters: Stripe.SubscriptionListParams = {}) =>
  (await client.subscriptions.list({ customer, ...parameters })).data.map(({ status }) => status);

test("a subscription is active at once, with its periods on its items and the product as an id", async () => {
  const made = await subscribe();
  expect(made).toMatchObject({ object: "subscription", status: "active", customer, currency: "usd", created: now });
  expect(made.items.data).toMatchObject([
    {
      quantity: 1,
      current_period_start: now,
      // 2026-12-20: a month, not thirty days.
      current_period_end: Date.parse("2026-12-20T12:00:00Z") / 1000,
      price: { id: reports.price, product: reports.product },
      plan: { id: reports.price, amount: 1000, interval: "month" },
    },
  ]);
  await expect(client.subscriptions.retrieve(made.id)).resolves.toEqual(made);
});

test("its customer and products can be expanded, four levels deep from a list", async () => {
  await subscribe();
  const { data } = await client.subscriptions.list({ customer, expand: ["data.customer"] });
  expect(data[0]?.customer).toMatchObject({ id: customer, email: "ada@example.org" });
  const one = await client.subscriptions.retrieve(data[0]!.id, { expand: ["items.data.price.product"] });
  expect(one.items.data[0]?.price.product).toMatchObject({ name: "get:reports" });
  await expect(client.subscriptions.list({ expand: ["data.items.data.price.product"] })).rejects.toMatchObject({
    message: /^You cannot expand more than 4 levels/,
  });
  const withSubscriptions = await client.customers.retrieve(customer, { expand: ["subscriptions"] });
  expect(withSubscriptions).toMatchObject({ subscriptions: { data: [{ id: data[0]!.id }], has_more: false } });
});

describe("a list", () => {
  test("without a status has all that are not canceled, with one those alone", async () => {
    for (const status of [
      "active",
      "past_due",
      "unpaid",
      "paused",
      "incomplete",
      "canceled",
      "incomplete_expired",
    ] as const) {
      stripe.local.subscriptions.setStatus((await subscribe()).id, status);
    }
    await expect(listed()).resolves.toEqual([
      "incomplete_expired",
      "incomplete",
      "paused",
      "unpaid",
      "past_due",
      "active",
    ]);
    await expect(listed({ status: "all" })).resolves.toHaveLength(7);
    await expect(listed({ status: "ended" })).resolves.toEqual(["incomplete_expired", "canceled"]);
    await expect(listed({ status: "past_due" })).resolves.toEqual(["past_due"]);
    await expect(listed({ status: "trialing" })).resolves.toEqual([]);
  });

  test("is of one customer and one price", async () => {
    await subscribe();
    const other = await client.customers.create();
    await expect(listed({ customer: other.id })).resolves.toEqual([]);
    await expect(listed({ price: "price_other" })).resolves.toEqual([]);
    await expect(listed({ price: reports.price })).resolves.toEqual(["active"]);
  });
});

describe("as time passes", () => {
  test("a trial becomes active and its periods start at its end", async () => {
    const { id, status } = await subscribe({ trial_period_days: 10 });
    expect(status).toBe("trialing");
    stripe.clock.advance(10 * DAY * 1000 - 1000);
    expect(await statusOf(id)).toBe("trialing");
    stripe.clock.advance(1000);
    const later = await client.subscriptions.retrieve(id);
    expect(later).toMatchObject({ status: "active", trial_end: now + 10 * DAY });
    expect(later.items.data[0]).toMatchObject({
      current_period_start: now + 10 * DAY,
      current_period_end: Date.parse("2026-12-30T12:00:00Z") / 1000,
    });
  });

  test("periods follow each other, by months from the anchor", async () => {
    stripe.clock.advance(11 * DAY * 1000 - 12 * 3600 * 1000 + 30 * DAY * 1000);
    const { id } = await subscribe();
    stripe.clock.advance(40 * DAY * 1000);
    const { items } = await client.subscriptions.retrieve(id);
    const day = (at = 0) => new Date(at * 1000).toISOString().slice(0, 10);
    expect([day(items.data[0]?.current_period_start), day(items.data[0]?.current_period_end)]).toEqual([
      "2027-01-31",
      "2027-02-28",
    ]);
  });

  test("one that is to end with its period is active until then, and canceled after", async () => {
    const { id, items } = await subscribe();
    const changed = await client.subscriptions.update(id, { cancel_at_period_end: true });
    expect(changed).toMatchObject({ status: "active", cancel_at: items.data[0]?.current_period_end, canceled_at: now });
    stripe.clock.advance(29 * DAY * 1000);
    expect(await statusOf(id)).toBe("active");
    stripe.clock.advance(DAY * 1000);
    await expect(client.subscriptions.retrieve(id)).resolves.toMatchObject({
      status: "canceled",
      ended_at: changed.cancel_at,
    });
  });

  test("it is taken back when asked in time", async () => {
    const { id } = await subscribe({ cancel_at_period_end: true });
    await client.subscriptions.update(id, { cancel_at_period_end: false });
    stripe.clock.advance(40 * DAY * 1000);
    expect(await statusOf(id)).toBe("active");
  });

  test("an incomplete one expires after 23 hours", async () => {
    const { id, status } = await subscribe({ payment_behavior: "default_incomplete" });
    expect(status).toBe("incomplete");
    stripe.clock.advance(23 * 3600 * 1000);
    expect(await statusOf(id)).toBe("incomplete_expired");
  });

  test("a trial cut short is active with the next request", async () => {
    const { id } = await subscribe({ trial_period_days: 10 });
    await client.subscriptions.update(id, { trial_end: "now" });
    expect(await statusOf(id)).toBe("active");
  });
});

test("canceling is at once, and there is no way back", async () => {
  const { id } = await subscribe();
  await expect(client.subscriptions.cancel(id)).resolves.toMatchObject({ status: "canceled", ended_at: now });
  await expect(client.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404, code: "resource_missing" });
  await expect(client.subscriptions.update(id, {})).rejects.toMatchObject({ statusCode: 404 });
});

test("deleting a customer cancels what they had", async () => {
  const { id } = await subscribe();
  await client.customers.del(customer);
  expect(await statusOf(id)).toBe("canceled");
});

test("items are added, changed and removed by an update", async () => {
  const { id, items } = await subscribe();
  const orders = await sell(client, "post:orders");
  const more = await client.subscriptions.update(id, { items: [{ price: orders.price, quantity: 3 }] });
  expect(more.items.data.map(({ price, quantity }) => [price.id, quantity])).toEqual([
    [reports.price, 1],
    [orders.price, 3],
  ]);
  const less = await client.subscriptions.update(id, { items: [{ id: items.data[0]!.id, deleted: true }] });
  expect(less.items.data.map(({ price }) => price.id)).toEqual([orders.price]);
  await expect(client.subscriptionItems.list({ subscription: id })).resolves.toMatchObject({ data: less.items.data });
});

test("a pause of collection leaves the status as it is", async () => {
  const { id } = await subscribe();
  await expect(client.subscriptions.update(id, { pause_collection: { behavior: "void" } })).resolves.toMatchObject({
    status: "active",
    pause_collection: { behavior: "void" },
  });
  await expect(client.subscriptions.update(id, { pause_collection: "" })).resolves.toMatchObject({
    pause_collection: null,
  });
});

describe("is refused", () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      "nobody's subscription",
      () => subscribe({ customer: "cus_none" }),
      { code: "resource_missing", param: "customer" },
    ],
    [
      "one without items",
      () => client.subscriptions.create({ customer }),
      { code: "parameter_missing", param: "items" },
    ],
    ["a price that never was", () => subscribe({ items: [{ price: "price_none" }] }), { param: "items[0][price]" }],
    [
      "an archived price",
      async () => {
        await client.prices.update(reports.price, { active: false });
        return subscribe();
      },
      { message: /inactive/ },
    ],
    [
      "a price for once",
      async () => {
        const { price } = await sell(client, "once", { recurring: undefined } as never);
        return subscribe({ items: [{ price }] });
      },
      { message: /type=one_time/ },
    ],
    [
      "one price twice",
      () => subscribe({ items: [{ price: reports.price }, { price: reports.price }] }),
      { message: /same plan/ },
    ],
    [
      "two currencies",
      async () => {
        const { price } = await sell(client, "euro", { currency: "eur" });
        return subscribe({ items: [{ price: reports.price }, { price }] });
      },
      { message: /currency/ },
    ],
    [
      "a quantity of what is metered",
      async () => {
        const meter = await createMeter(client, "m");
        const { price } = await sell(client, "metered", {
          recurring: { interval: "month", usage_type: "metered", meter: meter.id },
        });
        return subscribe({ items: [{ price, quantity: 1 }] });
      },
      { param: "items[0][quantity]" },
    ],
    ["an end in the past", () => subscribe({ cancel_at: now - 1 }), { param: "cancel_at" }],
    ["a trial that is over", () => subscribe({ trial_end: now }), { param: "trial_end" }],
    [
      "the last item's removal",
      async () => {
        const { id, items } = await subscribe();
        return client.subscriptions.update(id, { items: [{ id: items.data[0]!.id, deleted: true }] });
      },
      { message: /at least one/ },
    ],
    ["a status that is none", () => client.subscriptions.list({ status: "paying" as never }), { param: "status" }],
  ])("%s", async (_case, call, error) => {
    await expect(call()).rejects.toMatchObject({ statusCode: 400, ...error });
  });
});

describe("entitlements", () => {
  const keys = async () =>
    (await client.entitlements.activeEntitlements.list({ customer })).data.map(({ lookup_key }) => lookup_key);
  const addFeature = async (lookupKey: string) => {
    const feature = await client.entitlements.features.create({ lookup_key: lookupKey, name: lookupKey });
    await client.products.createFeature(reports.product, { entitlement_feature: feature.id });
    return feature;
  };

  test("follow the subscription", async () => {
    const feature = await addFeature("get-reports");
    await expect(keys()).resolves.toEqual([]);
    const { id } = await subscribe();
    await expect(keys()).resolves.toEqual(["get-reports"]);
    const { data } = await client.entitlements.activeEntitlements.list({ customer, expand: ["data.feature"] });
    expect(data).toMatchObject([{ feature: { id: feature.id, name: "get-reports" } }]);
    await client.subscriptions.cancel(id);
    await expect(keys()).resolves.toEqual([]);
  });

  test("of a feature that a product gets later begin with the next period", async () => {
    await subscribe();
    await addFeature("later");
    await expect(keys()).resolves.toEqual([]);
    stripe.clock.advance(31 * DAY * 1000);
    await expect(keys()).resolves.toEqual(["later"]);
  });

  test("a lookup key is one active feature's", async () => {
    const { id } = await addFeature("once");
    const again = () => client.entitlements.features.create({ lookup_key: "once", name: "x" });
    await expect(again()).rejects.toMatchObject({ statusCode: 400, param: "lookup_key" });
    await client.entitlements.features.update(id, { active: false });
    await expect(again()).resolves.toMatchObject({ active: true });
    await expect(client.entitlements.features.list({ archived: true })).resolves.toMatchObject({ data: [{ id }] });
    await expect(client.products.listFeatures(reports.product)).resolves.toMatchObject({
      data: [{ entitlement_feature: { id } }],
    });
  });
});

test("the control endpoint moves status and time", async () => {
  const { id } = await subscribe();
  const control = (method: string, path: string, body: unknown) =>
    fetch(`http://127.0.0.1:${stripe.local.port}/_local${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await control("PUT", `/subscriptions/${id}`, { status: "past_due" })).status).toBe(200);
  expect(await statusOf(id)).toBe("past_due");
  expect((await control("PUT", `/subscriptions/${id}`, { status: "gone" })).status).toBe(400);
  expect((await control("PUT", "/subscriptions/sub_none", { status: "active" })).status).toBe(404);
  await client.subscriptions.update(id, { cancel_at_period_end: true });
  await expect((await control("POST", "/clock", { seconds: 40 * DAY })).json()).resolves.toEqual({
    now: now + 40 * DAY,
  });
  expect(await statusOf(id)).toBe("canceled");
  for (const seconds of [0, -1, 1.5, "1"]) expect((await control("POST", "/clock", { seconds })).status).toBe(400);
});
