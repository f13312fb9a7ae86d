import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import { type ForwardAuthService, serveForwardAuth } from "../../../gateways/forward-auth/serve.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { mountReceiver, WEBHOOK_PATH } from "../../../gateways/webhooks/mount-receiver.ts";
import { createReceive } from "../../../gateways/webhooks/receiver.ts";
import { THIN_EVENT_TYPES } from "../../../gateways/webhooks/thin-event.ts";
import { createVerifyEvent } from "../../../gateways/webhooks/verify-event.ts";
import { createMovableClock } from "../../../local/clock.ts";
import { GATEWAY_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { AUDIENCE, ISSUER } from "../../gateways/support/issuer.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter } from "../../support/stripe-catalogue.ts";

/** Usage that Stripe takes and refuses later: told by a thin event, kept, and sent again by a command beside the service. */
const METER = "get_reports";
const directory = mkdtempSync(join(tmpdir(), "late-refusals-"));
const clock = createMovableClock();
let stripe: TestStripe;
let secretKey: string;
let customer: string;
let gateway: Gateway;
let service: ForwardAuthService;

beforeAll(async () => {
  // Each event comes twice, as Stripe promises "at least once".
  stripe = await startTestStripe({ clock: clock.now, webhooks: { copies: 2 } });
  customer = (await stripe.client.customers.create()).id;
  const destination = await stripe.client.v2.core.eventDestinations.create({
    name: "authorizer",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: [...THIN_EVENT_TYPES],
    webhook_endpoint: { url: "http://127.0.0.1:9/" },
    include: ["webhook_endpoint.signing_secret"],
  });
  secretKey = stripe.local.keys.create(GATEWAY_PERMISSIONS).secret;
  const client = openStripe({ secretKey, url: stripe.local.url });
  const source = createStripeSource(client);
  gateway = openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports", meter: METER }] }),
    source,
    metering: { directory, send: createSendMeterEvent(client), flushEvery: 0 },
  });
  const { billing, meter } = gateway;
  if (billing === undefined) throw new Error("Nothing costs money.");
  const log = () => {};
  service = await serveForwardAuth({
    gateway,
    port: 0,
    extend: (app) =>
      mountReceiver(app, {
        verify: createVerifyEvent([destination.webhook_endpoint?.signing_secret ?? ""], clock.now),
        receive: createReceive({ stripe: client, source, billing, meter, users: undefined, clock: clock.now, log }),
        log,
      }),
  });
  await stripe.client.v2.core.eventDestinations.update(destination.id, {
    webhook_endpoint: { url: `${service.url}${WEBHOOK_PATH}` },
  });
  await fetch(`${stripe.local.url}/_local/meter-events`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ refuse: "later" }),
  });
});
afterAll(async () => {
  await service.stop();
  await stripe.close();
  rmSync(directory, { recursive: true });
});

const run = async (word: string, ...more: string[]) => {
  const environment = {
    METERING_DIRECTORY: directory,
    STRIPE_GATEWAY_KEY: secretKey,
    STRIPE_API_URL: stripe.local.url,
  };
  const script = spawnScript("metering", [word, "--json", ...more], environment);
  return { code: await script.ended, said: JSON.parse(script.stdout() || "null"), errors: script.stderr() };
};
async function readSum(): Promise<number[]> {
  const { data: meters } = await stripe.client.billing.meters.list();
  const minute = Math.floor(clock.now() / 60_000) * 60;
  const { data } = await stripe.client.billing.meters.listEventSummaries(meters[0]?.id ?? "", {
    customer,
    start_time: minute - 3600,
    end_time: minute + 120,
  });
  return data.map(({ aggregated_value: value }) => value);
}
/** Ten seconds later Stripe reports what it refuses. */
async function letStripeReport(): Promise<void> {
  clock.advance(10_000);
  await stripe.client.customers.retrieve(customer);
  await stripe.local.webhooks.settled();
}

test("usage on a meter that was forgotten is kept, though Stripe took it, and told twice is kept once", async () => {
  await gateway.meter?.count({ customer, meter: METER, value: 3 });
  await gateway.meter?.flush();
  expect((await run("status")).said).toMatchObject({ deadLetters: {}, unsent: {} });
  await letStripeReport();
  expect((await run("dead-letters")).said).toEqual([
    expect.objectContaining({ reason: "refused_later", event: expect.objectContaining({ customer, value: 3 }) }),
  ]);
});

test("sent again while nothing is mended, it is refused again, and kept for another time", async () => {
  expect(await run("resend", "--yes")).toMatchObject({ code: 0, said: [{ customer, result: "billed" }] });
  await letStripeReport();
  expect((await run("status")).said).toMatchObject({ deadLetters: { refused_later: 1 } });
});

test("sent again when the meter is there, it is billed", async () => {
  await createMeter(stripe.client, METER);
  expect(await run("resend", "--yes")).toMatchObject({ code: 0, said: [{ customer, result: "billed" }] });
  await letStripeReport();
  expect(await readSum()).toEqual([3]);
});

test("and never a second time, whatever is called and told again", async () => {
  expect(await run("resend", "--yes")).toMatchObject({ code: 0, said: [] });
  const atOnce = await Promise.all([run("resend", "--yes"), run("resend", "--yes")]);
  // Whichever finds the other at work says so; where they miss each other, both have nothing to send.
  expect(atOnce.some(({ code }) => code === 0)).toBe(true);
  for (const { code, said, errors } of atOnce) {
    if (code === 0) expect(said).toEqual([]);
    else expect([code, said, errors]).toEqual([1, null, expect.stringContaining("[METERING_RESEND_RUNNING]")]);
  }
  await letStripeReport();
  expect(await readSum()).toEqual([3]);
  expect((await run("status")).said).toMatchObject({ deadLetters: {}, unsent: {} });
});
