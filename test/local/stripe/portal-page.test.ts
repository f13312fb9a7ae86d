import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { type Subscribable, sell } from "../../support/stripe-catalogue.ts";

const HOUR = 3_600_000;
let stripe: TestStripe;
let client: Stripe;
let customer: string;
let reports: Subscribable;
let subscription: Stripe.Subscription;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  customer = (await client.customers.create({ email: "ada@example.org" })).id;
  reports = await sell(client, "get:reports");
  subscription = await client.subscriptions.create({ customer, items: [{ price: reports.price }] });
});

afterEach(() => stripe.close());

const ALL: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true },
};

async function open(features = ALL, flow?: Stripe.BillingPortal.SessionCreateParams.FlowData): Promise<string> {
  const { id: configuration } = await client.billingPortal.configurations.create({ features });
  const { url } = await client.billingPortal.sessions.create({
    customer,
    configuration,
    return_url: "http://127.0.0.1:1/account",
    ...(flow !== undefined && { flow_data: flow }),
  });
  return url;
}
const show = async (url: string) => (await fetch(url)).text();
const submit = async (url: string, action: string, fields: Record<string, string> = {}) => {
  const answer = await fetch(`${url}/${action}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return { status: answer.status, location: answer.headers.get("location"), page: await answer.text() };
};
const read = () => client.subscriptions.retrieve(subscription.id);

test("the page shows subscriptions, cards and invoices, and leads back", async () => {
  const page = await show(await open());
  expect(page).toContain("get:reports (active): renews on December 20, 2026");
  expect(page).toContain("November 20, 2026: $10.00, paid");
  expect(page).toContain("Payment methods");
  expect(page).toContain('<a href="http://127.0.0.1:1/account">Back to the application</a>');
});

test("what the configuration leaves out is neither shown nor done", async () => {
  const url = await open({ invoice_history: { enabled: true } });
  const page = await show(url);
  expect(page).not.toContain("Cancel get:reports");
  expect(page).not.toContain("Payment methods");
  await expect(submit(url, "cancel", { subscription: subscription.id })).resolves.toMatchObject({ status: 400 });
  await expect(submit(url, "card", { card: "4242424242424242", expiry: "12/34" })).resolves.toMatchObject({
    status: 400,
  });
  await expect(read()).resolves.toMatchObject({ status: "active", cancel_at_period_end: false });
});

test("a subscription ends with its period, unless it is kept", async () => {
  const url = await open();
  await expect(submit(url, "cancel", { subscription: subscription.id })).resolves.toMatchObject({ status: 303 });
  await expect(read()).resolves.toMatchObject({ status: "active", cancel_at_period_end: true });
  expect(await show(url)).toContain("ends on December 20, 2026");
  await submit(url, "resume", { subscription: subscription.id });
  await expect(read()).resolves.toMatchObject({ cancel_at_period_end: false, cancel_at: null });
});

test("it ends at once where the configuration says so", async () => {
  const url = await open({ subscription_cancel: { enabled: true, mode: "immediately" } });
  await submit(url, "cancel", { subscription: subscription.id });
  await expect(read()).resolves.toMatchObject({ status: "canceled" });
  expect(await show(url)).toContain("No subscription");
});

test("a saved card pays from then on", async () => {
  await submit(await open(), "card", { card: "5555555555554444", expiry: "01/30", cvc: "123" });
  const { data } = await client.paymentMethods.list({ customer });
  expect(data).toMatchObject([{ card: { brand: "mastercard", last4: "4444" } }]);
  const record = await client.customers.retrieve(customer);
  expect(record).toMatchObject({ invoice_settings: { default_payment_method: data[0]!.id } });
  await expect(read()).resolves.toMatchObject({ default_payment_method: data[0]!.id });
});

test("a declined card is not saved", async () => {
  const { status, page } = await submit(await open(), "card", { card: "4000000000000002", expiry: "01/30" });
  expect(status).toBe(400);
  expect(page).toContain("Your card was declined.");
  await expect(client.paymentMethods.list({ customer })).resolves.toMatchObject({ data: [] });
});

test("a subscription changes to a price of the configuration, and to no other", async () => {
  const items = await sell(client, "get:items", { unit_amount: 2500 });
  const other = await sell(client, "get:other");
  const url = await open({
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["price"],
      products: [{ product: items.product, prices: [items.price] }],
    },
  });
  expect(await show(url)).toContain("Change to get:items, $25.00");
  await expect(submit(url, "switch", { subscription: subscription.id, price: other.price })).resolves.toMatchObject({
    status: 400,
  });
  await submit(url, "switch", { subscription: subscription.id, price: items.price });
  await expect(read()).resolves.toMatchObject({ items: { data: [{ price: { id: items.price } }] } });
});

describe("a flow", () => {
  const cancel = (
    after: Stripe.BillingPortal.SessionCreateParams.FlowData.AfterCompletion,
  ): Stripe.BillingPortal.SessionCreateParams.FlowData => ({
    type: "subscription_cancel",
    subscription_cancel: { subscription: subscription.id },
    after_completion: after,
  });

  test("shows what it is for, and leads on when it is done", async () => {
    const url = await open(ALL, cancel({ type: "redirect", redirect: { return_url: "http://127.0.0.1:1/bye" } }));
    expect(await show(url)).not.toContain("Payment methods");
    await expect(submit(url, "cancel", { subscription: subscription.id })).resolves.toMatchObject({
      status: 303,
      location: "http://127.0.0.1:1/bye",
    });
  });

  test("confirms with a message", async () => {
    const confirmation = {
      type: "hosted_confirmation",
      hosted_confirmation: { custom_message: "Come back!" },
    } as const;
    const url = await open(ALL, cancel(confirmation));
    await expect(submit(url, "cancel", { subscription: subscription.id })).resolves.toMatchObject({
      status: 200,
      page: expect.stringContaining("Come back!"),
    });
  });
});

describe("is refused", () => {
  test("for somebody else's subscription", async () => {
    const other = await client.customers.create({});
    const { id } = await client.subscriptions.create({ customer: other.id, items: [{ price: reports.price }] });
    await expect(submit(await open(), "cancel", { subscription: id })).resolves.toMatchObject({ status: 400 });
    await expect(client.subscriptions.retrieve(id)).resolves.toMatchObject({ cancel_at_period_end: false });
  });

  test("after an hour", async () => {
    const url = await open();
    stripe.clock.advance(HOUR);
    expect((await fetch(url)).status).toBe(404);
    await expect(submit(url, "cancel", { subscription: subscription.id })).resolves.toMatchObject({ status: 404 });
  });

  test("for an action that the portal does not have", async () => {
    await expect(submit(await open(), "delete")).resolves.toMatchObject({ status: 404 });
  });
});
