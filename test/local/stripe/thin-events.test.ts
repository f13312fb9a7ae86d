import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, sell } from "../../support/stripe-catalogue.ts";

interface Received {
  readonly payload: string;
  readonly signature: string;
}

let stripe: TestStripe;
let client: Stripe;
let server: Server;
let url: string;
let received: Received[];

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  received = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        payload: Buffer.concat(chunks).toString(),
        signature: String(request.headers["stripe-signature"]),
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thin`;
});

afterEach(async () => {
  await stripe.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const register = (events: string[], more: Partial<Stripe.V2.Core.EventDestinationCreateParams> = {}) =>
  client.v2.core.eventDestinations.create({
    name: "Ours",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: events,
    webhook_endpoint: { url },
    include: ["webhook_endpoint.signing_secret"],
    ...more,
  });
const secretOf = (destination: Stripe.V2.Core.EventDestination) => destination.webhook_endpoint?.signing_secret ?? "";

/** Everything delivered by now. The SDK's clock is the machine's: the signature's age is not looked at. */
async function take(secret: string) {
  await stripe.local.webhooks.settled();
  return received
    .splice(0)
    .map(({ payload, signature }) =>
      client.parseEventNotification(payload, signature, secret, Number.MAX_SAFE_INTEGER),
    );
}

test("a change is told by a signed notification, which names its object and leads to both", async () => {
  const secret = secretOf(await register(["v1.customer.created"]));
  const customer = await client.customers.create({ name: "Ada" });
  const [notification] = await take(secret);
  expect(notification).toMatchObject({
    object: "v2.core.event",
    type: "v1.customer.created",
    created: new Date(NOW).toISOString(),
    livemode: false,
    related_object: { id: customer.id, type: "customer", url: `/v1/customers/${customer.id}` },
  });
  if (notification?.type !== "v1.customer.created") throw new Error("Another kind.");
  await expect(notification.fetchRelatedObject()).resolves.toMatchObject({ id: customer.id, name: "Ada" });
  await expect(notification.fetchEvent()).resolves.toMatchObject({ id: notification.id, type: "v1.customer.created" });
});

test("a subscription's new status has an event of its own", async () => {
  const secret = secretOf(await register(["v1.customer.subscription.past_due", "v1.customer.subscription.updated"]));
  const customer = await client.customers.create({});
  const { price } = await sell(client, "get:reports");
  const { id } = await client.subscriptions.create({ customer: customer.id, items: [{ price }] });
  stripe.local.subscriptions.setStatus(id, "past_due");
  await client.subscriptions.update(id, { metadata: { note: "1" } });
  expect((await take(secret)).map(({ type }) => type).sort()).toEqual([
    "v1.customer.subscription.past_due",
    "v1.customer.subscription.updated",
    "v1.customer.subscription.updated",
  ]);
});

test("a destination of snapshots gets what a webhook endpoint gets", async () => {
  const secret = secretOf(await register(["customer.created"], { event_payload: "snapshot" }));
  const { id } = await client.customers.create({});
  await stripe.local.webhooks.settled();
  const { payload, signature } = received[0]!;
  const event = client.webhooks.constructEvent(payload, signature, secret, Number.MAX_SAFE_INTEGER);
  expect(event).toMatchObject({ type: "customer.created", data: { object: { id } } });
  await expect(client.events.retrieve(event.id)).resolves.toMatchObject({ data: { object: { id } } });
});

test("the secret is shown once, the address to who asks", async () => {
  const made = await register(["*"]);
  expect(secretOf(made)).toMatch(/^whsec_/);
  const read = await client.v2.core.eventDestinations.retrieve(made.id, { include: ["webhook_endpoint.url"] });
  expect(read.webhook_endpoint).toEqual({ url });
  const listed = await client.v2.core.eventDestinations.list();
  expect(listed.data).toMatchObject([{ id: made.id, webhook_endpoint: {} }]);
});

test("a destination is changed, disabled, enabled, asked for a sign of life, and deleted", async () => {
  const made = await register(["v1.customer.created"]);
  const destinations = client.v2.core.eventDestinations;
  await expect(destinations.update(made.id, { enabled_events: ["v1.product.created"] })).resolves.toMatchObject({
    enabled_events: ["v1.product.created"],
  });
  await expect(destinations.disable(made.id)).resolves.toMatchObject({
    status: "disabled",
    status_details: { disabled: { reason: "user" } },
  });
  await client.products.create({ name: "x" });
  await expect(take(secretOf(made))).resolves.toEqual([]);
  await expect(destinations.enable(made.id)).resolves.toMatchObject({ status: "enabled" });
  await expect(destinations.ping(made.id)).resolves.toMatchObject({ type: "v2.core.event_destination.ping" });
  await client.products.create({ name: "y" });
  expect((await take(secretOf(made))).map(({ type }) => type)).toEqual([
    "v2.core.event_destination.ping",
    "v1.product.created",
  ]);
  await expect(destinations.del(made.id)).resolves.toMatchObject({ id: made.id });
  await expect(destinations.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
});

describe("a destination is refused", () => {
  const rows: [string, Partial<Stripe.V2.Core.EventDestinationCreateParams>][] = [
    ["with snapshot events for thin ones", { enabled_events: ["customer.created"] }],
    ["with thin events for snapshots", { event_payload: "snapshot", enabled_events: ["v1.customer.created"] }],
    ["somewhere else than on this machine", { webhook_endpoint: { url: "https://example.org/" } }],
    ["of another kind", { type: "amazon_eventbridge" }],
  ];
  test.each(rows)("%s", async (_case, more) => {
    await expect(register(["v1.customer.created"], more)).rejects.toMatchObject({ statusCode: 400 });
  });
});

test("events are listed newest first, of some types or of one object, page by page", async () => {
  const { id } = await client.customers.create({});
  await client.customers.update(id, { name: "Ada" });
  await client.products.create({ name: "x" });
  const all: string[] = [];
  for await (const { type } of client.v2.core.events.list({ object_id: id, limit: 1 })) all.push(type);
  expect(all).toEqual(["v1.customer.updated", "v1.customer.created"]);
  const created = await client.v2.core.events.list({ types: ["v1.product.created"] });
  expect(created.data).toHaveLength(1);
  const v1 = await client.events.list({ type: "customer.*" });
  expect(v1.data.map(({ type }) => type)).toEqual(["customer.updated", "customer.created"]);
  await expect(client.v2.core.events.retrieve("evt_none")).rejects.toMatchObject({ statusCode: 404 });
});

describe("usage that cannot count, where the account tells of it later", () => {
  const refuse = (when: string) =>
    fetch(`${stripe.local.url}/_local/meter-events`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refuse: when }),
    });
  const send = (payload: Record<string, string>, identifier: string, name = "calls") =>
    client.billing.meterEvents.create({ event_name: name, payload, identifier });

  test("is taken, does not count, and is reported after ten seconds with its identifiers", async () => {
    await refuse("later");
    const secret = secretOf(
      await register(["v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"]),
    );
    const meter = await createMeter(client, "calls");
    const { id } = await client.customers.create({});
    await send({ stripe_customer_id: "cus_none", value: "1" }, "a:1");
    await send({ stripe_customer_id: id, value: "1.5" }, "a:2");
    await send({ value: "1" }, "a:3");
    await send({ stripe_customer_id: "cus_gone", value: "1" }, "a:4");
    await send({ stripe_customer_id: id, value: "7" }, "a:5");
    await send({ stripe_customer_id: id, value: "1" }, "a:6", "unknown");
    await expect(take(secret)).resolves.toEqual([]);

    stripe.clock.advance(10_000);
    await client.customers.retrieve(id);
    const [report, noMeter, ...others] = await take(secret);
    expect(others).toEqual([]);
    expect(report).toMatchObject({
      type: "v1.billing.meter.error_report_triggered",
      related_object: { id: meter.id, url: `/v1/billing/meters/${meter.id}` },
    });
    expect(noMeter).toMatchObject({ type: "v1.billing.meter.no_meter_found" });
    if (report?.type !== "v1.billing.meter.error_report_triggered") throw new Error("Another kind.");
    const { data } = await report.fetchEvent();
    expect(data.validation_end).toBe(new Date(NOW + 10_000).toISOString());
    expect(data.reason).toMatchObject({
      error_count: 4,
      error_types: [
        {
          code: "meter_event_customer_not_found",
          error_count: 2,
          sample_errors: [{ request: { identifier: "a:1" } }, { request: { identifier: "a:4" } }],
        },
        { code: "meter_event_invalid_value", sample_errors: [{ request: { identifier: "a:2" } }] },
        { code: "meter_event_no_customer_defined", sample_errors: [{ request: { identifier: "a:3" } }] },
      ],
    });
    const { data: summaries } = await client.billing.meters.listEventSummaries(meter.id, {
      customer: id,
      start_time: NOW / 1000 - 3600,
      end_time: NOW / 1000 + 3600,
    });
    expect(summaries).toMatchObject([{ aggregated_value: 7 }]);
  });

  test("is told of an archived meter as well", async () => {
    await refuse("later");
    const secret = secretOf(await register(["v1.billing.meter.error_report_triggered"]));
    const meter = await createMeter(client, "calls");
    await client.billing.meters.deactivate(meter.id);
    await send({ stripe_customer_id: "cus_1", value: "1" }, "b:1");
    stripe.clock.advance(10_000);
    await client.billing.meters.retrieve(meter.id);
    const [report] = await take(secret);
    if (report?.type !== "v1.billing.meter.error_report_triggered") throw new Error("Another kind.");
    await expect(report.fetchEvent()).resolves.toMatchObject({
      data: { reason: { error_types: [{ code: "archived_meter" }] } },
    });
  });

  test("and at any other time is refused at once", async () => {
    await createMeter(client, "calls");
    await expect(send({ stripe_customer_id: "cus_none", value: "1" }, "c:1")).rejects.toMatchObject({
      statusCode: 400,
    });
    expect((await refuse("never")).status).toBe(400);
  });
});
