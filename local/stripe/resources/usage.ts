import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { type MeterEventRecord, meterCollection, meterEventCollection } from "./meter-record.ts";

/** What one customer has used on one meter, from `start` and before `end`, in seconds since the epoch. */
export interface UsageOf {
  readonly meter: string;
  readonly customer: string;
  readonly start: number;
  readonly end: number;
}

export function createReadUsage({ journal }: Account): (usage: UsageOf) => number {
  const meters = meterCollection(journal);
  const events = meterEventCollection(journal);
  return ({ meter: id, customer, start, end }) => {
    const meter = meters.get(id);
    if (meter === undefined) return 0;
    const counted = events.filter(
      (event) => event.meter === id && event.customer === customer && event.timestamp >= start && event.timestamp < end,
    );
    return counted.length === 0 ? 0 : aggregate(meter.default_aggregation.formula, counted);
  };
}

/** Of at least one event. */
export function aggregate(
  formula: Stripe.Billing.Meter.DefaultAggregation.Formula,
  events: readonly MeterEventRecord[],
): number {
  if (formula !== "last") return events.reduce((sum, { value }) => sum + value, 0);
  return events.reduce((last, event) => (event.timestamp >= last.timestamp ? event : last)).value;
}
