import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { readHeaders, startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter } from "../../support/stripe-catalogue.ts";

const DAY = 86_400;
const now = NOW / 1000;
let stripe: TestStripe;
let client: Stripe;
let customer: string;
let meter: Stripe.Billing.Meter;

beforeEach(async () => {
  stripe = await startTestStripe();
  client = stripe.client;
  customer = (await client.customers.create()).id;
  meter = await createMeter(client, "get_reports");
});

afterEach(() => stripe.close());

type Event = Partial<Stripe.Billing.MeterEventCreateParams>;
const send = (value: string, more: Event = {}, options?: Stripe.RequestOptions) =>
  client.billing.meterEvents.create(
    { event_name: "get_reports", payload: { stripe_customer_id: customer, value }, ...more },
    options,
  );
const sumOf = async (who = customer, from = now - 40 * DAY, to = now + DAY) => {
  const { data } = await client.billing.meters.listEventSummaries(meter.id, {
    customer: who,
    start_time: from,
    end_time: to,
  });
  return data.reduce((sum, { aggregated_value: value }) => sum + value, 0);
};

test("events add up per customer", async () => {
  const other = (await client.customers.create()).id;
  await expect(send("2", { identifier: "a" })).resolves.toMatchObject({
    object: "billing.meter_event",
    identifier: "a",
    timestamp: now,
  });
  await send("3", { timestamp: now - 10 * DAY });
  await send("-1");
  await send("9", { payload: { stripe_customer_id: other, value: "9" } });
  expect(await sumOf()).toBe(4);
  expect(await sumOf(other)).toBe(9);
  expect(await sumOf(customer, now - DAY, now + DAY)).toBe(1);
});

test("summaries come in windows", async () => {
  await send("2", { timestamp: now - DAY });
  await send("3");
  const midnight = Math.floor(now / DAY) * DAY;
  const { data } = await client.billing.meters.listEventSummaries(meter.id, {
    customer,
    start_time: midnight - 5 * DAY,
    end_time: midnight + DAY,
    value_grouping_window: "day",
  });
  expect(data.map(({ start_time, aggregated_value }) => [start_time, aggregated_value])).toEqual([
    [midnight, 3],
    [midnight - DAY, 2],
  ]);
});

test("an identifier counts once a day, and says so without a code", async () => {
  await send("1", { identifier: "gw:1" });
  const refused = await send("1", { identifier: "gw:1" }).catch((error: Stripe.errors.StripeError) => error);
  expect(refused).toMatchObject({
    type: "StripeInvalidRequestError",
    statusCode: 400,
    message: "An event already exists with identifier gw:1.",
    code: undefined,
    headers: expect.objectContaining({ "stripe-should-retry": "false" }),
  });
  expect(await sumOf()).toBe(1);
  stripe.clock.advance(DAY * 1000);
  await send("1", { identifier: "gw:1" });
  expect(await sumOf(customer, now, now + 2 * DAY)).toBe(2);
});

test("the same idempotency key replays instead", async () => {
  await send("1", { identifier: "gw:1" }, { idempotencyKey: "gw:1" });
  const again = await send("1", { identifier: "gw:1" }, { idempotencyKey: "gw:1" });
  expect(readHeaders(again)["idempotent-replayed"]).toBe("true");
  expect(await sumOf()).toBe(1);
});

describe("is refused", () => {
  test.each<[string, Event, object]>([
    ["an event of no meter", { event_name: "none" }, { message: "No active meter found for event name none." }],
    ["one of nobody", { payload: { value: "1" } }, { param: "payload[stripe_customer_id]" }],
    ["one of a stranger", { payload: { stripe_customer_id: "cus_none", value: "1" } }, { code: "resource_missing" }],
    ["one without a value", { payload: { stripe_customer_id: "" } }, {}],
    ["one older than 35 days", { timestamp: now - 35 * DAY - 1 }, { code: "timestamp_too_far_in_past" }],
    ["one of more than 5 minutes from now", { timestamp: now + 301 }, { code: "timestamp_in_future" }],
    ["an identifier of 101 characters", { identifier: "x".repeat(101) }, { param: "identifier" }],
  ])("%s", async (_case, more, error) => {
    await expect(send("1", more)).rejects.toMatchObject({ statusCode: 400, ...error });
    expect(await sumOf()).toBe(0);
  });

  test.each(["1.5", "", "x", "1e3"])("a value of '%s'", async (value) => {
    await expect(send(value)).rejects.toMatchObject({ statusCode: 400, param: "payload[value]" });
  });

  test("a summary that is not aligned to minutes", async () => {
    await expect(sumOf(customer, now - 1, now)).rejects.toMatchObject({ statusCode: 400, param: "start_time" });
  });

  test("a second active meter of one event name; an inactive one gives it free", async () => {
    await expect(createMeter(client, "get_reports")).rejects.toMatchObject({ param: "event_name" });
    await client.billing.meters.deactivate(meter.id);
    await expect(send("1")).rejects.toMatchObject({ message: /^No active meter/ });
    await createMeter(client, "get_reports");
    await expect(client.billing.meters.reactivate(meter.id)).rejects.toMatchObject({ param: "event_name" });
  });
});

test("of a meter only the name changes", async () => {
  await expect(client.billing.meters.update(meter.id, { display_name: "Reports" })).resolves.toMatchObject({
    display_name: "Reports",
    event_name: "get_reports",
  });
  await expect(client.billing.meters.update(meter.id, { event_name: "x" } as never)).rejects.toMatchObject({
    code: "parameter_unknown",
  });
  await expect(client.billing.meters.list({ status: "active" })).resolves.toMatchObject({ data: [{ id: meter.id }] });
});
