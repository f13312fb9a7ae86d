import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, type Subscribable, sell } from "../../support/stripe-catalogue.ts";

const DAY = 86_400_000;
const MONTH = 30 * DAY;
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

const useCard = async (token: string) => {
  const { id } = await client.paymentMethods.attach(token, { customer });
  await client.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
};
const subscribe = (more: Stripe.SubscriptionCreateParams = {}) =>
  client.subscriptions.create({ customer, items: [{ price: reports.price }], ...more });
const statusOf = async (id: string) => (await client.subscriptions.retrieve(id)).status;
const latestInvoice = async (subscription: string) => (await client.invoices.list({ subscription })).data[0]!;
const setAfterRetries = (afterRetries: unknown) =>
  fetch(`${stripe.local.url}/_local/billing`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ afterRetries }),
  });

test("a subscription has a first invoice, of its period", async () => {
  const { id, latest_invoice: invoice } = await subscribe({ items: [{ price: reports.price, quantity: 2 }] });
  const made = await client.invoices.retrieve(invoice as string);
  expect(made).toMatchObject({
    object: "invoice",
    status: "paid",
    total: 2000,
    amount_paid: 2000,
    customer,
    customer_email: "ada@example.org",
    billing_reason: "subscription_create",
    parent: { subscription_details: { subscription: id } },
    status_transitions: { finalized_at: NOW / 1000, paid_at: NOW / 1000 },
  });
  await expect(client.invoices.listLineItems(made.id)).resolves.toMatchObject({
    data: [{ amount: 2000, quantity: 2, pricing: { price_details: { price: reports.price } } }],
  });
});

test("each period has an invoice, with what was used in the one before", async () => {
  const meter = await createMeter(client, "calls");
  const metered = await sell(client, "post:reports", {
    unit_amount: 3,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const { id } = await subscribe({ items: [{ price: reports.price }, { price: metered.price }] });
  await client.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value: "40" },
  });
  stripe.clock.advance(MONTH);
  const invoice = await latestInvoice(id);
  expect(invoice).toMatchObject({ billing_reason: "subscription_cycle", status: "paid", total: 1000 + 40 * 3 });
  await expect(client.subscriptions.retrieve(id)).resolves.toMatchObject({ latest_invoice: invoice.id });
  await expect(client.invoices.list({ customer })).resolves.toMatchObject({ data: { length: 2 } });
});

describe("a card that fails", () => {
  test("at the first payment leaves the subscription incomplete, until the invoice is paid", async () => {
    await useCard("pm_card_chargeCustomerFail");
    const { id, status, latest_invoice: invoice } = await subscribe();
    expect(status).toBe("incomplete");
    await expect(client.invoices.pay(invoice as string)).rejects.toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code: "card_declined",
      decline_code: "generic_decline",
      message: "Your card was declined.",
    });
    await expect(client.invoices.pay(invoice as string, { payment_method: "pm_card_visa" })).resolves.toMatchObject({
      status: "paid",
    });
    await expect(statusOf(id)).resolves.toBe("active");
  });

  test("at the first payment makes no subscription where that was asked for", async () => {
    await useCard("pm_card_chargeCustomerFail");
    await expect(subscribe({ payment_behavior: "error_if_incomplete" })).rejects.toMatchObject({ statusCode: 402 });
    await expect(client.subscriptions.list({ customer, status: "all" })).resolves.toMatchObject({ data: [] });
    await expect(client.invoices.list({ customer })).resolves.toMatchObject({ data: [] });
  });

  test("is too late after 23 hours, and the invoice void", async () => {
    await useCard("pm_card_chargeCustomerFail");
    const { id } = await subscribe();
    stripe.clock.advance(DAY);
    await expect(statusOf(id)).resolves.toBe("incomplete_expired");
    await expect(latestInvoice(id)).resolves.toMatchObject({ status: "void" });
  });

  test("when it renews makes it past due, until a retry succeeds", async () => {
    const { id } = await subscribe();
    await useCard("pm_card_chargeCustomerFail");
    stripe.clock.advance(MONTH);
    await expect(statusOf(id)).resolves.toBe("past_due");
    await expect(latestInvoice(id)).resolves.toMatchObject({ status: "open", attempt_count: 1, attempted: true });
    await useCard("pm_card_visa");
    await expect(statusOf(id)).resolves.toBe("past_due");
    stripe.clock.advance(3 * DAY);
    await expect(statusOf(id)).resolves.toBe("active");
    await expect(latestInvoice(id)).resolves.toMatchObject({ status: "paid" });
  });

  const ends: [string | undefined, Stripe.Subscription.Status][] = [
    [undefined, "canceled"],
    ["cancel", "canceled"],
    ["mark_unpaid", "unpaid"],
    ["leave_past_due", "past_due"],
  ];
  test.each(ends)("after all retries does what the account says (%s): %s", async (afterRetries, status) => {
    if (afterRetries !== undefined) expect((await setAfterRetries(afterRetries)).status).toBe(200);
    const { id } = await subscribe();
    await useCard("pm_card_chargeCustomerFail");
    stripe.clock.advance(MONTH);
    for (const days of [0, 3, 5]) {
      stripe.clock.advance(days * DAY);
      await expect(statusOf(id)).resolves.toBe("past_due");
    }
    stripe.clock.advance(7 * DAY);
    await expect(statusOf(id)).resolves.toBe(status);
    await expect(latestInvoice(id)).resolves.toMatchObject({ attempt_count: 4, next_payment_attempt: null });
  });

  test.each(["pause", 1, undefined])("and an account that does not know what to do (%s) is told so", async (choice) => {
    const answer = await setAfterRetries(choice);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("cancel, mark_unpaid, leave_past_due");
  });
});

describe("a trial", () => {
  test("has an invoice of nothing, and one of its price when it ends", async () => {
    const { id } = await subscribe({ trial_period_days: 7 });
    await expect(latestInvoice(id)).resolves.toMatchObject({ total: 0, status: "paid" });
    stripe.clock.advance(7 * DAY);
    await expect(statusOf(id)).resolves.toBe("active");
    await expect(latestInvoice(id)).resolves.toMatchObject({ total: 1000, status: "paid" });
  });

  const ends: ["cancel" | "pause" | "create_invoice", Stripe.Subscription.Status][] = [
    ["cancel", "canceled"],
    ["pause", "paused"],
    ["create_invoice", "active"],
  ];
  test.each(ends)("without a payment method ends as it says: %s, %s", async (missing, status) => {
    const trial = { trial_settings: { end_behavior: { missing_payment_method: missing } } };
    const { id } = await subscribe({ trial_period_days: 7, ...trial });
    stripe.clock.advance(7 * DAY);
    await expect(statusOf(id)).resolves.toBe(status);
  });

  test("with a card that fails ends past due", async () => {
    await useCard("pm_card_chargeCustomerFail");
    const { id, status } = await subscribe({ trial_period_days: 7 });
    expect(status).toBe("trialing");
    stripe.clock.advance(7 * DAY);
    await expect(statusOf(id)).resolves.toBe("past_due");
  });
});

describe("payment methods", () => {
  test("belong to a customer from when they are attached until they are detached", async () => {
    const id = await useCard("pm_card_mastercard");
    await expect(client.customers.listPaymentMethods(customer)).resolves.toMatchObject({
      data: [{ id, customer, card: { brand: "mastercard", last4: "4444" } }],
    });
    await expect(client.paymentMethods.detach(id)).resolves.toMatchObject({ id, customer: null });
    await expect(client.customers.retrieve(customer)).resolves.toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    await expect(client.paymentMethods.list({ customer })).resolves.toMatchObject({ data: [] });
  });

  test("a customer is made with one, or not at all", async () => {
    const made = await client.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    const { data } = await client.paymentMethods.list({ customer: made.id });
    expect(made.invoice_settings.default_payment_method).toBe(data[0]!.id);
    await expect(
      client.customers.create({ email: "no@example.org", payment_method: "pm_card_visa_chargeDeclined" }),
    ).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
    await expect(client.customers.list({ email: "no@example.org" })).resolves.toMatchObject({ data: [] });
  });

  test("a default must be the customer's own", async () => {
    const other = await client.customers.create({ payment_method: "pm_card_visa" });
    const { data } = await client.paymentMethods.list({ customer: other.id });
    for (const refused of [
      client.customers.update(customer, { invoice_settings: { default_payment_method: data[0]!.id } }),
      subscribe({ default_payment_method: data[0]!.id }),
      client.paymentMethods.attach(data[0]!.id, { customer }),
    ]) {
      await expect(refused).rejects.toMatchObject({ type: "StripeInvalidRequestError", statusCode: 400 });
    }
  });

  const numbers: [string, { number: string; exp_month: number; exp_year: number }, object][] = [
    ["that no card has", { number: "4242424242424241", exp_month: 1, exp_year: 2034 }, { code: "incorrect_number" }],
    [
      "of an expired card",
      { number: "4242424242424242", exp_month: 10, exp_year: 2026 },
      { code: "invalid_expiry_year" },
    ],
  ];
  test.each(numbers)("a number %s is refused", async (_case, card, error) => {
    await expect(client.paymentMethods.create({ type: "card", card })).rejects.toMatchObject({
      type: "StripeCardError",
      ...error,
    });
  });
});

test("an invoice of one's own has the pending items, and is finalized, paid or void", async () => {
  await client.invoiceItems.create({ customer, amount: 700, currency: "usd", description: "Setup" });
  const draft = await client.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  expect(draft).toMatchObject({ status: "draft", total: 700, billing_reason: "manual" });
  await expect(client.invoices.finalizeInvoice(draft.id)).resolves.toMatchObject({ status: "open", amount_due: 700 });
  await expect(client.invoices.pay(draft.id)).resolves.toMatchObject({ status: "paid", amount_remaining: 0 });
  await expect(client.invoices.pay(draft.id)).rejects.toMatchObject({ message: "Invoice is already paid" });
  await expect(client.invoices.voidInvoice(draft.id)).rejects.toMatchObject({ statusCode: 400 });
  const other = await client.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  expect(other.total).toBe(0);
  await client.invoices.finalizeInvoice(other.id);
  await expect(client.invoices.voidInvoice(other.id)).resolves.toMatchObject({ status: "void" });
});
