import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { PaidState } from "../../../actions/shared/paid-scopes.ts";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import type { Meter } from "../../../gateways/metering/meter.ts";
import { openGateway } from "../../../gateways/open-gateway.ts";
import { type AnswerWebhook, createAnswerWebhook } from "../../../gateways/webhooks/answer-webhook.ts";
import { createReceive } from "../../../gateways/webhooks/receiver.ts";
import { createVerifyEvent } from "../../../gateways/webhooks/verify-event.ts";
import { GATEWAY_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, sell } from "../../support/stripe-catalogue.ts";
import { AUDIENCE, createSigningKey, ISSUER } from "../support/issuer.ts";

const SECRET = "whsec_of_the_thin_destination";
const now = NOW / 1000;
const key = createSigningKey("key-1");
let stripe: TestStripe;
let customer: string;
let subscription: string;
let writes: [string, PaidState][];
let log: string[];
let directory: string;
let counter: Meter | undefined;
let answerWebhook: AnswerWebhook;

const users = {
  writePaid: async (userId: string, state: PaidState) => {
    writes.push([userId, state]);
    return "written" as const;
  },
  findLinkedTo: async (id: string) => (id === customer ? ["auth0|ada"] : []),
};

beforeEach(async () => {
  stripe = await startTestStripe();
  directory = mkdtempSync(join(tmpdir(), "thin-events-"));
  const { client } = stripe;
  [writes, log] = [[], []];
  customer = (await client.customers.create({ email: "ada@example.org", metadata: { auth0_user_id: "auth0|ada" } })).id;
  const { price } = await sell(client, "get:reports");
  subscription = (await client.subscriptions.create({ customer, items: [{ price }] })).id;
  const sdk = openStripe({
    secretKey: stripe.local.keys.create(GATEWAY_PERMISSIONS).secret,
    url: `http://127.0.0.1:${stripe.local.port}`,
  });
  const source = createStripeSource(sdk);
  const clock = stripe.clock.now;
  const { billing, meter } = openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
    source,
    metering: { directory, send: createSendMeterEvent(sdk), flushEvery: 0 },
    clock,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
  });
  answerWebhook = createAnswerWebhook({
    verify: createVerifyEvent(["whsec_of_the_snapshot_one", SECRET], clock),
    receive: createReceive({
      meter,
      stripe: sdk,
      billing: billing!,
      source,
      users,
      clock,
      log: (line) => log.push(line),
    }),
    log: (line) => log.push(line),
  });
  counter = meter;
  stripe.local.log.clear();
});
afterEach(async () => {
  await counter?.close();
  await stripe.close();
  rmSync(directory, { recursive: true });
});

const notify = (type: string, related?: { id: string; type: string }, more: object = {}) =>
  JSON.stringify({
    id: "evt_test_1",
    object: "v2.core.event",
    type,
    created: "2026-10-01T12:00:00.000Z",
    livemode: false,
    ...(related && { related_object: { ...related, url: `/v1/${related.type}s/${related.id}` } }),
    ...more,
  });
const sign = (payload: string, secret = SECRET) =>
  stripe.client.webhooks.generateTestHeaderString({ payload, secret, timestamp: now });
const send = (payload: string) => answerWebhook(payload, sign(payload));
const sendSubscription = (kind: string) =>
  send(notify(`v1.customer.subscription.${kind}`, { id: subscription, type: "subscription" }));
const reads = () => stripe.local.log.entries().map(({ method, path }) => `${method} ${path}`);

test("what is sent here is what Stripe's SDK reads", () => {
  const payload = notify("v1.customer.subscription.active", { id: subscription, type: "subscription" });
  const { type } = stripe.client.parseEventNotification(payload, sign(payload), SECRET, 300, undefined, NOW);
  expect(type).toBe("v1.customer.subscription.active");
});

describe("a thin event about a subscription is acted on", () => {
  test.each([
    "created",
    "updated",
    "deleted",
    "paused",
    "resumed",
    "active",
    "trialing",
    "past_due",
    "unpaid",
    "incomplete_expired",
    "item_added",
    "item_removed",
    "cancel_at_changed",
    "of_a_kind_to_come",
  ])("%s", async (kind) => {
    await expect(sendSubscription(kind)).resolves.toMatchObject({ status: 200 });
    expect(writes).toEqual([["auth0|ada", expect.objectContaining({ customer, scopes: ["get:reports"] })]]);
  });

  test("from what is true now, not from what it is called", async () => {
    await stripe.client.subscriptions.cancel(subscription);
    await sendSubscription("active");
    expect(writes).toEqual([["auth0|ada", expect.objectContaining({ scopes: [], until: null })]]);
  });
});

test("a snapshot and a thin event of one change, side by side and twice, come to what is true", async () => {
  const snapshot = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "customer.subscription.updated",
    data: { object: { object: "subscription", id: subscription, customer, status: "canceled" } },
  });
  const sendSnapshot = () => answerWebhook(snapshot, sign(snapshot, "whsec_of_the_snapshot_one"));
  const answers = await Promise.all([
    sendSnapshot(),
    sendSubscription("active"),
    sendSnapshot(),
    sendSubscription("active"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  for (const [, { scopes }] of writes) expect(scopes).toEqual(["get:reports"]);
});

test("a deleted customer's user is found by the link, for a thin event cannot name it", async () => {
  await stripe.client.customers.del(customer);
  await expect(send(notify("v1.customer.deleted", { id: customer, type: "customer" }))).resolves.toMatchObject({
    status: 200,
  });
  expect(writes).toEqual([["auth0|ada", expect.objectContaining({ customer, scopes: [], until: null })]]);
});

test("the end of a deleted customer's subscription is written for the user with the link", async () => {
  await stripe.client.customers.del(customer);
  await sendSubscription("deleted");
  expect(writes).toEqual([["auth0|ada", expect.objectContaining({ customer, scopes: [], until: null })]]);
});

test.each(["v1.product.updated", "v1.product.deactivated"])("the products are read anew at %s", async (type) => {
  await expect(send(notify(type, { id: "prod_1", type: "product" }))).resolves.toMatchObject({ status: 200 });
  expect(reads()).toEqual([expect.stringContaining("GET /v1/products")]);
});

describe("usage that Stripe refuses after it took it", () => {
  const refuse = (when: string) =>
    fetch(`http://127.0.0.1:${stripe.local.port}/_local/meter-events`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refuse: when }),
    });
  /** Counts, and lets Stripe refuse it ten seconds later. */
  const countRefused = async (of: string, meter: string) => {
    await refuse("later");
    await counter?.count({ customer: of, meter, value: 3 });
    await counter?.flush();
    return reportRefusals();
  };
  const reportRefusals = async () => {
    stripe.clock.advance(10_000);
    await stripe.client.customers.retrieve(customer);
    const { data } = await stripe.client.v2.core.events.list({});
    const [event] = data.filter(({ type }) => type.startsWith("v1.billing.meter."));
    if (event === undefined) throw new Error("Nothing was reported.");
    return event;
  };
  const tell = ({ id, type }: { id: string; type: string }, more: object = {}) => {
    const payload = notify(type, undefined, { id, ...more });
    const timestamp = Math.floor(stripe.clock.now() / 1000);
    return answerWebhook(
      payload,
      stripe.client.webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp }),
    );
  };
  const letters = () => counter?.readDeadLetters() ?? [];

  test.each([
    [
      "of a customer that is gone",
      "v1.billing.meter.error_report_triggered",
      "cus_gone",
      "calls",
      "meter_event_customer_not_found",
    ],
    ["on a meter that there is not", "v1.billing.meter.no_meter_found", undefined, "none", expect.any(String)],
  ])("%s is a dead letter, once, however often it is told", async (_what, type, of, meter, detail) => {
    await createMeter(stripe.client, "calls");
    const event = await countRefused(of ?? customer, meter);
    expect(event.type).toBe(type);
    await expect(tell(event)).resolves.toMatchObject({ status: 200 });
    await expect(tell(event)).resolves.toMatchObject({ status: 200 });
    expect(letters()).toMatchObject([
      { reason: "refused_later", detail, event: { customer: of ?? customer, meter, value: 3 } },
    ]);
    expect(letters()[0]?.event.identifier).toMatch(/:0:again$/);
    expect(counter?.stats.deadLetters).toBe(1);
    expect(log).toContainEqual(expect.stringContaining("taken 1 meter events and does not bill them; 1 are kept"));
  });

  test("on a meter that was deactivated is one too", async () => {
    const { id } = await createMeter(stripe.client, "old");
    await stripe.client.billing.meters.deactivate(id);
    await tell(await countRefused(customer, "old"));
    expect(letters()).toMatchObject([{ reason: "refused_later", detail: "archived_meter", event: { meter: "old" } }]);
  });

  test("of more customers than a report names is kept as far as it names them, and the rest is said", async () => {
    await createMeter(stripe.client, "calls");
    await refuse("later");
    for (let index = 0; index < 13; index += 1) {
      await counter?.count({ customer: `cus_gone${index}`, meter: "calls", value: 1 });
    }
    await counter?.flush();
    await expect(tell(await reportRefusals())).resolves.toMatchObject({ status: 200 });
    expect(letters()).toHaveLength(10);
    expect(log).toContainEqual(expect.stringContaining("taken 13 meter events and does not bill them; 10 are kept"));
  });

  test("is another dead letter when it is sent again, and refused again", async () => {
    await createMeter(stripe.client, "calls");
    await tell(await countRefused("cus_gone", "calls"));
    const [first] = letters();
    if (first === undefined) throw new Error("It was not kept.");
    await createSendMeterEvent(stripe.client, ({ identifier }) => `${identifier}:resend-0`)(first.event);
    await tell(await reportRefusals());
    expect(letters().map(({ event }) => event.identifier)).toEqual([
      first.event.identifier,
      `${first.event.identifier}:again`,
    ]);
  });

  test("and that this directory does not know is said", async () => {
    await createMeter(stripe.client, "calls");
    await refuse("later");
    await stripe.client.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: "cus_gone", value: "1" },
      identifier: "another node's",
    });
    await expect(tell(await reportRefusals())).resolves.toMatchObject({ status: 200 });
    expect(letters()).toEqual([]);
    expect(log).toContainEqual(expect.stringContaining("0 are kept"));
  });

  test("is told again while Stripe cannot be asked", async () => {
    stripe.local.faults.add({ kind: "500-unstored", method: "GET", path: "/v2/core/events/evt_1" });
    const type = "v1.billing.meter.error_report_triggered";
    await expect(tell({ id: "evt_1", type })).resolves.toMatchObject({ status: 500 });
  });

  test.each(["v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"])(
    "and of which this account has no report (%s), as a connected account's, is not told for days",
    async (type) => {
      await expect(tell({ id: "evt_theirs", type }, { context: "acct_1Theirs" })).resolves.toMatchObject({
        status: 200,
      });
      expect(letters()).toEqual([]);
      expect(log).toEqual([expect.stringMatching(/evt_theirs.*not of this account/)]);
    },
  );
});

describe("is taken, and nothing follows from", () => {
  test.each<[string, () => string]>([
    ["a ping", () => notify("v2.core.event_destination.ping", { id: "ed_1", type: "event_destination" })],
    ["an event of another kind", () => notify("v1.invoice.paid", { id: "in_1", type: "invoice" })],
    ["one of another family", () => notify("v2.core.account.closed", { id: "acct_1", type: "v2.core.account" })],
    [
      "one of a version to come",
      () => notify("v3.customer.subscription.active", { id: subscription, type: "subscription" }),
    ],
    [
      "one whose type only begins alike",
      () => notify("v1.customer.subscriptions", { id: subscription, type: "subscription" }),
    ],
    ["a customer's deletion that names none", () => notify("v1.customer.deleted")],
    ["a customer that changed", () => notify("v1.customer.updated", { id: customer, type: "customer" })],
    ["one whose object is none", () => notify("v1.customer.subscription.active", undefined, { related_object: null })],
    ["entitlements, which name nobody", () => notify("v1.entitlements.active_entitlement_summary.updated")],
    ["a subscription without an object", () => notify("v1.customer.subscription.active")],
    [
      "one whose object is something else",
      () => notify("v1.customer.subscription.active", { id: "../customers", type: "subscription" }),
    ],
    ["one without a type", () => JSON.stringify({ object: "v2.core.event" })],
  ])("%s", async (_case, payload) => {
    await expect(send(payload())).resolves.toMatchObject({ status: 200 });
    expect(reads()).toEqual([]);
    expect(writes).toEqual([]);
  });

  test("a subscription that Stripe does not have", async () => {
    const payload = notify("v1.customer.subscription.active", { id: "sub_gone", type: "subscription" });
    await expect(send(payload)).resolves.toMatchObject({ status: 200 });
    expect(writes).toEqual([]);
  });
});

test("a connected account's subscription, which this account does not have, changes nobody", async () => {
  const related = { id: "sub_theirs", type: "subscription" };
  const payload = notify("v1.customer.subscription.deleted", related, { context: "acct_1Theirs" });
  await expect(send(payload)).resolves.toMatchObject({ status: 200 });
  expect(writes).toEqual([]);
});

test("doubled, and the last before the first, they come to what is true now", async () => {
  await stripe.client.subscriptions.cancel(subscription);
  const kinds = ["deleted", "deleted", "active", "created", "active"];
  for (const kind of kinds) await expect(sendSubscription(kind)).resolves.toMatchObject({ status: 200 });
  expect(writes).toEqual(kinds.map(() => ["auth0|ada", expect.objectContaining({ scopes: [], until: null })]));
});

test("while Stripe cannot be asked, it is sent again", async () => {
  stripe.local.faults.add({ kind: "500-unstored", method: "GET", path: `/v1/subscriptions/${subscription}` });
  await expect(sendSubscription("active")).resolves.toMatchObject({ status: 500 });
  await expect(sendSubscription("active")).resolves.toMatchObject({ status: 200 });
  expect(writes).toHaveLength(1);
});

test("a thin event that another account has signed is refused", async () => {
  const payload = notify("v1.customer.subscription.active", { id: subscription, type: "subscription" });
  const answer = await answerWebhook(payload, sign(payload, "whsec_of_another_account"));
  expect(answer).toEqual({ status: 400, body: { error: "signature_refused" } });
  expect(reads()).toEqual([]);
});
