import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

let stripe: TestStripe;
let client: Stripe;
let customer: string;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  customer = (await client.customers.create({ email: "ada@example.org" })).id;
});

afterEach(() => stripe.close());

const configure = (
  features: Stripe.BillingPortal.ConfigurationCreateParams.Features = { invoice_history: { enabled: true } },
) => client.billingPortal.configurations.create({ features });

test("a configuration has all features, on or off, and Stripe's defaults", async () => {
  const made = await configure({ subscription_cancel: { enabled: true }, invoice_history: { enabled: true } });
  expect(made).toMatchObject({
    object: "billing_portal.configuration",
    active: true,
    is_default: false,
    login_page: { enabled: false, url: null },
    features: {
      customer_update: { enabled: false, allowed_updates: [] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: false },
      subscription_cancel: { enabled: true, mode: "at_period_end", proration_behavior: "none" },
      subscription_update: { enabled: false },
    },
  });
  await expect(client.billingPortal.configurations.retrieve(made.id)).resolves.toEqual(made);
});

test("an update changes what it names, and deactivates", async () => {
  const { id } = await configure({ subscription_cancel: { enabled: true } });
  const after = await client.billingPortal.configurations.update(id, {
    active: false,
    default_return_url: "http://127.0.0.1:1/account",
    features: { subscription_cancel: { mode: "immediately" } },
  });
  expect(after).toMatchObject({
    active: false,
    default_return_url: "http://127.0.0.1:1/account",
    features: { subscription_cancel: { enabled: true, mode: "immediately" } },
  });
  const listed = async (parameters: Stripe.BillingPortal.ConfigurationListParams) =>
    (await client.billingPortal.configurations.list(parameters)).data.map((one) => one.id);
  await expect(listed({ active: true })).resolves.toEqual([]);
  await expect(listed({ active: false, is_default: false })).resolves.toEqual([id]);
});

test("a session is a page of this server whose address is not its id", async () => {
  const { id: configuration } = await configure({ invoice_history: { enabled: true } });
  const made = await client.billingPortal.sessions.create({
    customer,
    configuration,
    return_url: "http://127.0.0.1:1/account",
  });
  expect(made).toMatchObject({
    object: "billing_portal.session",
    configuration,
    customer,
    flow: null,
    return_url: "http://127.0.0.1:1/account",
  });
  expect(made.url).toMatch(/\/p\/session\/test_\w{58}$/);
  expect(made.url).toContain(stripe.local.url);
  expect(made.url).not.toContain(made.id);
});

test("a session without a return_url has the configuration's", async () => {
  const { id: configuration } = await client.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
    default_return_url: "http://127.0.0.1:1/default",
  });
  await expect(client.billingPortal.sessions.create({ customer, configuration })).resolves.toMatchObject({
    return_url: "http://127.0.0.1:1/default",
  });
});

test("a session without a configuration has the default, once the portal's settings are saved", async () => {
  const { id } = (await (await fetch(`${stripe.local.url}/_local/portal`, { method: "POST" })).json()) as {
    id: string;
  };
  await expect(client.billingPortal.sessions.create({ customer })).resolves.toMatchObject({ configuration: id });
  await expect(client.billingPortal.configurations.list({ is_default: true })).resolves.toMatchObject({
    data: [{ id, features: { subscription_cancel: { enabled: true } } }],
  });
  await expect(client.billingPortal.configurations.update(id, { active: false })).rejects.toMatchObject({
    param: "active",
  });
});

test("a flow is for one thing, of this customer", async () => {
  const { price } = await sell(client, "get:reports");
  const subscription = await client.subscriptions.create({ customer, items: [{ price }] });
  const { id: configuration } = await configure({ subscription_cancel: { enabled: true } });
  const made = await client.billingPortal.sessions.create({
    customer,
    configuration,
    flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: subscription.id } },
  });
  expect(made.flow).toMatchObject({
    type: "subscription_cancel",
    subscription_cancel: { subscription: subscription.id },
    subscription_update: null,
    after_completion: { type: "portal_homepage" },
  });
});

test("restricted keys need the portal's permission", async () => {
  await expect(
    stripe.clientThatMay("rak_customer_write").billingPortal.sessions.create({ customer }),
  ).rejects.toMatchObject({ message: expect.stringContaining("'rak_customer_portal_write'") });
});

describe("is refused", () => {
  const rows: [string, () => Promise<Stripe.BillingPortal.SessionCreateParams>, object][] = [
    [
      "without a configuration where none is the default",
      async () => ({ customer }),
      {
        message:
          "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
      },
    ],
    ["without a customer", async () => ({}), { param: "customer" }],
    [
      "for a customer who is not there",
      async () => ({ customer: "cus_none" }),
      { message: "No such customer: 'cus_none'" },
    ],
    [
      "with a configuration that is not there",
      async () => ({ customer, configuration: "bpc_none" }),
      { message: "No such configuration: 'bpc_none'" },
    ],
    [
      "with a configuration that is not active",
      async () => {
        const { id } = await configure();
        await client.billingPortal.configurations.update(id, { active: false });
        return { customer, configuration: id };
      },
      { param: "configuration" },
    ],
    [
      "for a flow whose feature is off",
      async () => ({
        customer,
        configuration: (await configure()).id,
        flow_data: { type: "payment_method_update" },
      }),
      { param: "flow_data[type]" },
    ],
    [
      "for a flow about somebody else's subscription",
      async () => {
        const { price } = await sell(client, "get:reports");
        const other = await client.customers.create({});
        const { id } = await client.subscriptions.create({ customer: other.id, items: [{ price }] });
        return {
          customer,
          configuration: (await configure({ subscription_cancel: { enabled: true } })).id,
          flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: id } },
        };
      },
      { param: "flow_data[subscription_cancel][subscription]", code: "resource_missing" },
    ],
  ];

  test.each(rows)("%s", async (_case, parameters, error) => {
    await expect(client.billingPortal.sessions.create(await parameters())).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      ...error,
    });
  });
});
