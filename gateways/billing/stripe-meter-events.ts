import Stripe from "stripe";
import type { MeterEvent, SendMeterEvent, SendResult } from "../metering/meter-event.ts";

/**
 * Sends one meter event. Its identifier is the idempotency key too: sent again within a day it is either replayed or
 * refused as a duplicate, and counts once either way.
 *
 * @param keyOf another idempotency key, for an event that was refused: with the first one Stripe would repeat the refusal
 */
export function createSendMeterEvent(
  stripe: Stripe,
  keyOf: (event: MeterEvent) => string = ({ identifier }) => identifier,
): SendMeterEvent {
  return async (event) => {
    try {
      const { object } = await stripe.billing.meterEvents.create(
        {
          event_name: event.meter,
          identifier: event.identifier,
          timestamp: event.timestamp,
          payload: { stripe_customer_id: event.customer, value: String(event.value) },
        },
        { idempotencyKey: keyOf(event) },
      );
      return object === "billing.meter_event" ? { kind: "accepted" } : { kind: "unknown", reason: "unexpected answer" };
    } catch (error) {
      return readFailure(error, event);
    }
  };
}

/** The reasons carry type, status and code. Never the message: it may quote a parameter or the end of the key. */
function readFailure(error: unknown, { identifier }: MeterEvent): SendResult {
  if (!(error instanceof Stripe.errors.StripeError)) return { kind: "unknown", reason: "no answer" };
  const { statusCode: status, type, code } = error;
  const reason = [type, status, code].filter((part) => part !== undefined).join(" ");
  if (status === undefined) return neverLeft(error) ? { kind: "deferred", reason } : { kind: "unknown", reason };
  // The text is all there is to tell it by: Stripe gives it no code.
  if (status === 400 && error.message.startsWith(`An event already exists with identifier ${identifier}`))
    return { kind: "accepted" };
  // 409: the first call with this key is still under way.
  if (status >= 500 || status === 409) return { kind: "unknown", reason };
  // The key, its permissions, or the rate: nothing is wrong with the event.
  if (status === 401 || status === 403 || status === 429) return { kind: "deferred", reason };
  return { kind: "rejected", reason };
}

const NOT_REACHED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Whether it is certain that nothing reached Stripe. */
function neverLeft(error: unknown): boolean {
  for (let cause = error, depth = 0; isObject(cause) && depth < 6; depth++) {
    if (typeof cause.code === "string" && NOT_REACHED.has(cause.code)) return true;
    cause = cause.detail ?? cause.cause;
  }
  return false;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
