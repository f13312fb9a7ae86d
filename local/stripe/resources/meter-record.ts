import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

export function meterCollection(journal: Journal): Collection<Stripe.Billing.Meter> {
  return journal.collection("meters");
}

/** An event as it counts: for whom, on which meter, how much. */
export interface MeterEventRecord {
  readonly meter: string;
  readonly customer: string;
  readonly value: number;
  readonly identifier: string;
  /** Seconds since the epoch: when it happened, and when it was received. */
  readonly timestamp: number;
  readonly receivedAt: number;
}

/** By the order in which they came: an identifier may come again once it is forgotten. */
export function meterEventCollection(journal: Journal): Collection<MeterEventRecord> {
  return journal.collection("meter-events");
}
