import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, type Subscribable, sell } from "../../support/stripe-catalogue.ts";

const now = NOW / 1000;
const DAY = 86_400;
let stripe: TestStripe;
let client: Stripe;
let customer: string;
let reports: Subscribable;
let once: string;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  customer = (await client.customers.create({ email: "ada@example.org" })).id;
  reports = await sell(client, "get:reports");
  once = (await client.prices.create({ product: reports.product, currency: "usd", unit_amount: 500 })).id;
});

afterEach(() => stripe.close());

type Parameters = {
  [K in keyof Stripe.Checkout.SessionCreateParams]: Stripe.Checkout.SessionCreateParams[K] | undefined;
};

/** What is undefined is left out. */
const begin = (more: Parameters = {}) =>
  client.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price: reports.price, quantity: 1 }],
    success_url: "http://127.0.0.1:1/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:1/back",
    ...more,
  } as Stripe.Checkout.SessionCreateParams);

test("a session is open for a day, at a page of this server, with its sums", async () => {
  const made = await begin({ client_reference_id: "auth0|1", metadata: { from: "portal" } });
  expect(made).toMatchObject({
    object: "checkout.session",
    mode: "subscription",
    status: "open",
    payment_status: "unpaid",
    customer,
    customer_details: { email: "ada@example.org" },
    client_reference_id: "auth0|1",
    metadata: { from: "portal" },
    amount_total: 1000,
    currency: "usd",
    created: now,
    expires_at: now + DAY,
    subscription: null,
    invoice: null,
    success_url: "http://127.0.0.1:1/done?session={CHECKOUT_SESSION_ID}",
  });
  expect(made.url).toBe(`${stripe.local.url}/c/pay/${made.id}`);
  expect(made.id).toMatch(/^cs_test_\w{58}$/);
  await expect(client.checkout.sessions.retrieve(made.id)).resolves.toEqual(made);
});

test("its lines are listed by themselves, and expanded down to the product", async () => {
  const meter = await createMeter(client, "calls");
  const metered = await client.prices.create({
    product: reports.product,
    currency: "usd",
    unit_amount: 2,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const { id } = await begin({ line_items: [{ price: metered.id }, { price: reports.price, quantity: 3 }] });
  const { data } = await client.checkout.sessions.listLineItems(id);
  expect(data).toMatchObject([
    { object: "item", quantity: null, amount_total: 0, price: { id: metered.id } },
    { object: "item", quantity: 3, amount_total: 3000, description: "get:reports" },
  ]);
  const whole = await client.checkout.sessions.retrieve(id, { expand: ["line_items", "customer"] });
  expect(whole).toMatchObject({ line_items: { data }, customer: { id: customer, email: "ada@example.org" } });
});

test("a list has the newest first, of one customer, subscription or status", async () => {
  const first = await begin();
  const second = await begin();
  await client.checkout.sessions.expire(first.id);
  const listed = async (parameters: Stripe.Checkout.SessionListParams) =>
    (await client.checkout.sessions.list(parameters)).data.map(({ id }) => id);
  await expect(listed({ customer })).resolves.toEqual([second.id, first.id]);
  await expect(listed({ status: "expired" })).resolves.toEqual([first.id]);
  await expect(listed({ subscription: "sub_none" })).resolves.toEqual([]);
});

test("an expired session has no page; one that is not open cannot be expired", async () => {
  const { id } = await begin();
  await expect(client.checkout.sessions.expire(id)).resolves.toMatchObject({ status: "expired", url: null });
  await expect(client.checkout.sessions.expire(id)).rejects.toMatchObject({
    statusCode: 400,
    message:
      'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of expired.',
  });
});

test("a session expires by itself", async () => {
  const { id } = await begin({ expires_at: now + 30 * 60 });
  stripe.clock.advance(30 * 60 * 1000);
  await expect(client.checkout.sessions.retrieve(id)).resolves.toMatchObject({ status: "expired", url: null });
});

test("the same idempotency key gives the same session", async () => {
  const parameters: Stripe.Checkout.SessionCreateParams = {
    mode: "subscription",
    customer,
    line_items: [{ price: reports.price, quantity: 1 }],
    success_url: "http://127.0.0.1:1/done",
  };
  const options = { idempotencyKey: "checkout:1" };
  const first = await client.checkout.sessions.create(parameters, options);
  await expect(client.checkout.sessions.create(parameters, options)).resolves.toMatchObject({ id: first.id });
});

test("a restricted key needs the permission of its own", async () => {
  const reader = stripe.clientThatMay("rak_checkout_session_read");
  await expect(
    reader.checkout.sessions.create({ mode: "subscription", success_url: "http://127.0.0.1:1" }),
  ).rejects.toMatchObject({
    type: "StripePermissionError",
    message: expect.stringContaining("'rak_checkout_session_write'"),
  });
  const { id } = await begin();
  await expect(reader.checkout.sessions.retrieve(id)).resolves.toMatchObject({ id });
});

test("a payment may say where the goods go", async () => {
  const shipping = { name: "Ada", address: { line1: "1 Main St", city: "London", country: "GB" } };
  await expect(
    begin({ mode: "payment", line_items: [{ price: once, quantity: 2 }], payment_intent_data: { shipping } }),
  ).resolves.toMatchObject({ mode: "payment", amount_total: 1000 });
});

describe("is refused", () => {
  const rows: [string, () => Parameters, { param?: string; message: RegExp }][] = [
    ["without a mode", () => ({ mode: undefined }), { param: "mode", message: /^Missing required param: mode\.$/ }],
    [
      "without lines",
      () => ({ line_items: undefined }),
      { param: "line_items", message: /^Missing required param: line_items\.$/ },
    ],
    [
      "without a quantity",
      () => ({ line_items: [{ price: reports.price }] }),
      { param: "line_items[0][quantity]", message: /^Missing required param/ },
    ],
    [
      "without a place to return to",
      () => ({ success_url: undefined }),
      { param: "success_url", message: /^Missing required param: success_url\.$/ },
    ],
    [
      "with a place that is not one",
      () => ({ cancel_url: "/back" }),
      { param: "cancel_url", message: /^Not a valid URL$/ },
    ],
    [
      "with a place of a script",
      () => ({ success_url: "javascript:1" }),
      { param: "success_url", message: /^Not a valid/ },
    ],
    [
      "for nobody's customer",
      () => ({ customer: "cus_none" }),
      { param: "customer", message: /^No such customer: 'cus_none'$/ },
    ],
    [
      "for a customer and an email",
      () => ({ customer_email: "a@example.org" }),
      { message: /^You may only specify one of these parameters: customer, customer_email\.$/ },
    ],
    [
      "for a price that is not there",
      () => ({ line_items: [{ price: "price_none", quantity: 1 }] }),
      { param: "line_items[0][price]", message: /^No such price: 'price_none'$/ },
    ],
    [
      "with one-time prices alone in subscription mode",
      () => ({ line_items: [{ price: once, quantity: 1 }] }),
      { message: /^You must provide at least one recurring price in `subscription` mode when using prices\.$/ },
    ],
    [
      "with a recurring price in payment mode",
      () => ({ mode: "payment" }),
      { message: /^You specified `payment` mode but passed a recurring price\. Either switch/ },
    ],
    [
      "when it would expire too soon",
      () => ({ expires_at: now + 60 }),
      { param: "expires_at", message: /at least 30 minutes from Checkout Session creation\.$/ },
    ],
    [
      "when it would expire too late",
      () => ({ expires_at: now + 2 * DAY }),
      { param: "expires_at", message: /less than 24 hours from Checkout Session creation\.$/ },
    ],
    [
      "with a trial that ends tomorrow",
      () => ({ subscription_data: { trial_end: now + DAY } }),
      { message: /^The `trial_end` date has to be at least 2 days in the future\.$/ },
    ],
    [
      "in a mode that the local Stripe does not have",
      () => ({ mode: "setup", line_items: undefined }),
      { param: "mode", message: /local Stripe/ },
    ],
    ["with a parameter that it does not carry out", () => ({ submit_type: "pay" }), { message: /local Stripe/ }],
    [
      "with one that Stripe does not have",
      () => ({ payment_method_types: ["card"] }) as object,
      { message: /^Received unknown parameter: payment_method_types$/ },
    ],
  ];

  test.each(rows)("%s", async (_case, parameters, { message, ...error }) => {
    await expect(begin(parameters())).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      message: expect.stringMatching(message),
      ...error,
    });
  });

  test("when it is not there, with a 404", async () => {
    await expect(client.checkout.sessions.retrieve("cs_test_none")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: "No such checkout.session: 'cs_test_none'",
    });
  });
});
