import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { type Subscribable, sell } from "../../support/stripe-catalogue.ts";

const DAY = 86_400;
const CARD = { name: "Ada Lovelace", card: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123" };
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

const begin = (more: Stripe.Checkout.SessionCreateParams = {}) =>
  client.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price: reports.price, quantity: 1 }],
    success_url: "http://127.0.0.1:1/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:1/back?a=1&b=2",
    ...more,
  });
const pay = async (session: Stripe.Checkout.Session, fields: Record<string, string> = CARD) => {
  const answer = await fetch(session.url!, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  return { status: answer.status, location: answer.headers.get("location"), page: await answer.text() };
};

test("the page says what is bought and what is due, and leads back", async () => {
  const answer = await fetch((await begin()).url!);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page).toContain("get:reports: 1 × $10.00 every 1 month");
  expect(page).toContain("Due today: $10.00");
  expect(page).toContain('<a href="http://127.0.0.1:1/back?a=1&amp;b=2">Back</a>');
  expect(page).toContain('<label for="card">Card number</label>');
});

test("who pays is sent on, and has a subscription, an invoice and a card", async () => {
  const session = await begin({ subscription_data: { metadata: { plan: "reports" } } });
  const { status, location } = await pay(session);
  expect([status, location]).toEqual([303, `http://127.0.0.1:1/done?session=${session.id}`]);
  const done = await client.checkout.sessions.retrieve(session.id, { expand: ["subscription", "invoice"] });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    url: null,
    customer,
    customer_details: { email: "ada@example.org", name: "Ada Lovelace" },
    subscription: { status: "active", customer, metadata: { plan: "reports" } },
    invoice: { status: "paid", amount_paid: 1000, billing_reason: "subscription_create" },
  });
  const { data } = await client.paymentMethods.list({ customer });
  expect(data).toMatchObject([{ type: "card", card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2034 } }]);
  expect((done.subscription as Stripe.Subscription).default_payment_method).toBe(data[0]!.id);
});

test("a session pays once", async () => {
  const session = await begin();
  await pay(session);
  await expect(pay(session)).resolves.toMatchObject({ status: 404, location: null });
  await expect(client.subscriptions.list({ customer })).resolves.toMatchObject({ data: [{ status: "active" }] });
});

describe("a payment that fails leaves the session open and nothing behind", () => {
  const rows: [string, Record<string, string>, string][] = [
    ["a declined card", { card: "4000000000000002" }, "Your card was declined."],
    ["a card without the money", { card: "4000 0000 0000 9995" }, "Your card has insufficient funds."],
    ["a card that is declined when it is charged", { card: "4000000000000341" }, "Your card was declined."],
    ["a number that no card has", { card: "4242424242424241" }, "Your card number is incorrect."],
    ["no number", { card: "" }, "Your card number is incorrect."],
    ["a date in the past", { expiry: "10/26" }, "Your card&#39;s expiration year is invalid."],
    ["a month that is not one", { expiry: "13/34" }, "Your card&#39;s expiration month is invalid."],
    ["a date that is not one", { expiry: "soon" }, "Your card&#39;s expiration month is invalid."],
    ["a card that is not for testing", { card: "4111111111111111" }, "Your request was in test mode"],
  ];

  test.each(rows)("%s", async (_case, wrong, message) => {
    const session = await begin();
    const { status, page } = await pay(session, { ...CARD, ...wrong });
    expect(status).toBe(402);
    expect(page).toContain(message);
    expect(page).not.toMatch(/value="[^"]/);
    await expect(client.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({ status: "open" });
    await expect(client.subscriptions.list({ customer, status: "all" })).resolves.toMatchObject({ data: [] });
    await expect(client.paymentMethods.list({ customer })).resolves.toMatchObject({ data: [] });
    await expect(client.invoices.list({ customer })).resolves.toMatchObject({ data: [] });
    await expect(pay(session)).resolves.toMatchObject({ status: 303 });
  });
});

test("who is nobody's customer yet becomes one with the email of the form", async () => {
  const session = await client.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: reports.price, quantity: 1 }],
    success_url: "http://127.0.0.1:1/done",
  });
  expect(session).toMatchObject({ customer: null, customer_creation: "always" });
  await expect(pay(session, { ...CARD, email: "not one" })).resolves.toMatchObject({ status: 402 });
  await pay(session, { ...CARD, email: "new@example.org" });
  const { data } = await client.customers.list({ email: "new@example.org" });
  await expect(client.checkout.sessions.retrieve(session.id)).resolves.toMatchObject({ customer: data[0]!.id });
});

test("a trial costs nothing now", async () => {
  const session = await begin({ subscription_data: { trial_period_days: 7 } });
  expect(session.amount_total).toBe(0);
  await pay(session);
  const done = await client.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(done).toMatchObject({
    payment_status: "no_payment_required",
    subscription: { status: "trialing", trial_end: NOW / 1000 + 7 * DAY },
  });
});

test("where no payment is needed, no card is asked for", async () => {
  const session = await begin({
    payment_method_collection: "if_required",
    subscription_data: {
      trial_period_days: 3,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    },
  });
  expect(await (await fetch(session.url!)).text()).not.toContain("Card number");
  await expect(pay(session, { name: "Ada" })).resolves.toMatchObject({ status: 303 });
  const { subscription } = await client.checkout.sessions.retrieve(session.id);
  stripe.clock.advance(3 * DAY * 1000);
  await expect(client.subscriptions.retrieve(subscription as string)).resolves.toMatchObject({ status: "canceled" });
});

test("a session in payment mode pays once, and subscribes nobody", async () => {
  const { id: price } = await client.prices.create({ product: reports.product, currency: "jpy", unit_amount: 500 });
  const session = await begin({ mode: "payment", line_items: [{ price, quantity: 2 }] });
  expect(await (await fetch(session.url!)).text()).toContain("Due today: ¥1,000");
  await pay(session);
  const done = await client.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    subscription: null,
    payment_intent: { status: "succeeded", amount: 1000, currency: "jpy", customer },
  });
});

test("what is sold once is on the first invoice of what renews", async () => {
  const { id: price } = await client.prices.create({ product: reports.product, currency: "usd", unit_amount: 500 });
  const session = await begin({
    line_items: [
      { price: reports.price, quantity: 1 },
      { price, quantity: 1 },
    ],
  });
  await pay(session);
  const { invoice } = await client.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
  expect(invoice).toMatchObject({ amount_paid: 1500, lines: { data: [{ amount: 500 }, { amount: 1000 }] } });
});

test("a name in markup is shown as text", async () => {
  const { price } = await sell(client, "<script>1</script>");
  const page = await (await fetch((await begin({ line_items: [{ price, quantity: 1 }] })).url!)).text();
  expect(page).toContain("&lt;script&gt;1&lt;/script&gt;");
  expect(page).not.toContain("<script");
});

test("a page that never was is a 404 page", async () => {
  const answer = await fetch(`${stripe.local.url}/c/pay/cs_test_none`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
});
