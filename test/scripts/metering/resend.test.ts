import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { type DeadLetterReason, writeDeadLetter } from "../../../gateways/metering/dead-letters.ts";
import { type MeteringFiles, openFiles } from "../../../gateways/metering/files.ts";
import { takeLock } from "../../../gateways/metering/lock.ts";
import { openMeter } from "../../../gateways/metering/meter.ts";
import { type ListeningStripe, startLocalStripe } from "../../../local/stripe/start.ts";
import { runResend } from "../../../scripts/metering/run-resend.ts";
import { createMeter } from "../../support/stripe-catalogue.ts";

/** Against the local Stripe, which recognises an identifier for a day, and tells what a meter holds. */
const HOUR = 3_600_000;
const SECRET = "sk_test_everything";
let directory: string;
let files: MeteringFiles;
let local: ListeningStripe;
let stripe: Stripe;
let now: number;
let customer: string;
let meter: Stripe.Billing.Meter;
let printed: string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "resend-"));
  files = openFiles(directory);
  now = Date.now();
  local = await startLocalStripe({ clock: () => now, keys: [{ secret: SECRET }] });
  stripe = openStripe({ secretKey: SECRET, url: local.url });
  customer = (await stripe.customers.create({ email: "anna@example.com" })).id;
  meter = await createMeter(stripe, "get_reports");
  printed = [];
});
afterEach(async () => {
  await local.close();
  rmSync(directory, { recursive: true });
});

/** @param age hours since its last request */
const deadLetter = async (
  reason: DeadLetterReason,
  { age = 2, of = customer, value = 5, identifier = "gw:abc:0" } = {},
) => {
  const event = {
    identifier,
    customer: of,
    meter: "get_reports",
    value,
    timestamp: Math.floor((now - age * HOUR) / 1000),
  };
  await writeDeadLetter(files, { event, reason, detail: undefined, at: now - age * HOUR });
  return event;
};
const send = (value: string, timestamp: number, identifier: string) =>
  stripe.billing.meterEvents.create({
    event_name: "get_reports",
    payload: { stripe_customer_id: customer, value },
    timestamp,
    identifier,
  });
const sum = async (): Promise<number> => {
  const minute = 60_000;
  const [from, to] = [now - 34 * 24 * HOUR, now + HOUR].map((at) => (at - (at % minute)) / 1000);
  const window = { customer, start_time: from ?? 0, end_time: to ?? 0 };
  const { data } = await stripe.billing.meters.listEventSummaries(meter.id, window);
  return data.reduce((total, one) => total + one.aggregated_value, 0);
};
const resend = async (environment: Record<string, string> = {}) => {
  printed = [];
  const code = await runResend({
    files,
    environment: { STRIPE_GATEWAY_KEY: SECRET, STRIPE_API_URL: local.url, ...environment },
    yes: true,
    json: true,
    print: (text) => printed.push(text),
    clock: () => now,
  });
  return { code, outcomes: JSON.parse(printed[0] ?? "") as { identifier: string; result: string; why: string }[] };
};

test("what Stripe refused is billed once, however often it is sent again", async () => {
  await deadLetter("rejected");
  expect(await resend()).toMatchObject({ code: 0, outcomes: [{ identifier: "gw:abc:0", result: "billed" }] });
  expect(await resend()).toEqual({ code: 0, outcomes: [] });
  now += 30 * HOUR;
  expect(await resend()).toEqual({ code: 0, outcomes: [] });
  expect(await sum()).toBe(5);
});

test("a refusal that Stripe keeps for its idempotency key is not repeated once the reason is gone", async () => {
  await deadLetter("rejected", { of: "cus_nobody" });
  expect(await resend()).toMatchObject({ code: 1, outcomes: [{ result: "open" }] });
  // The customer is there now: another letter of the same identifier says so.
  await deadLetter("rejected");
  expect(await resend()).toMatchObject({ code: 0, outcomes: [{ result: "billed" }] });
  expect(await sum()).toBe(5);
});

test("what Stripe took and refused later is billed once, however long ago, beside what its minute has", async () => {
  const { timestamp } = await deadLetter("refused_later", { age: 48, identifier: "gw:abc:0:again" });
  await send("9", timestamp, "other");
  expect(await resend()).toMatchObject({ code: 0, outcomes: [{ identifier: "gw:abc:0:again", result: "billed" }] });
  expect(await resend()).toEqual({ code: 0, outcomes: [] });
  expect(await sum()).toBe(14);
});

describe("what may have counted a day ago and longer", () => {
  test.each<[string, string[], string, number]>([
    ["is sent where the meter has nothing", [], "billed", 5],
    ["is sent where the meter has less than it", ["3"], "billed", 8],
    ["is left alone where the meter has as much", ["5"], "refused", 5],
    ["is left alone where the meter has more", ["4", "4"], "refused", 8],
  ])("%s", async (_what, known, result, total) => {
    const { timestamp } = await deadLetter("unsettled", { age: 30 });
    for (const [index, value] of known.entries()) await send(value, timestamp, `other:${index}`);
    expect(await resend()).toMatchObject({ outcomes: [{ result }] });
    expect(await sum()).toBe(total);
    await resend();
    expect(await sum()).toBe(total);
  });

  test("is looked for also where it was refused in the end: an attempt before may have been taken", async () => {
    const { timestamp, identifier } = await deadLetter("rejected", { age: 30 });
    now -= 29 * HOUR;
    await send("5", timestamp, identifier);
    now += 29 * HOUR;
    expect(await resend()).toMatchObject({
      code: 1,
      outcomes: [{ result: "refused", why: expect.stringContaining("5") }],
    });
    expect(await sum()).toBe(5);
  });

  test("is left alone where the key may not look, and says what it lacks", async () => {
    await deadLetter("unsettled", { age: 30 });
    const { secret } = local.keys.create(["rak_billing_meter_event_write"]);
    expect(await resend({ STRIPE_GATEWAY_KEY: secret })).toMatchObject({
      code: 1,
      outcomes: [{ result: "refused", why: expect.stringMatching(/give it Billing Meters read/) }],
    });
  });

  test("is left alone when Stripe takes it no more", async () => {
    await deadLetter("unsettled", { age: 24 * 35 });
    await deadLetter("rejected", { age: 24 * 35, identifier: "gw:abc:1" });
    expect(await resend()).toMatchObject({ code: 1, outcomes: [{ result: "refused" }, { result: "refused" }] });
  });
});

describe("an answer that is lost on the way", () => {
  beforeEach(async () => {
    await deadLetter("rejected");
    local.faults.add({ kind: "reset-after", method: "POST", path: "/v1/billing/meter_events" });
    expect(await resend()).toMatchObject({ code: 1, outcomes: [{ result: "open" }] });
    expect(await sum()).toBe(5);
  });

  test.each([1, 20])("is found out %i hours later", async (hours) => {
    now += hours * HOUR;
    expect(await resend()).toMatchObject({ code: 0, outcomes: [{ result: "billed" }] });
    expect(await sum()).toBe(5);
  });

  test("is left to a person once Stripe recognises it no more", async () => {
    now += 25 * HOUR;
    expect(await resend()).toMatchObject({ code: 1, outcomes: [{ result: "refused" }] });
    expect(await sum()).toBe(5);
  });
});

test("while Stripe does not take anything, the rest is not tried, and all of it is later", async () => {
  for (const index of [0, 1, 2]) await deadLetter("rejected", { identifier: `gw:abc:${index}` });
  local.faults.add({ kind: "429", method: "POST", path: "/v1/billing/meter_events" });
  expect(await resend()).toMatchObject({
    code: 1,
    outcomes: [{ result: "open" }, { result: "open" }, { result: "open" }],
  });
  expect(await resend()).toMatchObject({
    code: 0,
    outcomes: [{ result: "billed" }, { result: "billed" }, { result: "billed" }],
  });
  expect(await sum()).toBe(15);
});

test("runs beside the process that counts, which then counts one dead letter less", async () => {
  await deadLetter("rejected");
  const writer = openMeter({ directory, flushEvery: 0, send: async () => ({ kind: "accepted" }) });
  try {
    expect(writer.stats.deadLetters).toBe(1);
    expect(await resend()).toMatchObject({ code: 0 });
    expect(writer.stats.deadLetters).toBe(0);
    await writer.count({ customer, meter: "get_reports", value: 1 });
    expect(await writer.flush()).toBeUndefined();
  } finally {
    await writer.close();
  }
});

test("does not run beside another one like itself", async () => {
  await deadLetter("rejected");
  const other = takeLock(files.resentLock);
  await expect(resend()).rejects.toMatchObject({ code: "METERING_RESEND_RUNNING" });
  other.release();
  expect(await resend()).toMatchObject({ code: 0 });
});

test("without a key nothing is sent", async () => {
  await deadLetter("rejected");
  await expect(resend({ STRIPE_GATEWAY_KEY: "" })).rejects.toMatchObject({ code: "STRIPE_KEY_MISSING", exitCode: 2 });
});
