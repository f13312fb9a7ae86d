import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, missingParameter, resourceMissing, StripeFailure } from "../errors.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { nonEmptyText, type ParametersOf, required, seconds, texts } from "../parameters.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { expandPaths } from "./expand.ts";
import { type MeterErrorCode, openMeterErrors } from "./meter-errors.ts";
import { type MeterEventRecord, meterCollection, meterEventCollection } from "./meter-record.ts";

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

type Counted = Pick<MeterEventRecord, "meter" | "customer" | "value">;

interface Refusal {
  readonly code: MeterErrorCode;
  /** None when no meter has the event's name. */
  readonly meter: string | null;
  readonly failure: StripeFailure;
}

/** Stripe API reference, "Meter events". What can be told at once is refused at once; Stripe tells some of it later. */
export function createMeterEvents(account: Account): Operation[] {
  const { journal, clock } = account;
  const meters = meterCollection(journal);
  const customers = customerCollection(journal);
  const events = meterEventCollection(journal);
  const errors = openMeterErrors(account);
  /** Identifier to when it was received last: of the past day only. */
  const known = new Map(events.values().map(({ identifier, receivedAt }) => [identifier, receivedAt]));

  /** What of an event counts, or why it does not. */
  const judge = (name: string, sent: Readonly<Record<string, string>>, at: number, now: number): Counted | Refusal => {
    const active = meters.find((one) => one.event_name === name && one.status === "active");
    const meter = active ?? meters.find((one) => one.event_name === name);
    if (active === undefined || meter === undefined) {
      const failure = invalidRequest(`No active meter found for event name ${name}.`, { param: "event_name" });
      return { code: meter === undefined ? "no_meter" : "archived_meter", meter: meter?.id ?? null, failure };
    }
    const refuse = (code: MeterErrorCode, failure: StripeFailure): Refusal => ({ code, meter: active.id, failure });
    const wrongTime = checkTimestamp(at, now);
    if (wrongTime !== undefined) return refuse(wrongTime.code, wrongTime.failure);
    const customerKey = active.customer_mapping.event_payload_key;
    const customer = sent[customerKey];
    if (customer === undefined) {
      return refuse("meter_event_no_customer_defined", missingParameter(`payload[${customerKey}]`));
    }
    const record = customers.get(customer);
    if (record === undefined || !isLive(record)) {
      const failure = resourceMissing("customer", customer, `payload[${customerKey}]`);
      return refuse("meter_event_customer_not_found", failure);
    }
    const value = readValue(active, sent);
    if (value instanceof StripeFailure) return refuse("meter_event_invalid_value", value);
    return { meter: active.id, customer, value };
  };

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
        checkIsNew(identifier, now);
        const at = timestamp ?? now;
        const judged = judge(eventName, sent, at, now);
        if ("failure" in judged) {
          if (!errors.isLater()) throw judged.failure;
          const { code, meter, failure } = judged;
          errors.note({ code, meter, message: failure.message, identifier });
        } else {
          events.set(String(events.size), { ...judged, identifier, timestamp: at, receivedAt: now });
        }
        known.set(identifier, now);
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

function checkTimestamp(timestamp: number, now: number): { code: MeterErrorCode; failure: StripeFailure } | undefined {
  if (timestamp < now - WINDOW.past) {
    const code = "timestamp_too_far_in_past";
    const message = "The timestamp must be within the past 35 calendar days.";
    return { code, failure: invalidRequest(message, { code, param: "timestamp" }) };
  }
  if (timestamp > now + WINDOW.future) {
    const code = "timestamp_in_future";
    const message = "The timestamp must not be more than 5 minutes in the future.";
    return { code, failure: invalidRequest(message, { code, param: "timestamp" }) };
  }
  return undefined;
}

/** Whole numbers; negative ones take back. A meter that counts needs none. */
function readValue(meter: Stripe.Billing.Meter, payload: Readonly<Record<string, string>>): number | StripeFailure {
  if (meter.default_aggregation.formula === "count") return 1;
  const param = `payload[${meter.value_settings.event_payload_key}]`;
  const value = payload[meter.value_settings.event_payload_key];
  if (value === undefined) return missingParameter(param);
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  return invalidRequest(`Invalid value for ${param}: it must be a whole number.`, { param });
}
