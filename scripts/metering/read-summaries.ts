import Stripe from "stripe";
import type { MeterEvent } from "../../gateways/metering/meter-event.ts";
import type { Summary } from "./plan-resend.ts";

const MINUTE = 60;

/** What Stripe's meters hold for the customers of these events in their minutes, by identifier. */
export async function readSummaries(
  stripe: Stripe,
  events: readonly MeterEvent[],
): Promise<ReadonlyMap<string, Summary>> {
  const summaries = new Map<string, Summary>();
  if (events.length === 0) return summaries;
  const meters = await readMeters(stripe);
  for (const event of events) summaries.set(event.identifier, await readSummary(stripe, meters, event));
  return summaries;
}

type Meters = ReadonlyMap<string, Stripe.Billing.Meter> | { readonly why: string };

async function readMeters(stripe: Stripe): Promise<Meters> {
  try {
    const meters = new Map<string, Stripe.Billing.Meter>();
    for await (const meter of stripe.billing.meters.list({ status: "active", limit: 100 }))
      meters.set(meter.event_name, meter);
    return meters;
  } catch (error) {
    return { why: describe(error, "meters") };
  }
}

async function readSummary(
  stripe: Stripe,
  meters: Meters,
  { meter, customer, timestamp }: MeterEvent,
): Promise<Summary> {
  if (!(meters instanceof Map)) return { kind: "unknown", why: "why" in meters ? meters.why : "" };
  const found = meters.get(meter);
  if (found === undefined) return { kind: "unknown", why: `there is no active meter for ${meter}` };
  if (found.default_aggregation.formula !== "sum")
    return { kind: "unknown", why: `the meter takes the ${found.default_aggregation.formula}, which does not tell` };
  const start = timestamp - (timestamp % MINUTE);
  try {
    let units = 0;
    const window = { customer, start_time: start, end_time: start + MINUTE, limit: 100 };
    for await (const { aggregated_value: value } of stripe.billing.meters.listEventSummaries(found.id, window))
      units += value;
    return { kind: "sum", units };
  } catch (error) {
    return { kind: "unknown", why: describe(error, "what they hold") };
  }
}

/** Never the message: it may quote the end of the key. */
function describe(error: unknown, what: string): string {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  if (error.statusCode === 403) return `STRIPE_GATEWAY_KEY may not read ${what}: give it Billing Meters read`;
  return `Stripe does not say ${what} (${[error.type, error.statusCode].filter((part) => part !== undefined).join(" ")})`;
}
