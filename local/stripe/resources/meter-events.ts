import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing, StripeFailure } from "../errors.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { nonEmptyText, type ParametersOf, required, seconds, texts } from "../parameters.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { expandPaths } from "./expand.ts";
import { meterCollection, meterEventCollection } from "./meter-record.ts";

const DAY = 24 * 60 * 60;
/** Stripe API reference, "Create a billing meter event". */
const WINDOW = { past: 35 * DAY, future: 5 * 60 } as const;

const createParameters = {
  event_name: nonEmptyText(100),
  expand: expandPaths,
  identifier: nonEmptyText(100),
  payload: texts,
  timestamp: seconds,
} satisfies ParametersOf<Stripe.Billing.MeterEventCreateParams>;

/** Stripe API reference, "Meter events". What can be told at once is refused at once; Stripe tells some of it later. */
export function createMeterEvents({ journal, clock }: Account): Operation[] {
  const meters = meterCollection(journal);
  const customers = customerCollection(journal);
  const events = meterEventCollection(journal);
  /** Identifier to when it was received last: of the past day only. */
  const known = new Map(events.values().map(({ identifier, receivedAt }) => [identifier, receivedAt]));

  const checkIsNew = (identifier: string, now: number): void => {
    const receivedAt = known.get(identifier);
    if (receivedAt === undefined || now - receivedAt >= DAY) return;
    // No code: it is told by its text alone.
    throw new StripeFailure(
      400,
      { type: "invalid_request_error", message: `An event already exists with identifier ${identifier}.` },
      { "stripe-should-retry": "false" },
    );
  };

  return [
    defineOperation({
      method: "POST",
      route: "/v1/billing/meter_events",
      permission: "rak_billing_meter_event_write",
      parameters: createParameters,
      run: ({ event_name: name, identifier = randomUUID(), payload, timestamp }) => {
        const now = readSeconds(clock);
        const eventName = required(name, "event_name");
        const sent = required(payload, "payload");
        const meter = meters.find((one) => one.event_name === eventName && one.status === "active");
        if (meter === undefined) {
          throw invalidRequest(`No active meter found for event name ${eventName}.`, { param: "event_name" });
        }
        checkIsNew(identifier, now);
        const at = checkTimestamp(timestamp ?? now, now);
        const customerKey = meter.customer_mapping.event_payload_key;
        const customer = required(sent[customerKey], `payload[${customerKey}]`);
        const record = customers.get(customer);
        if (record === undefined || !isLive(record)) {
          throw resourceMissing("customer", customer, `payload[${customerKey}]`);
        }
        const value = readValue(meter, sent);
        known.set(identifier, now);
        events.set(String(events.size), {
          meter: meter.id,
          customer,
          value,
          identifier,
          timestamp: at,
          receivedAt: now,
        });
        return {
          object: "billing.meter_event",
          created: now,
          event_name: eventName,
          identifier,
          livemode: false,
          payload: sent,
          timestamp: at,
        } satisfies Stripe.Billing.MeterEvent;
      },
    }),
  ];
}

function checkTimestamp(timestamp: number, now: number): number {
  if (timestamp < now - WINDOW.past) {
    throw invalidRequest("The timestamp must be within the past 35 calendar days.", {
      code: "timestamp_too_far_in_past",
      param: "timestamp",
    });
  }
  if (timestamp > now + WINDOW.future) {
    throw invalidRequest("The timestamp must not be more than 5 minutes in the future.", {
      code: "timestamp_in_future",
      param: "timestamp",
    });
  }
  return timestamp;
}

/** Whole numbers; negative ones take back. A meter that counts needs none. */
function readValue(meter: Stripe.Billing.Meter, payload: Readonly<Record<string, string>>): number {
  if (meter.default_aggregation.formula === "count") return 1;
  const key = meter.value_settings.event_payload_key;
  const value = required(payload[key], `payload[${key}]`);
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  throw invalidRequest(`Invalid value for payload[${key}]: it must be a whole number.`, { param: `payload[${key}]` });
}
