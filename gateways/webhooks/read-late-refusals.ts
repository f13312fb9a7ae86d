import Stripe from "stripe";
import type { LateRefusal } from "../metering/refuse-later.ts";

export interface RefusedUsage {
  /** How many events Stripe refused, of which it names some. */
  readonly count: number;
  readonly named: readonly LateRefusal[];
}

/**
 * Stripe API reference, "Events", v2: what a meter's error report holds; the notification names it only.
 *
 * @returns undefined: this account has no such report, as when it is a connected account's
 * @throws {Stripe.errors.StripeError}
 */
export async function readLateRefusals(stripe: Stripe, id: string): Promise<RefusedUsage | undefined> {
  const event = await stripe.v2.core.events.retrieve(id).catch((error: unknown) => {
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return undefined;
    throw error;
  });
  if (event === undefined) return undefined;
  if (event.type !== "v1.billing.meter.error_report_triggered" && event.type !== "v1.billing.meter.no_meter_found")
    return { count: 0, named: [] };
  const { error_count: count, error_types: types } = event.data.reason;
  const named = types.flatMap(({ code, sample_errors: samples }) =>
    samples.map(({ request }): LateRefusal => ({ key: request.identifier, code })),
  );
  return { count, named };
}
