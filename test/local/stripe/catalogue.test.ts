import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, sell } from "../../support/stripe-catalogue.ts";

let stripe: TestStripe;
let client: Stripe;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
});

afterEach(() => stripe.close());

test("a product is made, found by id, changed and archived", async () => {
  const made = await client.products.create({
    id: "get-reports",
    name: "get:reports",
    metadata: { scope: "get:reports" },
  });
  expect(made).toMatchObject({ id: "get-reports", object: "product", active: true, default_price: null });
  await expect(client.products.retrieve("get-reports")).resolves.toEqual(made);
  const changed = await client.products.update(made.id, {
    active: false,
    description: "Reports",
    metadata: { scope: "" },
  });
  expect(changed).toMatchObject({ active: false, description: "Reports", metadata: {} });
  await expect(client.products.list({ active: true })).resolves.toMatchObject({ data: [] });
  await expect(client.products.list({ ids: ["get-reports", "none"] })).resolves.toMatchObject({
    data: [{ id: made.id }],
  });
});

test("names of products may repeat, and a list is newest first", async () => {
  const [one, two] = [await sell(client, "get:users"), await sell(client, "get:users")];
  const { data } = await client.products.list();
  expect(data.map(({ id, name }) => [id, name])).toEqual([
    [two.product, "get:users"],
    [one.product, "get:users"],
  ]);
});

test("a product without prices can be deleted, one with prices cannot", async () => {
  const { id } = await client.products.create({ name: "short-lived" });
  await expect(client.products.del(id)).resolves.toEqual({ id, object: "product", deleted: true });
  await expect(client.products.retrieve(id)).rejects.toMatchObject({ statusCode: 404, code: "resource_missing" });
  const { product } = await sell(client, "sold");
  await expect(client.products.del(product)).rejects.toMatchObject({ statusCode: 400, message: /user-created prices/ });
});

test("a price keeps fractions of a cent, which the SDK reads as a decimal", async () => {
  const { price } = await sell(client, "x", { unit_amount: undefined, unit_amount_decimal: "0.5" } as never);
  const read = await client.prices.retrieve(price);
  expect(read.unit_amount).toBeNull();
  expect(String(read.unit_amount_decimal)).toBe("0.5");
});

test("a metered price belongs to a meter, and is listed by it", async () => {
  const meter = await createMeter(client, "get_reports");
  const { price, product } = await sell(client, "get:reports", {
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  await sell(client, "flat");
  const { data } = await client.prices.list({ recurring: { meter: meter.id }, expand: ["data.product"] });
  expect(data).toMatchObject([
    { id: price, recurring: { usage_type: "metered" }, product: { id: product, name: "get:reports" } },
  ]);
});

test("a lookup key goes to another price only when it is told to", async () => {
  const { price, product } = await sell(client, "a", { lookup_key: "a" });
  const again = {
    product,
    currency: "usd",
    unit_amount: 5,
    recurring: { interval: "month" },
    lookup_key: "a",
  } as const;
  await expect(client.prices.create(again)).rejects.toMatchObject({
    message: `A price (\`${price}\`) already uses that lookup key.`,
  });
  const taker = await client.prices.create({ ...again, transfer_lookup_key: true });
  await expect(client.prices.list({ lookup_keys: ["a"] })).resolves.toMatchObject({ data: [{ id: taker.id }] });
});

test("a product's default price can be expanded", async () => {
  const { price, product } = await sell(client, "a");
  await client.products.update(product, { default_price: price });
  await expect(client.products.retrieve(product)).resolves.toMatchObject({ default_price: price });
  await expect(client.products.retrieve(product, { expand: ["default_price"] })).resolves.toMatchObject({
    default_price: { id: price, unit_amount: 1000 },
  });
});

describe("is refused", () => {
  const monthly = { currency: "usd", unit_amount: 1, recurring: { interval: "month" } } as const;
  const refusals: [string, () => Promise<unknown>, object][] = [
    [
      "a product without a name",
      () => client.products.create({} as never),
      { code: "parameter_missing", param: "name" },
    ],
    [
      "a second product of one id",
      async () => {
        await client.products.create({ id: "p", name: "p" });
        return client.products.create({ id: "p", name: "p" });
      },
      { code: "resource_already_exists" },
    ],
    ["what is not carried out", () => client.products.create({ name: "x", images: ["a"] }), { param: "images" }],
    [
      "another product's default price",
      async () => {
        const { price } = await sell(client, "a");
        const { product } = await sell(client, "b");
        return client.products.update(product, { default_price: price });
      },
      { param: "default_price" },
    ],
    ["a price without a product", () => client.prices.create(monthly), { code: "parameter_missing", param: "product" }],
    [
      "a price of no product",
      () => client.prices.create({ ...monthly, product: "prod_none" }),
      { code: "resource_missing", param: "product" },
    ],
    [
      "a price without an amount",
      async () => {
        const { id } = await client.products.create({ name: "a" });
        return client.prices.create({ product: id, currency: "usd" });
      },
      { code: "parameter_missing", param: "unit_amount" },
    ],
    [
      "a metered price without a meter",
      async () => {
        const { id } = await client.products.create({ name: "a" });
        return client.prices.create({
          ...monthly,
          product: id,
          recurring: { interval: "month", usage_type: "metered" },
        });
      },
      { code: "parameter_missing", param: "recurring[meter]" },
    ],
    [
      "a price of no meter",
      async () => {
        const { id } = await client.products.create({ name: "a" });
        const recurring = { interval: "month", usage_type: "metered", meter: "mtr_none" } as const;
        return client.prices.create({ ...monthly, product: id, recurring });
      },
      { code: "resource_missing", param: "recurring[meter]" },
    ],
    [
      "five levels of expansion",
      () => client.prices.list({ expand: ["data.product.default_price.product.name"] }),
      {
        message:
          "You cannot expand more than 4 levels of a property. Property: data.product.default_price.product.name",
      },
    ],
    [
      "what cannot be expanded",
      async () => {
        await sell(client, "a");
        return client.prices.list({ expand: ["data.currency"] });
      },
      { message: "This property cannot be expanded (data.currency)." },
    ],
  ];
  test.each(refusals)("%s", async (_case, call, error) => {
    await expect(call()).rejects.toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400, ...error });
  });
});

describe("a restricted key needs the permission of each endpoint", () => {
  test.each<[string, (with_: Stripe) => Promise<unknown>]>([
    ["rak_product_read", (with_) => with_.products.list()],
    ["rak_product_write", (with_) => with_.products.create({ name: "x" })],
    ["rak_plan_read", (with_) => with_.prices.list()],
    ["rak_plan_write", (with_) => with_.prices.create({ currency: "usd" })],
    ["rak_subscription_read", (with_) => with_.subscriptions.list()],
    ["rak_subscription_write", (with_) => with_.subscriptions.create({})],
    ["rak_billing_meter_read", (with_) => with_.billing.meters.list()],
    ["rak_billing_meter_write", (with_) => with_.billing.meters.create({} as never)],
    ["rak_billing_meter_event_write", (with_) => with_.billing.meterEvents.create({} as never)],
    ["rak_entitlement_read", (with_) => with_.entitlements.activeEntitlements.list({ customer: "cus_1" })],
    ["rak_webhook_read", (with_) => with_.webhookEndpoints.list()],
  ])("%s", async (permission, call) => {
    await expect(call(stripe.clientThatMay("rak_customer_write"))).rejects.toMatchObject({
      type: "StripePermissionError",
      statusCode: 403,
      message: expect.stringContaining(`'${permission}'`),
    });
    const allowed = await call(stripe.clientThatMay(permission as never)).catch((error: unknown) => error);
    expect(allowed).not.toMatchObject({ statusCode: 403 });
  });
});
